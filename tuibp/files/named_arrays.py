"""A description as named arrays and a text, for the formats that hold arrays: .npz and .safetensors.

Weights into layer l are `layerL.weight`, (n_l, n_{l-1}), and its biases `layerL.bias`, (n_l,), L counted from 1 and so
from 2 on; examples are `x` with `y` or `labels`. All else is the description without its arrays, as JSON text.

Files of others are read too: every array named `…weight` has its `…bias` beside it (also `w1` and `b1`, `weights_1`
and `biases_1`), in the order of their numbers. Where no text says otherwise, activations are sigmoid and the cost
quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tuibp.core.index import shown
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.json_file import parse
from tuibp.locale import _

Arrays = dict[str, NDArray[Any]]
EXAMPLES = ("x", "y", "labels")
NAME = re.compile(
    r"(?P<before>.{0,200}?)[._]?(?P<kind>weights?|biases|bias|w|b)[._]?(?P<number>\d{0,9})", re.IGNORECASE | re.ASCII
)


def split(description: dict[str, Any]) -> tuple[Arrays, dict[str, Any]]:
    """Arrays by name, and the description without them."""
    network, data = dict(description["network"]), dict(description.get("data", {}))
    arrays: Arrays = {}
    for at, (w, b) in enumerate(zip(network.pop("weights"), network.pop("biases"), strict=True), start=1):
        arrays[f"layer{shown(at)}.weight"], arrays[f"layer{shown(at)}.bias"] = w, b
    arrays.update({name: data.pop(name) for name in EXAMPLES if name in data})
    return arrays, {**description, "network": network, "data": data}


def join(path: Path, arrays: Mapping[str, NDArray[Any]], text: str | None) -> dict[str, Any]:
    """The description again. Raises BadInput."""
    file = printable_path(path)
    description = parse(file, text) if text is not None else {}
    network: dict[str, Any] = {"activations": "sigmoid", "cost": "quadratic"} if text is None else {}
    for table, own in (("network", network), ("data", {})):
        given = description.setdefault(table, own)
        if not isinstance(given, dict):
            raise BadInput(_("{file}: {key}: must be a table").format(file=file, key=table))
    weights, biases = _layers(file, {name: array for name, array in arrays.items() if name not in EXAMPLES})
    description["network"].update(weights=weights, biases=biases)
    description["data"].update({name: arrays[name] for name in EXAMPLES if name in arrays})
    if not description["data"]:
        del description["data"]
    return description


def _layers(file: str, arrays: Mapping[str, NDArray[Any]]) -> tuple[list[NDArray[Any]], list[NDArray[Any]]]:
    """Weights and biases in the order of the layers."""
    pairs: dict[tuple[Any, ...], dict[str, NDArray[Any]]] = {}
    for name, array in arrays.items():
        match = NAME.fullmatch(name)
        if match is None:
            raise BadInput(
                _("{file}: {key}: is neither weights nor biases nor x, y, labels").format(
                    file=file, key=printable(name)
                )
            )
        kind = "w" if match["kind"][0] in "wW" else "b"
        if kind in pairs.setdefault(_place(match), {}):
            raise BadInput(_("{file}: {key}: is given twice").format(file=file, key=printable(name)))
        pairs[_place(match)][kind] = array
    for pair in pairs.values():
        if len(pair) != 2:
            raise BadInput(_("{file}: {n} weights and biases don't come in pairs").format(file=file, n=len(arrays)))
    ordered = [pairs[place] for place in sorted(pairs)]
    return [pair["w"] for pair in ordered], [pair["b"] for pair in ordered]


def _place(match: re.Match[str]) -> tuple[Any, ...]:
    """What a name says of its layer, so that 10 comes after 9."""
    parts = re.split(r"(\d+)", match["before"])
    before = tuple((int(part[:9]), "") if part.isascii() and part.isdecimal() else (-1, part) for part in parts)
    return (*before, (int(match["number"] or 0), ""))
