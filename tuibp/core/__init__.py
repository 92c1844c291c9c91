"""The mathematics of backpropagation on numpy values: no file, clock, terminal or thread is known here."""
