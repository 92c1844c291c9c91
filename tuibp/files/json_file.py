"""The description of a network as JSON: the tables of a .toml preset in the other syntax.

    {"title": "…", "about": "…",
     "network": {"sizes": [2, 2, 2], "activations": ["sigmoid", "sigmoid"], "cost": "quadratic",
                 "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
                 "biases": [[0.35, 0.35], [0.6, 0.6]]},
     "data": {"examples": [{"x": [0.05, 0.1], "y": [0.01, 0.99]}]},
     "training": {"eta": 0.5}}

Only "network" is needed. A file may also give the keys of all tables side by side at the top, as
{"sizes", "weights", "biases", "cost"} does, which is how the book's `network2.py` saves a network: with a cost by the
name of the book's class all layers are sigmoid, and biases may stand as columns. A network that `network2`
can have, sigmoid in all layers, is written so that `network2.load` opens it: it reads these four keys and no others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tuibp.files.bounds import TEXT_BYTES, read_text
from tuibp.files.data_table import DATA_KEYS
from tuibp.files.described import Described
from tuibp.files.description import TRAINING_KEYS
from tuibp.files.errors import printable_path
from tuibp.files.heed import part
from tuibp.files.network_table import BOOK_COSTS
from tuibp.files.network_table import KEYS as NETWORK_KEYS
from tuibp.files.strict_json import parse


def read_json(path: Path) -> Described:
    """What a .json file describes. Raises BadInput with the line where it stops being JSON."""
    with part(0.0, 0.1):
        text = read_text(path, TEXT_BYTES)
    with part(0.1, 1.0):
        value = parse(printable_path(path), text)
    return Described(value if "network" in value else _in_tables(value))


def write_json(description: dict[str, Any]) -> bytes:
    """The description as JSON, doubles with all their digits; in the book's form where the book's program has such."""
    if as_the_book(description["network"]):
        description = _side_by_side(description)
    return (json.dumps(description, default=_plain, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def as_the_book(network: dict[str, Any]) -> bool:
    """Whether `network2.py` has such a network."""
    return (
        set(network["activations"]) == {"sigmoid"}
        and network["cost"] in BOOK_COSTS.values()
        and not network.get("modified")
    )


def _side_by_side(description: dict[str, Any]) -> dict[str, Any]:
    """The network's keys at the top, before the other tables: biases as columns (n_l, 1), the cost by its class."""
    network = dict(description["network"])
    (cost,) = (theirs for theirs, ours in BOOK_COSTS.items() if ours == network["cost"])
    network.update(cost=cost, biases=[b[:, None] for b in network["biases"]])
    return {**network, **{table: value for table, value in description.items() if table != "network"}}


def _in_tables(flat: dict[str, Any]) -> dict[str, Any]:
    """Keys that stand side by side, each put into the table that it belongs to unless that is there as well."""
    homes = {"network": NETWORK_KEYS, "data": DATA_KEYS, "training": TRAINING_KEYS}
    by_the_book = isinstance(flat.get("cost"), str) and flat["cost"] in BOOK_COSTS
    tables: dict[str, Any] = {"network": {"activations": "sigmoid"} if by_the_book else {}}
    for key, value in flat.items():
        home = next((table for table, keys in homes.items() if key in keys and table not in flat), None)
        if home is None or key == "seed":  # whose seed it is nobody could say
            tables[key] = value
        else:
            tables.setdefault(home, {})[key] = value
    return tables


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not JSON")
