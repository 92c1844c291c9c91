"""Which arrays of a file are inputs and targets, by their names and shapes, and both as columns.

`x` with `y` or `labels`; `x_train`, `y_train` and, held out, `x_test`, `y_test`, as Keras has them; other names that
people use (`data` with `target`, `images` with `labels`); or the only two arrays that fit. Where it is not clear, they
are listed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tuibp.files.arrays import Arrays
from tuibp.files.bounds import NUMBERS
from tuibp.files.columns import Columns, too_many
from tuibp.files.errors import printable
from tuibp.files.numbers import Array, floats, matrix, vector
from tuibp.files.table import Table
from tuibp.locale import _

INPUTS = ("x", "data", "images", "inputs", "input", "features", "samples")
TARGETS = ("y", "labels", "label", "target", "targets", "outputs", "classes", "t")
PARTS = ("", "train", "test", "val", "valid", "validation")
HELD_OUT = PARTS[2:]
NAME = re.compile(rf"(?:(?P<before>{'|'.join(PARTS[1:])})_?)?(?P<role>[a-z]+?)(?:_?(?P<after>{'|'.join(PARTS[1:])}))?")
Pair = tuple[str, str]


def columns_in(table: Table, arrays: Arrays, n_in: int, n_out: int) -> Columns:
    """Columns from the arrays of a file, read once they are known to fit. Raises BadInput."""
    pairs = _pairs(table, arrays, n_in)
    shapes = [arrays.shapes[x] for x, __ in pairs]
    for (name, __), shape in zip(pairs, shapes, strict=True):
        if len(shape) >= 2 and math.prod(shape[1:]) != n_in:
            reason = _("must have rows of {n:,} numbers, not {m:,}").format(n=n_in, m=math.prod(shape[1:]))
            raise table.bad(name, reason)
    count = sum(arrays.size(name) for pair in pairs for name in pair) + n_out * sum(s[0] for s in shapes if s)
    if count > NUMBERS:
        raise table.bad(pairs[0][0], too_many(count))
    key, x = pairs[0][1], _inputs(table, arrays, [x for x, __ in pairs], n_in)
    targets = [_targets(table, arrays, pair, n_out) for pair in pairs]
    if len({part.ndim for part in targets}) > 1:
        raise table.bad(pairs[1][1], _("is not of the form of {name}").format(name=printable(key, 40)))
    held_out = len(targets[1]) if len(pairs) > 1 else 0
    image = shapes[0][1:3] if len(shapes[0]) >= 3 and math.prod(shapes[0][1:3]) == n_in else None
    columns = Columns(table, key, x, np.concatenate(targets), (), None, None, held_out)
    return replace(columns, image=(image[0], image[1])) if image else columns


def _pairs(table: Table, arrays: Arrays, n_in: int) -> list[Pair]:
    """(inputs, targets) to train on, and perhaps those held out."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for name in arrays.shapes:
        match = NAME.fullmatch(name.lower())
        if match is None or (match["before"] and match["after"]):
            continue
        part = match["before"] or match["after"] or ""
        for at, roles in enumerate((INPUTS, TARGETS)):
            if match["role"] in roles:
                found.setdefault(part, ([], []))[at].append(name)
    whole = {part: (xs[0], ys[0]) for part, (xs, ys) in found.items() if len(xs) == len(ys) == 1}
    for part in PARTS[:2]:
        if part in whole:
            return [whole[part], *[whole[other] for other in HELD_OUT if other in whole][:1]]
    if pair := _by_shape(arrays, n_in):
        said = _("{file}: {x} is taken for the inputs and {y} for the targets.")
        table.note(said.format(file=table.file, x=printable(pair[0], 40), y=printable(pair[1], 40)))
        return [pair]
    inputs = found.get("", found.get("train", ([], [])))[0]
    missing, reason = ("y", _("give either y or labels")) if inputs else ("x", _("is missing"))
    raise table.bad(missing, reason + _("; there are {words}").format(words=arrays.listed()))


def _by_shape(arrays: Arrays, n_in: int) -> Pair | None:
    """The only way to take one array for the inputs and another of as many rows for the targets."""
    shapes = {name: shape for name, shape in arrays.shapes.items() if shape}
    inputs = [name for name, shape in shapes.items() if len(shape) > 1 and math.prod(shape[1:]) == n_in]
    fitting = [
        (x, y) for x in inputs for y, shape in shapes.items() if y != x and shape[0] == shapes[x][0] and len(shape) < 3
    ]
    known = any(name.lower() in (*INPUTS[:1], *TARGETS[:2]) for name in shapes)  # then it is the other that is missing
    return fitting[0] if len(fitting) == 1 and not known else None


def _inputs(table: Table, arrays: Arrays, names: Sequence[str], n_in: int) -> Array:
    """Rows of all these arrays, (n, n_in): put into their place one after another, so that little is held twice."""
    if len(names) == 1 and len(arrays.shapes[names[0]]) < 3:
        return matrix(table, names[0], arrays.read(names[0]), n_in)
    counts = [arrays.shapes[name][0] for name in names]
    x, done = np.empty((sum(counts), n_in)), 0
    for name, count in zip(names, counts, strict=True):
        part = arrays.read(name).reshape(count, -1)
        if part.shape[1] != n_in:
            raise table.bad(name, _("must have rows of {n:,} numbers, not {m:,}").format(n=n_in, m=part.shape[1]))
        if part.dtype.kind in "bui":  # all of them are finite
            x[done : done + count] = part
        else:
            x[done : done + count] = floats(table, name, part)
        done += count
    return x


def _targets(table: Table, arrays: Arrays, pair: Pair, n_out: int) -> NDArray[np.float64]:
    x, name = pair
    given = arrays.read(name)
    if given.ndim == 2 and given.shape[1] == 1 and n_out > 1:  # a column of labels
        given = given[:, 0]
    targets = (vector if given.ndim == 1 else matrix)(table, name, given)
    rows = arrays.shapes[x][0] if arrays.shapes[x] else 0
    if len(targets) != rows:
        raise table.bad(name, _("has {n:,} rows, {x} has {m:,}").format(n=len(targets), m=rows, x=printable(x, 40)))
    return targets
