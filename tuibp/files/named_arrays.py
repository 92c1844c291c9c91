"""A description as named arrays and a text, for the formats that hold arrays: .npz and .safetensors.

Weights into layer l are `layerL.weight`, (n_l, n_{l-1}), and its biases `layerL.bias`, (n_l,), L counted from 1 and so
from 2 on; examples are `x` with `y` or `labels`. All else is the description without its arrays, as JSON text.

Files of others are read too, see `layer_names`; a bias that is not there is zero.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tuibp.core.index import shown
from tuibp.files.arrays import Arrays
from tuibp.files.bounds import NUMBERS, PARAMETERS
from tuibp.files.described import Described
from tuibp.files.errors import BadInput, printable_path
from tuibp.files.heed import part
from tuibp.files.layer_names import layers_of
from tuibp.files.strict_json import parse
from tuibp.locale import _

EXAMPLES = ("x", "y", "labels")


def split(description: dict[str, Any]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Arrays by name, and the description without them."""
    network, data = dict(description["network"]), dict(description.get("data", {}))
    arrays: dict[str, NDArray[Any]] = {}
    for at, (w, b) in enumerate(zip(network.pop("weights"), network.pop("biases"), strict=True), start=1):
        arrays[f"layer{shown(at)}.weight"], arrays[f"layer{shown(at)}.bias"] = w, b
    arrays.update({name: data.pop(name) for name in EXAMPLES if name in data})
    return arrays, {**description, "network": network, "data": data}


def join(path: Path, arrays: Arrays, text: str | None) -> Described:
    """The description again. Raises BadInput before any array is read that no network has."""
    file = printable_path(path)
    with part(0.0, 0.0):
        description = parse(file, text) if text is not None else {}
    for table in ("network", "data"):
        if not isinstance(description.setdefault(table, {}), dict):
            raise BadInput(_("{file}: {key}: must be a table").format(file=file, key=table))
    data = [name for name in EXAMPLES if name in arrays.shapes]
    layers, said = layers_of(file, arrays.without(*data))
    sizes = (sum(map(arrays.size, names)) for names in ((n for layer in layers for n in layer.names), data))
    for size, most in zip(sizes, (PARAMETERS, NUMBERS), strict=True):
        if size > most:
            raise BadInput(_("{file}: holds {n:,} numbers, more than {most:,}").format(file=file, n=size, most=most))
    description["network"].update(
        weights=[arrays.read(layer.weight).T if layer.turned else arrays.read(layer.weight) for layer in layers],
        biases=[None if layer.bias is None else _flat(arrays.read(layer.bias)) for layer in layers],
    )
    description["data"].update({name: arrays.read(name) for name in data})
    if not description["data"]:
        del description["data"]
    return Described(description, said)


def _flat(bias: NDArray[Any]) -> NDArray[Any]:
    """A row of numbers as they are kept by programs in which an example is a row, (1, n), as (n,)."""
    return bias[0] if bias.ndim == 2 and bias.shape[0] == 1 else bias
