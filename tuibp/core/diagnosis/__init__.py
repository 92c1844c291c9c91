"""Why a network does not learn: the data, the start and a run are read, and a cure is tried on a copy before it is
named."""
