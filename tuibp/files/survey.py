"""What a data file holds, before there is a network for it: how many inputs, on which scales, and what is wanted."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import classes
from tuibp.files.arrays import Arrays
from tuibp.files.bounds import CSV_BYTES, opened
from tuibp.files.columns import Columns
from tuibp.files.csv_layout import ID_NAMES, header_of
from tuibp.files.csv_lines import SAMPLE, lines_of, separator_of
from tuibp.files.data_arrays import columns_in
from tuibp.files.data_file import TEXT, is_idx
from tuibp.files.errors import BadInput, printable_path
from tuibp.files.idx_file import idx_arrays
from tuibp.files.numbers import Array
from tuibp.files.table import Table
from tuibp.locale import _

MOST_CLASSES = 1_000
FEW = 50
"""Whole numbers below it, most of them there, are taken for classes."""
CELLS = 200_000
"""In a line of a .csv file."""


@dataclass(frozen=True)
class Survey:
    n: int
    n_in: int
    n_out: int
    """Numbers that are wanted of an example; 1 for a class."""
    class_count: int
    """0 where the targets are numbers."""
    low: float
    high: float
    """Of all inputs."""
    whole: bool
    """Whether all inputs are whole numbers."""
    uneven: bool
    """Whether the columns of the inputs are on scales of their own."""
    y_low: float
    held_out: int
    """Examples that the source itself keeps from training."""
    image: bool
    """Whether the source says that an input is an image."""
    notes: tuple[str, ...] = ()

    @property
    def square(self) -> int | None:
        """The side of the image that the inputs may be."""
        side = math.isqrt(self.n_in)
        return side if side * side == self.n_in and side >= 8 and self.whole and self.low >= 0.0 else None


def survey(path: Path, label: str | None) -> Survey:
    """Raises BadInput where it is no data that is read."""
    given = {} if label is None else {"label": int(label) if label.isascii() and label.isdecimal() else label}
    table = Table(printable_path(path), "", given)
    if path.suffix.lower() in TEXT:
        return _of(_csv(path, table), table)
    if path.suffix.lower() == ".npz":
        from tuibp.files.npz_file import arrays_in

        with arrays_in(path) as arrays:
            return _of(_arrays(arrays, table), table)
    if path.is_dir() or is_idx(path):
        return _of(_arrays(idx_arrays(path), table), table)
    from tuibp.files.foreign import way_out

    reason = _("{file}: is none of .csv .npz, MNIST's own files or their folder").format(file=printable_path(path))
    raise BadInput(way_out(path) or reason)


def _csv(path: Path, table: Table) -> Columns:
    from tuibp.files.csv_file import read_csv

    with opened(path, CSV_BYTES) as (stream, __):
        text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        try:
            separator = separator_of(text.read(SAMPLE), ())
            text.seek(0)
            header, first = header_of(printable_path(path), lines_of(table.file, text, separator, CELLS), table)
        finally:
            text.detach()
    width = len(first.rows[0])
    numbered = len(header.cells) == width and any(name.strip().lower() in ID_NAMES for name in header.cells)
    if width - numbered < 2:
        raise BadInput(_("{file}: has one column: there is nothing to tell from it").format(file=table.file))
    return read_csv(path, width - 1 - numbered, 1, table, MOST_CLASSES)


def _arrays(arrays: Arrays, table: Table) -> Columns:
    """With the rows' length of the first array that can be the inputs. Raises BadInput."""
    widths = dict.fromkeys(math.prod(shape[1:]) for shape in arrays.shapes.values() if len(shape) > 1)
    problem: BadInput | None = None
    for width in widths:
        try:
            return columns_in(table, arrays, width, 1)
        except BadInput as found:
            problem = problem or found
    raise problem or BadInput(_("{file}: holds no inputs but {arrays}").format(file=table.file, arrays=arrays.listed()))


def _of(columns: Columns, table: Table) -> Survey:
    x, targets = columns.x, columns.targets
    if not len(x):
        raise BadInput(_("{file}: holds no examples").format(file=table.file))
    if targets.ndim == 2 and targets.shape[1] == 1:
        targets = targets[:, 0]
    n_out = 1 if targets.ndim == 1 else targets.shape[1]
    lows, highs = x.min(axis=0), x.max(axis=0)
    spans = highs - lows
    widest = spans.max()
    return Survey(
        n=len(x),
        n_in=x.shape[1],
        n_out=n_out,
        class_count=_class_count(targets),
        low=float(lows.min()),
        high=float(highs.max()),
        whole=_whole(x),
        uneven=bool((spans[spans > 0.0] < widest / 10).any()),
        y_low=float(targets.min()),
        held_out=columns.held_out,
        image=columns.image is not None,
        notes=tuple(table.notes),
    )


def _class_count(targets: NDArray[np.float64]) -> int:
    if targets.ndim == 2:
        return targets.shape[1] if classes(targets) is not None else 0
    values = np.unique(targets)
    if classes(targets[:, None]) is not None or np.array_equal(values, np.arange(1, 1 + len(values))):
        return len(values)
    low, high = values[0], values[-1]
    counted = low >= 0 and high < FEW and bool((values == np.floor(values)).all())
    return int(high) + 1 if counted and len(values) > high / 2 else 0


def _whole(x: Array) -> bool:
    """Looked at block by block, so that nothing as large as x is made."""
    return all(bool((np.floor(part) == part).all()) for part in np.array_split(x, max(1, x.size // 1_000_000)))
