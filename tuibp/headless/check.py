"""Every partial derivative by backpropagation beside the same by finite differences."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_example, add_json, add_target, example_row, load_as_opened
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import as_json, finite, heading, name
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck

SUMMARY = "Compare every partial derivative with finite differences; exit status 1 where any disagrees."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--method", choices=("complex", "central", "forward"), default="complex")
    parser.add_argument("--eps", metavar="E", help="the step (1e-20, 1e-4 and 1e-7 if not given)")
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
        for line in report(found):
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


def report(found: GradientCheck) -> Iterator[str]:
    """The same, for a person."""
    worst = found.worst
    yield _("{n:,} partial derivatives by {method} differences, step {eps:g}").format(
        n=found.parameters, method=found.method, eps=found.eps
    )
    yield _("largest error    {error:.2e}").format(error=found.max_abs_error)
    yield _("largest relative {error:.2e}  (allowed {tolerance:g})").format(
        error=found.max_rel_error, tolerance=found.tolerance
    )
    yield (
        _("worst            ∂C/∂{name}: {backprop!r} by backpropagation, {numeric!r} by differences")
        .format(name=name(worst.layer, worst.j, worst.k), backprop=worst.backprop, numeric=worst.numeric)
        .replace("-", "−")
    )
    yield _("all agree") if found.ok else _("they disagree{why}").format(why=_why(found))


def _why(found: GradientCheck) -> str:
    """What a step of one's own has to do with it: the two sides of the U of (46)."""
    from tuibp.core.finite_difference import STEP

    if found.method == "complex" or found.eps == STEP[found.method]:
        return ""
    small = found.eps < STEP[found.method]
    return _("; with so small a step digits cancel") if small else _("; over so large a step the curve bends")


def _positive(text: str) -> float:
    step = finite(text, "--eps")
    if step < 0.0:
        raise BadInput(_("--eps takes a positive number, not {text}").format(text=text))
    return step
