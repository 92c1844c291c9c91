"""Examples as rows: a data set in memory, its split, generated ones, and how many of them a network gets right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuibp.core.example import Example
from tuibp.core.gradient import outputs
from tuibp.core.network import Array, Network
from tuibp.core.stream import Purpose, stream
from tuibp.locale import _

Rows = NDArray[np.intp]
CLEAR = 0.8
"""The least that may stand for yes where no is not 0."""


@dataclass(frozen=True, eq=False)
class DataSet:
    """Rows of inputs and wanted outputs, some to train on, some held out. Arrays are read-only; make one by `of`."""

    x: Array
    """Inputs, (n, n_in), float64."""
    y: Array
    """Wanted outputs, (n, n_out), float64."""
    labels: NDArray[np.intp] | None
    """The class of each row, (n,), where there are classes."""
    names: tuple[str, ...]
    """One name for each output, or for each class of a single output (y = 0, then y = 1); empty where there is none."""
    image: tuple[int, int] | None
    """Height and width where an input is an image."""
    train: Rows
    """The rows to train on."""
    test: Rows
    """The rows held out; may be empty."""
    scale: str = "none"
    """What the inputs have been moved to, by the rows to train on: one of `scaling.SCALES`."""

    @staticmethod
    def of(
        x: ArrayLike,
        y: ArrayLike,
        labels: ArrayLike | None = None,
        names: Sequence[str] = (),
        image: tuple[int, int] | None = None,
        held_out: float = 0.0,
        seed: int = 0,
    ) -> DataSet:
        """A data set from any numbers, copied; the share `held_out` of its rows is kept from training.

        Without `labels` they come from y where it is made of classes: one-hot rows, or one output (see `classes`).
        Raises ValueError where the rows of x and y do not pair.
        """
        xs, ys = np.array(x, dtype=np.float64, ndmin=2), np.array(y, dtype=np.float64, ndmin=2)
        if len(xs) != len(ys) or not len(xs):
            raise ValueError(f"{len(xs)} inputs and {len(ys)} outputs do not make examples")
        train, test = split(len(xs), held_out, seed)
        of_rows = classes(ys) if labels is None else np.array(labels, dtype=np.intp)
        for array in (xs, ys, train, test, *(() if of_rows is None else (of_rows,))):
            array.flags.writeable = False
        return DataSet(xs, ys, of_rows, tuple(names), image, train, test)

    def __len__(self) -> int:
        return len(self.x)

    def example(self, row: int) -> Example:
        """The example in a row (0-based), as views. Raises IndexError where there is none."""
        return Example(self.x[row], self.y[row])

    @property
    def has_classes(self) -> bool:
        """Whether an accuracy means anything."""
        return self.labels is not None

    @cached_property
    def middle(self) -> float:
        """Of a single output that stands for a class: what lies between no and yes, 0 where no is below it, else ½."""
        return 0.5 if self.labels is None or self.y.min() >= 0.0 else 0.0

    @property
    def output_names(self) -> tuple[str, ...]:
        """One name for each output, or none; a single output is called by the class that its 1 stands for."""
        return self.names[-1:] if self.y.shape[1] == 1 else self.names

    @property
    def class_names(self) -> tuple[str, ...]:
        """One name for each class, or none: those of the outputs, of a single output both; the classes are `labels`."""
        if self.y.shape[1] == 1 and len(self.names) == 1:
            return _("not {name}").format(name=self.names[0]), self.names[0]
        return self.names


def split(n: int, held_out: float, seed: int) -> tuple[Rows, Rows]:
    """(train, test): all n rows, of which the share `held_out` goes to the test, drawn by the seed; each in order."""
    mixed = stream(seed, Purpose.SPLIT).permutation(n)
    count = round(n * held_out)
    return np.sort(mixed[count:]), np.sort(mixed[:count])


def classes(y: Array) -> NDArray[np.intp] | None:
    """The class of each row: the place of its only 1 among 0s, or a single output's 0 or 1; None where y is not so.

    In place of 0 and 1 there may be −1 and 1, or 0.01 and 0.99, or others like these, where every class has a row.
    """
    low, high = _low_and_high(y)
    if not ((y == low) | (y == high)).all():
        return None
    of_class = y == high
    usual = (low, high) == (0.0, 1.0)
    if y.shape[1] == 1:
        return of_class[:, 0].astype(np.intp) if usual or _is_pair(low, high) else None
    if not (of_class.sum(axis=1) == 1).all():
        return None
    return of_class.argmax(axis=1) if usual or (_is_pair(low, high) and of_class.any(axis=0).all()) else None


def _low_and_high(y: Array) -> tuple[float, float]:
    """The two numbers that y would be made of."""
    low, high = float(y.min()), float(y.max())
    return (0.0, 1.0) if low in (0.0, 1.0) and high in (0.0, 1.0) else (low, high)


def _is_pair(low: float, high: float) -> bool:
    """Whether two numbers stand for no and yes: as far from ½, or from 0, on either side, and near enough to 1."""
    return CLEAR <= high <= 1.0 and (isclose(low, 1.0 - high, abs_tol=1e-12) or low == -high)


def decided(a: Array, middle: float = 0.5) -> NDArray[np.intp]:
    """The class that outputs a (m, n_out) speak for: the largest of several, or whether a single one is over the
    middle between the two that are wanted of it, `DataSet.middle`."""
    return (a[:, 0] > middle).astype(np.intp) if a.shape[1] == 1 else a.argmax(axis=1)


def accuracy(network: Network, x: Array, y: Array, middle: float = 0.5) -> float:
    """The share of rows x (m, n_in) on which the network decides as y (m, n_out) does; nan where there are none."""
    return float((decided(outputs(network, x), middle) == decided(y, middle)).mean()) if len(x) else float("nan")


def circles(n: int, noise: float = 0.05, seed: int = 0) -> DataSet:
    """n points on two rings, radius ½ (class 1) and 1 (class 0), turn about, displaced by N(0, noise²)."""
    random = stream(seed, Purpose.EXAMPLES)
    inner = np.arange(n) % 2
    angle = random.uniform(0.0, 2.0 * np.pi, n)
    radius = np.where(inner == 1, 0.5, 1.0)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1) + noise * random.standard_normal((n, 2))
    return DataSet.of(x, inner[:, None], names=("outer", "inner"), held_out=0.2, seed=seed)


def spirals(n: int, noise: float = 0.05, seed: int = 0) -> DataSet:
    """n points on two spirals of one and a half turns, half a turn apart, turn about, displaced by N(0, noise²)."""
    random = stream(seed, Purpose.EXAMPLES)
    arm = np.arange(n) % 2
    along = np.sqrt(random.uniform(0.01, 1.0, n))
    angle = 3.0 * np.pi * along + np.pi * arm
    x = np.stack([along * np.cos(angle), along * np.sin(angle)], axis=1) + noise * random.standard_normal((n, 2))
    return DataSet.of(x, arm[:, None], names=("first", "second"), held_out=0.2, seed=seed)


GENERATORS: dict[str, Callable[[int, float, int], DataSet]] = {"circles": circles, "spirals": spirals}
