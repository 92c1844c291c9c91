"""The description of a network as JSON: the tables of a .toml preset in the other syntax.

    {"title": "…", "about": "…",
     "network": {"sizes": [2, 2, 2], "activations": ["sigmoid", "sigmoid"], "cost": "quadratic",
                 "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
                 "biases": [[0.35, 0.35], [0.6, 0.6]]},
     "data": {"examples": [{"x": [0.05, 0.1], "y": [0.01, 0.99]}]},
     "training": {"eta": 0.5}}

Only "network" is needed. A file may also give the keys of all tables side by side at the top, as
{"sizes", "weights", "biases", "cost"} does, which is how the book's programs save a network: where such a file names
no activation it is sigmoid, no cost it is quadratic, and biases may stand as columns.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from tuibp.files.bounds import PIECES, TEXT_BYTES, VALUES, read_text
from tuibp.files.data_table import DATA_KEYS
from tuibp.files.description import TRAINING_KEYS
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.network_table import KEYS as NETWORK_KEYS
from tuibp.locale import _


def read_json(path: Path) -> dict[str, Any]:
    """The tables of a .json file. Raises BadInput with the line where it stops being JSON."""
    value = parse(printable_path(path), read_text(path, TEXT_BYTES))
    return value if "network" in value else _in_tables(value)


def parse(file: str, text: str) -> dict[str, Any]:
    """One JSON object; NaN, Infinity and a key given twice are refused. Raises BadInput."""
    if sum(map(text.count, '[{"')) > 2 * PIECES:
        raise BadInput(_("{file}: holds more than {n:,} lists, tables and texts").format(file=file, n=PIECES))
    if text.count(",") > VALUES:
        raise BadInput(_("{file}: holds more than {n:,} numbers; .npz takes more").format(file=file, n=VALUES))
    try:
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except RecursionError:
        raise BadInput(_("{file}: is nested too deeply").format(file=file)) from None
    except json.JSONDecodeError as error:
        reason = _("is not JSON: {reason} (line {line})").format(reason=error.msg, line=error.lineno)
        raise BadInput(f"{file}: {reason}") from None
    except ValueError as error:  # a number of too many digits, or one of our own refusals
        raise BadInput(f"{file}: {printable(error)}") from None
    if not isinstance(value, dict):
        raise BadInput(_("{file}: must be one JSON object").format(file=file))
    return value


def write_json(description: dict[str, Any]) -> bytes:
    """The description as JSON, doubles with all their digits."""
    return (json.dumps(description, default=_plain, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _in_tables(flat: dict[str, Any]) -> dict[str, Any]:
    """Keys that stand side by side, each put into the table that it belongs to unless that is there as well."""
    homes = {"network": NETWORK_KEYS, "data": DATA_KEYS, "training": TRAINING_KEYS}
    tables: dict[str, Any] = {"network": {"activations": "sigmoid", "cost": "quadratic"}}
    for key, value in flat.items():
        home = next((table for table, keys in homes.items() if key in keys and table not in flat), None)
        if home is None or key == "seed":  # whose seed it is nobody could say
            tables[key] = value
        else:
            tables.setdefault(home, {})[key] = value
    return tables


def _no_constant(name: str) -> None:
    raise ValueError(_("holds {name}, not a finite number").format(name=name))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, __), *___ = Counter(key for key, __ in pairs).most_common(1)
        raise ValueError(_("{key}: is given twice").format(key=printable(twice)))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not JSON")
