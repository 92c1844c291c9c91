"""A description as named arrays and a text, for the formats that hold arrays: .npz and .safetensors.

Weights into layer l are `layerL.weight`, (n_l, n_{l-1}), and its biases `layerL.bias`, (n_l,), L counted from 1 and so
from 2 on; examples are `x` with `y` or `labels`. All else is the description without its arrays, as JSON text.

Files of others are read too: every array named `…weight` may have its `…bias` beside it (also `w1` and `b1`,
`weights_1` and `biases_1`), in the order that `layer_order` finds; a bias that is not there is zero. Where no text
says otherwise, activations are sigmoid and the cost quadratic.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tuibp.core.index import shown
from tuibp.files.arrays import Arrays
from tuibp.files.bounds import NUMBERS, PARAMETERS
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import part
from tuibp.files.layer_order import Layer, ordered
from tuibp.files.strict_json import parse
from tuibp.locale import _

EXAMPLES = ("x", "y", "labels")
NAME = re.compile(
    r"(?P<before>.{0,200}?)[._]?(?P<kind>weights?|biases|bias|w|b)[._]?(?P<number>\d{0,9})", re.IGNORECASE | re.ASCII
)


def split(description: dict[str, Any]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Arrays by name, and the description without them."""
    network, data = dict(description["network"]), dict(description.get("data", {}))
    arrays: dict[str, NDArray[Any]] = {}
    for at, (w, b) in enumerate(zip(network.pop("weights"), network.pop("biases"), strict=True), start=1):
        arrays[f"layer{shown(at)}.weight"], arrays[f"layer{shown(at)}.bias"] = w, b
    arrays.update({name: data.pop(name) for name in EXAMPLES if name in data})
    return arrays, {**description, "network": network, "data": data}


def join(path: Path, arrays: Arrays, text: str | None) -> dict[str, Any]:
    """The description again. Raises BadInput before any array is read that no network has."""
    file = printable_path(path)
    with part(0.0, 0.0):
        description = parse(file, text) if text is not None else {}
    network: dict[str, Any] = {"activations": "sigmoid", "cost": "quadratic"} if text is None else {}
    for table, own in (("network", network), ("data", {})):
        given = description.setdefault(table, own)
        if not isinstance(given, dict):
            raise BadInput(_("{file}: {key}: must be a table").format(file=file, key=table))
    layers = _layers(file, arrays)
    data = [name for name in EXAMPLES if name in arrays.shapes]
    sizes = (sum(map(arrays.size, names)) for names in ((n for layer in layers for n in layer.names), data))
    for size, most in zip(sizes, (PARAMETERS, NUMBERS), strict=True):
        if size > most:
            raise BadInput(_("{file}: holds {n:,} numbers, more than {most:,}").format(file=file, n=size, most=most))
    description["network"].update(
        weights=[arrays.read(layer.weight) for layer in layers],
        biases=[None if layer.bias is None else arrays.read(layer.bias) for layer in layers],
    )
    description["data"].update({name: arrays.read(name) for name in data})
    if not description["data"]:
        del description["data"]
    return description


def _layers(file: str, arrays: Arrays) -> list[Layer]:
    """Weights and biases in the order of the layers."""
    pairs: dict[tuple[Any, ...], dict[str, str]] = {}
    others = [name for name in arrays.shapes if name not in EXAMPLES]
    matches = {name: NAME.fullmatch(name) for name in others}
    if not any(matches.values()) and arrays.shapes:
        reason = _("holds no weights but {arrays}; if this is data, name it in a preset under [data] as file = {name}")
        raise BadInput(f"{file}: " + reason.format(arrays=arrays.listed(), name=f'"{file.rpartition("/")[2]}"'))
    for name, match in matches.items():
        if match is None:
            reason = _("{file}: {key}: is neither weights nor biases nor x, y, labels; there are {arrays}")
            raise BadInput(reason.format(file=file, key=printable(name), arrays=arrays.listed()))
        kind = "w" if match["kind"][0] in "wW" else "b"
        if kind in pairs.setdefault(_place(match), {}):
            raise BadInput(_("{file}: {key}: is given twice").format(file=file, key=printable(name)))
        pairs[_place(match)][kind] = name
    layers = []
    for place in sorted(pairs):
        pair = pairs[place]
        if "w" not in pair:
            raise BadInput(_("{file}: {key}: has no weights beside it").format(file=file, key=printable(pair["b"])))
        layers.append(Layer(pair["w"], pair.get("b"), arrays.shapes[pair["w"]], _skeleton(place)))
    return ordered(file, layers)


def _place(match: re.Match[str]) -> tuple[Any, ...]:
    """What a name says of its layer, so that 10 comes after 9."""
    parts = re.split(r"(\d+)", match["before"])
    before = tuple((int(part[:9]), "") if part.isascii() and part.isdecimal() else (-1, part) for part in parts)
    return (*before, (int(match["number"] or 0), ""))


def _skeleton(place: tuple[Any, ...]) -> tuple[str, ...]:
    """What is left of a name without its numbers."""
    return tuple(text for __, text in place)
