"""The [data] table: examples in the file itself, from a data file beside it, or from a generator."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tuibp.core.datasets import GENERATORS, DataSet, Rows, split
from tuibp.core.index import counted, shown
from tuibp.core.network import Array, Network
from tuibp.core.scaling import SCALES, balanced_rows, rescaled, with_balance
from tuibp.core.stream import stream
from tuibp.core.strokes import strokes
from tuibp.files.bounds import GENERATED_NUMBERS, NEURONS, NUMBERS
from tuibp.files.columns import Columns, columns_of, one_hot, targets_of, too_many
from tuibp.files.data_file import columns_of_file
from tuibp.files.heed import tell
from tuibp.files.numbers import BLOCK, floats, vector
from tuibp.files.table import NAME_LENGTH, Table
from tuibp.locale import _

SOURCES = {
    "examples": ("examples",),
    "generator": ("generator", "n", "noise"),
    "file": ("file", "label", "columns"),
    "x": ("x", "y", "labels"),
}
"""The keys that each way to give the examples brings with it."""
COMMON = ("image", "names", "holdout", "seed", "test", "scale", "balance")
DATA_KEYS = (*(key for keys in SOURCES.values() for key in keys), *COMMON)
MAKERS = {**GENERATORS, "strokes": strokes}
EXAMPLES = 1_000_000
MADE_UP = 10


def data_of(table: Table, network: Network, folder: Path) -> DataSet:
    """The data set for a network. Raises BadInput."""
    table.only(DATA_KEYS)
    n_in, n_out = network.sizes[0], network.sizes[-1]
    source = _source(table)
    if source == "examples":
        columns = _examples(table, n_in, n_out)
    elif source == "x":
        columns = columns_of(table, {key: table.get(key) for key in SOURCES["x"] if table.has(key)}, n_in)
    elif source == "generator":
        columns = _generated(table, n_in)
    else:
        columns = columns_of_file(table, n_in, n_out, folder)
    labels, y = targets_of(columns, network)
    train, test = _split(table, len(y), columns.held_out)
    if not len(train):
        raise table.bad("test" if table.has("test") else "holdout", _("leaves no example to train on"))
    x = _scaled(table, columns.x, train)
    for array in (x, y, labels, train, test):
        if array is not None:
            array.flags.writeable = False
    image = _image(table, n_in) if table.has("image") else columns.image
    scale = table.get("scale", "none")
    named = scale if isinstance(scale, str) else "none"
    return balanced(table, DataSet(x, y, labels, _names(table, columns, labels, y), image, train, test, named))


def _scaled(table: Table, x: Array, train: Rows) -> Array:
    """The inputs divided by the number that `scale` gives, or each column on the scale that it names."""
    if isinstance(table.get("scale", 1.0), str):
        return rescaled(x, train, table.word("scale", SCALES), x if x.flags.writeable else None)
    scale = table.number("scale", 1.0, low=1e-9, high=1e9)
    if scale == 1.0:
        return x
    with np.errstate(over="ignore"):
        return floats(table, "scale", np.divide(x, scale, out=x if x.flags.writeable else None))


def balanced(table: Table, data: DataSet) -> DataSet:
    """The data with the rarer classes' rows repeated, where `balance` asks for it."""
    if not table.truth("balance", False):
        return data
    if data.labels is None:
        raise table.bad("balance", _("needs classes"))
    more = len(balanced_rows(data.labels, data.train))
    count = (len(data) + more) * (data.x.shape[1] + data.y.shape[1])
    if count > NUMBERS:
        raise table.bad("balance", too_many(count))
    return with_balance(data)


def made_up(n_in: int, n_out: int) -> DataSet:
    """Examples for a network file that holds none: the same seeded inputs in [0, 1), the classes in turn."""
    random = stream(0, n_in, n_out)  # older than the purposes: examples that were made up stay as they are
    labels = np.arange(MADE_UP) % max(n_out, 2)
    return DataSet.of(random.random((MADE_UP, n_in)), one_hot(labels, n_out), labels)


