"""A preset as a value: a network at its untrained start, its data, how it is trained and how it opens."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.datasets import DataSet
from tuibp.core.network import Network
from tuibp.core.training import Training


@dataclass(frozen=True)
class Initial:
    """How the first weights are drawn, so that a reset can draw them again, or others."""

    scheme: str
    """One of core.network.SCHEMES."""
    seed: int


@dataclass(frozen=True)
class Opening:
    """Where the program opens."""

    example: int = 0
    """Row of the data set (0-based; files count from 1)."""
    updates: int = 0
    """Training updates made before the first picture."""
    later: int = 0
    """Made after it instead, as a run that is watched and can be stopped: together they would take too long."""


@dataclass(frozen=True, eq=False)
class Preset:
    """What `load` gives: everything that a session starts from."""

    name: str
    """A shipped preset's name, or a file's name without its ending."""
    title: str
    about: str
    """Two or three sentences on what to look at; text from a file, so data and never markup."""
    network: Network
    """Before any update of `training`."""
    data: DataSet
    training: Training
    opening: Opening
    initial: Initial | None
    """None where the file gives the numbers themselves and no scheme."""
    source: str
    """What `load` must be given to get it again: a preset's name or an absolute path."""
    notes: tuple[str, ...] = ()
    """What the file left open and was assumed, a line each."""
    assumed: tuple[str, ...] = ()
    """Keys of [network] that the file did not give, see `described.ASSUMED`."""
