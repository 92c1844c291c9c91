"""Which weight or bias an experiment is about, and which example: shared by `perturb` and `paths`."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.core.words import cost_name
from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_example, add_json, add_target, bias_index, weight_index
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.network import Network
    from tuibp.files.preset import Preset


def add_parameter(parser: argparse.ArgumentParser) -> None:
    """TARGET, --weight or --bias, --example and --json."""
    add_target(parser)
    add_number(parser)
    add_example(parser)
    add_json(parser)


def add_number(parser: argparse.ArgumentParser, neuron: str = "", weight: str = "", bias: str = "") -> None:
    """Which number it is about, one of --weight, --bias and, where there is a help for it, --neuron."""
    which = parser.add_mutually_exclusive_group(required=True)
    if neuron:
        which.add_argument("--neuron", metavar="L,J", help=neuron)
    weight = weight or _("weight into neuron J of layer L from neuron K before it")
    which.add_argument("--weight", metavar="L,J,K", help=weight)
    which.add_argument("--bias", metavar="L,J", help=bias or _("bias of neuron J of layer L"))


def parameter(args: argparse.Namespace, network: Network) -> tuple[int, int, int | None]:
    """(layer, j, k) that the arguments name, 0-based, k None for a bias. Raises BadInput where there is none."""
    if args.weight is not None:
        return weight_index(args.weight, network)
    return (*bias_index(args.bias, network), None)


def name(layer: int, j: int, k: int | None) -> str:
    """`w²₁₂`, `b³₁`, with a comma once an index has two digits."""
    from tuibp.core.notation import of_neuron, weight
    from tuibp.render.typeset import typeset

    return typeset(of_neuron("b", layer, j) if k is None else weight(layer, j, k))


def as_json(layer: int, j: int, k: int | None, value: float) -> dict[str, Any]:
    """The parameter as the contracts have it, 1-based."""
    return {"layer": shown(layer), "j": shown(j), "k": None if k is None else shown(k), "value": value}


def heading(preset: Preset, row: int) -> str:
    """`xor  2·3·1  tanh sigmoid, cross-entropy  example 2 of 4`."""
    network = preset.network
    names = dict.fromkeys(network.activations) if len(set(network.activations)) == 1 else network.activations
    return _("{name}  {sizes}  {activations}, {cost}  example {n} of {total}").format(
        name=preset.name,
        sizes="·".join(str(n) for n in network.sizes),
        activations=" ".join(names),
        cost=cost_name(network.cost),
        n=shown(row),
        total=len(preset.data),
    )


def finite(text: str, option: str) -> float:
    """A number that is finite and not 0. Raises BadInput for any other."""
    try:
        number = float(text)
    except ValueError:
        raise BadInput(_("{option} takes a number, not {text!r}").format(option=option, text=text)) from None
    if not math.isfinite(number) or number == 0.0:
        raise BadInput(_("{option} takes a finite number other than 0, not {text}").format(option=option, text=text))
    return number