def _source(table: Table) -> str:
    given = [name for name in SOURCES if table.has(name)]
    if len(given) != 1:
        ways = ", ".join(SOURCES)
        raise table.bad(given[1] if given else "examples", _("give exactly one of {ways}").format(ways=ways))
    for key in table.values:
        if key not in COMMON and key not in SOURCES[given[0]]:
            raise table.bad(key, _("does not go with {source}").format(source=given[0]))
    return given[0]


def _examples(table: Table, n_in: int, n_out: int) -> Columns:
    rows: list[tuple[Array, Array]] = []
    entries = table.tables("examples", EXAMPLES)
    for entry in entries:
        if len(rows) % BLOCK == 0:
            tell(len(rows), len(entries))
        entry.only(("x", "y"))
        rows.append((vector(entry, "x", entry.get("x"), n_in), vector(entry, "y", entry.get("y"), n_out)))
    if not rows:
        raise table.bad("examples", _("must hold one example or more"))
    return Columns(table, "examples", np.stack([x for x, __ in rows]), np.stack([y for __, y in rows]))


def _generated(table: Table, n_in: int) -> Columns:
    name = table.word("generator", MAKERS)
    n = table.whole("n", 200, low=1, high=max(1, min(EXAMPLES, GENERATED_NUMBERS // n_in)))
    noise = table.number("noise", 0.1, low=0.0, high=10.0)
    made = MAKERS[name](n, noise, table.whole("seed", 0, high=2**32 - 1))
    if made.x.shape[1] != n_in:
        reason = _("{name} makes {n} inputs, the network has {m}").format(name=name, n=made.x.shape[1], m=n_in)
        raise table.bad("generator", reason)
    targets = made.y if made.labels is None else made.labels
    return Columns(table, "generator", made.x, targets, made.names, made.image)


def _split(table: Table, n: int, held_out: int) -> tuple[Rows, Rows]:
    """Rows to train on and rows held out: these named one by one, or a seeded fraction, or the last, `held_out`, that
    the source has kept apart."""
    if held_out and not table.has("test") and not table.has("holdout"):
        return np.arange(n - held_out), np.arange(n - held_out, n)
    if not table.has("test"):
        return split(n, table.number("holdout", 0.0, low=0.0, high=0.9), table.whole("seed", 0, high=2**32 - 1))
    if table.has("holdout"):
        raise table.bad("test", _("does not go with holdout"))
    kept = np.ones(n, dtype=bool)
    for row in table.items("test", n):
        kept[counted(table.whole_of("test", row, 1, n))] = False
    return np.flatnonzero(kept), np.flatnonzero(~kept)


def _usual_names(y: Array, labels: Rows | None) -> tuple[str, ...]:
    """Classes by their number, those of a single output by what is wanted of it, where that is not 0 and 1."""
    if labels is None:
        return ()
    if y.shape[1] > 1:
        return tuple(map(str, range(y.shape[1])))
    low, high = float(y.min()), float(y.max())
    return () if {low, high} <= {0.0, 1.0} else (f"{low:g}", f"{high:g}")


def _names(table: Table, columns: Columns, labels: Rows | None, y: Array) -> tuple[str, ...]:
    """The outputs' or classes' names: the file's, or those that came with the examples, or the labels as numbers."""
    if not table.has("names"):
        return columns.names or _usual_names(y, labels)
    n_out = y.shape[1]
    names = table.items("names", NEURONS)
    if names and len(names) != n_out and not (n_out == 1 and len(names) == 2):
        reason = _("must be {n}, one for each output, not {m}")
        if n_out == 1:
            reason = _("must be 1, the output's, or 2, for y = 0 and y = 1, not {m}")
        raise table.bad("names", reason.format(n=n_out, m=len(names)))
    each = Table(table.file, table.path, {f"names[{shown(at)}]": name for at, name in enumerate(names)})
    return tuple(each.text(name, length=NAME_LENGTH) for name in each.values)


def _image(table: Table, n_in: int) -> tuple[int, int]:
    sides = [table.whole_of("image", side, 1, n_in) for side in table.items("image", 2)]
    if len(sides) != 2 or sides[0] * sides[1] != n_in:
        raise table.bad("image", _("must be height and width of {n} pixels").format(n=n_in))
    return sides[0], sides[1]
