"""One weight changed, and the change followed layer by layer to the cost: exact beside first-order (47)-(50)."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.headless.arguments import example_row, load_as_opened
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import add_parameter, as_json, finite, heading, name, parameter
from tuibp.locale import _
from tuibp.render.padding import at_left

if TYPE_CHECKING:
    from tuibp.core.example import Example
    from tuibp.core.network import Network
    from tuibp.core.perturbation import Perturbation, Ripple

SUMMARY = _("Change one weight or bias and follow the change to the cost, exact beside first order.")
EXAMPLE = "tuibp perturb xor --weight 3,1,2 --delta 0.4"
MOST_NEURONS = 12
"""Neurons of a layer that the table lists, those that move most."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_parameter(parser)
    parser.add_argument("--delta", required=True, metavar="D", help=_("by how much it is changed"))


def run(args: argparse.Namespace) -> int:
    delta = finite(args.delta, "--delta")
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    layer, j, k = parameter(args, preset.network)
    from tuibp.core.perturbation import perturb

    seen = perturb(preset.network, preset.data.example(row), layer, j, k, delta)
    if args.json:
        print_json(contract(seen))
        return 0
    say(heading(preset, row))
    for line in table(preset.network, preset.data.example(row), seen):
        say(line)
    return 0


def contract(seen: Perturbation) -> dict[str, Any]:
    """The JSON object."""
    nudge = seen.nudge
    assert seen.value is not None
    return {
        "parameter": as_json(nudge.layer, nudge.j, nudge.k, seen.value),
        "delta": seen.delta,
        "gradient": seen.gradient,
        "cost_before": seen.cost_before,
        "cost_after": seen.cost_after,
        "actual": seen.actual,
        "predicted": seen.predicted,
        "ripple": [
            {
                "layer": shown(r.layer),
                "dz": r.dz,
                "da": r.da,
                "dz_first_order": r.dz_first_order,
                "da_first_order": r.da_first_order,
            }
            for r in seen.ripple
        ],
    }


def table(network: Network, example: Example, seen: Perturbation) -> Iterator[str]:
    """The same for people: the change, its ripple, and the cost at the end of it."""
    from tuibp.core.meaning.nudge import meaning_of_nudge
    from tuibp.render.numbers import alone, percent, significant
    from tuibp.render.typeset import typeset

    nudge = seen.nudge
    which = name(nudge.layer, nudge.j, nudge.k)
    assert seen.value is not None
    now = seen.value + seen.delta
    yield _("{which}  {was} → {now}    Δ {delta}").format(
        which=which, was=significant(seen.value, 6), now=significant(now, 6), delta=_signed(seen.delta)
    )
    yield ""
    yield _("  layer          neuron            Δz         ≈ Δz            Δa         ≈ Δa")
    for ripple in seen.ripple:
        yield from _layer(network, ripple)
    yield ""
    yield _("  (47) ΔC ≈ ∂C/∂{which} · Δ = {gradient} · {delta}").format(
        which=which, gradient=significant(seen.gradient, 6), delta=significant(seen.delta, 6, typed=True)
    )
    told = seen.difference != 0.0 and math.isfinite(seen.relative)
    share = "" if not told else f"   {percent(seen.relative, 2)}"
    yield f"  {at_left(_('C before'), 16)}{alone(seen.cost_before, 12)}"
    yield f"  {at_left(_('C after'), 16)}{alone(seen.cost_after, 12)}"
    yield f"  {at_left(_('ΔC exact'), 16)}{alone(seen.actual, 12, plus=True)}"
    yield f"  {at_left(_('≈ first order'), 16)}{alone(seen.predicted, 12, plus=True)}"
    yield f"  {at_left(_('difference'), 16)}{alone(seen.difference, 12, plus=True)}{share}"
    yield ""
    yield "  " + typeset(meaning_of_nudge(network, example, seen))
    for layer, neuron in seen.kinks:
        yield "  " + _(
            "Neuron {j} of layer {layer} crossed the kink of its {f}: the tangent knows nothing of it."
        ).format(j=shown(neuron), layer=shown(layer), f=network.activation_of(layer, neuron))


def _layer(network: Network, ripple: Ripple) -> Iterator[str]:
    """The neurons of one layer that moved, the largest first where there are many, in the layer's order else."""
    import numpy as np

    from tuibp.render.numbers import alone

    moved = np.flatnonzero((ripple.da != 0.0) | (ripple.dz != 0.0) | (ripple.da_first_order != 0.0))
    ranked = moved[np.argsort(-np.abs(ripple.da[moved]), kind="stable")]
    listed = np.sort(ranked[:MOST_NEURONS])
    title = f"{shown(ripple.layer)} {network.activations[ripple.layer - 1]}"
    for at, neuron in enumerate(listed):
        columns = (ripple.dz, ripple.dz_first_order, ripple.da, ripple.da_first_order)
        numbers = "".join(
            f"{alone(float(c[neuron]), 11, plus=True):>14}"[1 if i == 0 else 0 :] for i, c in enumerate(columns)
        )
        yield f"  {title if at == 0 else '':<15}{shown(int(neuron)):>5}  {numbers}"
    if len(moved) > len(listed):
        yield " " * 17 + _("and {n} more that move less").format(n=len(moved) - len(listed))
    if not len(moved):
        yield f"  {title:<15}" + _("no neuron moves")
    elif len(moved) < len(ripple.da):
        yield " " * 17 + _("the other {n} do not move").format(n=len(ripple.da) - len(moved))


def _signed(value: float) -> str:
    from tuibp.render.numbers import significant

    return ("+" if value > 0 else "") + significant(value, 6, typed=True)
