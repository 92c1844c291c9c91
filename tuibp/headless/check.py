"""Every partial derivative by backpropagation beside the same by finite differences."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_example, add_json, add_target, example_row, load_as_opened
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import as_json, finite, heading, name
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.core.network import Array, Network

SUMMARY = _("Compare every partial derivative with finite differences; exit status 1 where any disagrees.")
EXAMPLE = "tuibp check digits"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--method", choices=("complex", "central", "forward"), default="complex")
    parser.add_argument("--eps", metavar="E", help=_("the step (1e-20, 1e-4 and 1e-7 if not given)"))
    add_example(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    eps = None if args.eps is None else _positive(args.eps)
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    from tuibp.core.finite_difference import check_gradient

    found = check_gradient(preset.network, preset.data.x[row], preset.data.y[row], args.method, eps)
    if args.json:
        print_json(contract(found))
    else:
        say(heading(preset, row))
        for line in report(found, _why(found, preset.network, preset.data.x[row], preset.data.y[row])):
            say(line)
    return 0 if found.ok else 1


def contract(found: GradientCheck) -> dict[str, Any]:
    """The JSON object."""
    worst = found.worst
    place = as_json(worst.layer, worst.j, worst.k, 0.0)
    del place["value"]
    return {
        "method": found.method,
        "eps": found.eps,
        "parameters": found.parameters,
        "max_abs_error": found.max_abs_error,
        "max_rel_error": found.max_rel_error,
        "tolerance": found.tolerance,
        "ok": found.ok,
        "worst": {**place, "backprop": worst.backprop, "numeric": worst.numeric},
    }


def report(found: GradientCheck, why: str = "") -> Iterator[str]:
    """The same, for a person."""
    from tuibp.core.kinks import corner
    from tuibp.render.numbers import significant
    from tuibp.render.typeset import typeset

    worst = found.worst
    yield _("{n:,} partial derivatives by {method} differences, step {eps:g}").format(
        n=found.parameters, method=found.method, eps=found.eps
    )
    yield _("largest error    {error}").format(error=significant(found.max_abs_error))
    yield _("largest relative {error}  (allowed {tolerance:g})").format(
        error=significant(found.max_rel_error), tolerance=found.tolerance
    )
    yield (
        _("worst            ∂C/∂{name}: {backprop!r} by backpropagation, {numeric!r} by differences")
        .format(name=name(worst.layer, worst.j, worst.k), backprop=worst.backprop, numeric=worst.numeric)
        .replace("-", "−")
    )
    if found.at_kinks:
        yield _("not compared     {n:,}, whose step reaches across a corner. {corner}").format(
            n=found.at_kinks, corner=typeset(corner(found.kinks[0]))
        )
    if not math.isfinite(worst.backprop):
        yield _("nothing to compare: numbers here are beyond 1e308")
    elif not found.ok:
        yield _("they disagree{why}").format(why=why)
    elif found.at_kinks:
        yield _("all others agree")
    else:
        yield _("all agree")


def _why(found: GradientCheck, network: Network, x: Array, y: Array) -> str:
    """What a step of one's own has to do with it: the two sides of the U of (46)."""
    from tuibp.core.finite_difference import STEP, step_is_to_blame

    side = step_is_to_blame(found, network, x, y)
    if not side:
        return ""
    usual = _(" ({method} differences take {eps:g})").format(method=found.method, eps=STEP[found.method])
    if side == "large":
        return usual + _("; over so large a step the curve bends")
    return usual + (
        _("; so small a step is below the smallest number there is")
        if found.method == "complex"
        else _("; with so small a step digits cancel")
    )


def _positive(text: str) -> float:
    step = finite(text, "--eps")
    if step < 0.0:
        raise BadInput(_("--eps takes a positive number, not {text}").format(text=text))
    return step
