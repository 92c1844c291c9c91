"""Which arrays of a file are a network's weights and biases, by their names, and whether they stand as ours do.

Every array named `…weight` may have its `…bias` beside it; so may `w1` its `b1`, `weights_1` its `biases_1`, Keras's
`dense/kernel:0` its `dense/bias:0`, scikit-learn's `coefs_0` its `intercepts_0`. Arrays without names, `arr_0` and so
on, are weights and biases in turn. The layers' order is that which `layer_order` finds. Where rows are inputs and
columns neurons, as in Keras and in most people's own code, the shapes or the name tell, and the weights are turned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tuibp.files.arrays import Arrays
from tuibp.files.errors import BadInput, printable
from tuibp.files.layer_order import Layer, ordered
from tuibp.locale import _

NAME = re.compile(
    r"(?P<before>.{0,200}?)[._/]?(?P<kind>weights?|kernel|coefs?|biases|bias|intercepts?|w|b)[._]?(?P<number>\d{0,9})",
    re.IGNORECASE | re.ASCII,
)
COLUMNS = ("kernel", "coef", "coefs")
"""Kinds whose columns are neurons, whatever their shape."""
UNNAMED = re.compile(r"arr_(\d{1,9})", re.ASCII)


def layers_of(file: str, arrays: Arrays) -> tuple[list[Layer], tuple[str, ...]]:
    """The layers in order, and what is to be said of how they were read. Raises BadInput."""
    if arrays.shapes and all(map(UNNAMED.fullmatch, arrays.shapes)):
        return _in_turn(file, arrays)
    layers = _named(file, arrays)
    straight = ordered(file, layers)
    if any(layer.turned for layer in layers):  # their names say it
        return straight, ()
    by_rows, by_columns = (_fits(arrays, each) for each in (straight, _all_turned(straight)))
    if by_rows:
        said = _("{file}: rows of the weights are taken for neurons; the shapes would fit columns as well.")
        return straight, (said.format(file=file),) if by_columns and _of_own_code(straight) else ()
    turned = straight if by_columns else _ordered_if_any(file, layers)
    if not by_columns and not _fits(arrays, turned):
        return straight, ()
    said = _("{file}: the columns of its weights are neurons, and were turned into rows.")
    return _all_turned(straight) if by_columns else turned, (said.format(file=file),)


def _in_turn(file: str, arrays: Arrays) -> tuple[list[Layer], tuple[str, ...]]:
    """The same of arrays without names. Raises BadInput, also where they may be inputs and labels."""
    layers = _unnamed(file, arrays)
    turned = _all_turned(layers)
    if _fits(arrays, turned):  # as Keras gives them, also where either would fit
        said = _("{file}: its arrays are taken in turn for weights, a column a neuron, and biases.")
        return turned, (said.format(file=file),)
    if len(layers) < 2 or not _fits(arrays, layers):
        raise _no_weights(file, arrays)
    said = _("{file}: its arrays are taken in turn for weights, a row a neuron, and biases.")
    return layers, (said.format(file=file),)


def _ordered_if_any(file: str, layers: Sequence[Layer]) -> list[Layer]:
    """Turned layers in the order of the network, if there is one."""
    try:
        return ordered(file, _all_turned(layers))
    except BadInput:
        return list(layers)


def _of_own_code(layers: Sequence[Layer]) -> bool:
    """Whether the names are those of arrays in somebody's own code, `W1`, and not of a library's layers."""
    return all(len(layer.weight) < 4 for layer in layers)


def _all_turned(layers: Sequence[Layer]) -> list[Layer]:
    return [replace(layer, shape=layer.shape[::-1], turned=not layer.turned) for layer in layers]


def _fits(arrays: Arrays, layers: Sequence[Layer]) -> bool:
    """Whether every layer takes what the one before gives, and has as many biases as neurons."""
    if any(len(layer.shape) != 2 for layer in layers):
        return False
    biases = all(layer.bias is None or arrays.size(layer.bias) == layer.shape[0] for layer in layers)
    return biases and all(after.shape[1] == before.shape[0] for before, after in pairwise(layers))


def _unnamed(file: str, arrays: Arrays) -> list[Layer]:
    """Weights, each with the biases that may follow it, by number."""
    names = sorted(arrays.shapes, key=lambda name: int(name[4:]))
    layers: list[Layer] = []
    for name in names:
        shape = arrays.shapes[name]
        last = layers[-1] if layers else None
        if _flat(shape) and last is not None and last.bias is None and arrays.size(name) in last.shape:
            layers[-1] = replace(last, bias=name)
        elif len(shape) == 2:
            layers.append(Layer(name, None, shape, ()))
        else:
            raise _no_weights(file, arrays)
    return layers


def _flat(shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or (len(shape) == 2 and shape[0] == 1)


def _no_weights(file: str, arrays: Arrays) -> BadInput:
    reason = _("holds no weights but {arrays}; if this is data, name it in a preset under [data] as file = {name}")
    return BadInput(f"{file}: " + reason.format(arrays=arrays.listed(), name=f'"{file.rpartition("/")[2]}"'))


def _named(file: str, arrays: Arrays) -> list[Layer]:
    pairs: dict[tuple[Any, ...], dict[str, str]] = {}
    matches = {name: NAME.fullmatch(_plain(name)) for name in arrays.shapes}
    if not any(matches.values()) and arrays.shapes:
        raise _no_weights(file, arrays)
    for name, match in matches.items():
        if match is None:
            reason = _("{file}: {key}: is neither weights nor biases nor x, y, labels; there are {arrays}")
            raise BadInput(reason.format(file=file, key=printable(name), arrays=arrays.listed()))
        kind = "b" if match["kind"][0] in "bBiI" else "w"
        if kind in pairs.setdefault(_place(match), {}):
            raise BadInput(_("{file}: {key}: is given twice").format(file=file, key=printable(name)))
        pairs[_place(match)][kind] = name
    layers = []
    for place in sorted(pairs):
        pair = pairs[place]
        if "w" not in pair:
            raise BadInput(_("{file}: {key}: has no weights beside it").format(file=file, key=printable(pair["b"])))
        layer = Layer(pair["w"], pair.get("b"), arrays.shapes[pair["w"]], _skeleton(place))
        match = matches[pair["w"]]
        turned = match is not None and match["kind"].lower() in COLUMNS
        layers.append(replace(layer, shape=layer.shape[::-1], turned=True) if turned else layer)
    return layers


def _plain(name: str) -> str:
    """Without what Keras writes behind a name; its first layer of a kind is the only one without a number."""
    return re.sub(r"(?<![\d_/])/(?=kernel|bias)", "_0/", name.removesuffix(":0"))


def _place(match: re.Match[str]) -> tuple[Any, ...]:
    """What a name says of its layer, so that 10 comes after 9."""
    parts = re.split(r"(\d+)", match["before"])
    before = tuple((int(part[:9]), "") if part.isascii() and part.isdecimal() else (-1, part) for part in parts)
    return (*before, (int(match["number"] or 0), ""))


def _skeleton(place: tuple[Any, ...]) -> tuple[str, ...]:
    """What is left of a name without its numbers."""
    return tuple(text for __, text in place)
