"""Why one of the four equations holds: its proof line by line, both sides in numbers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput
from tuibp.headless.arguments import (
    add_example,
    add_format,
    add_target,
    bias_index,
    example_row,
    load_as_opened,
    neuron_index,
    weight_index,
)
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import add_number, heading
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.network import Network
    from tuibp.core.proof import Equation, Proof, ProofLine

SUMMARY = _("Why BP1, BP2, BP3 or BP4 holds for one number: the proof line by line, both sides measured.")
EXAMPLE = "tuibp prove mazur --neuron 2,1"
WIDTH = 76
MOST_CASES = 10
"""Cases of a line that are listed, where there are more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    add_number(
        parser,
        neuron=_("the error of neuron J of layer L: BP1 at the output, else BP2"),
        weight=_("weight into neuron J of layer L from neuron K before it: BP4"),
        bias=_("bias of neuron J of layer L: BP3"),
    )
    add_example(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    from tuibp.core.network import NetworkError
    from tuibp.core.proof import prove

    network = preset.network
    asked = number_asked_for(args, network)
    try:
        found = prove(network, preset.data.example(row), *asked)
    except NetworkError as error:
        raise BadInput(str(error)) from None
    if args.json or args.format == "json":
        print_json(contract(found))
        return 0
    if args.format == "markdown":
        from tuibp.headless.document import of_proof

        for line in of_proof(found, heading(preset, row)):
            say(line)
        return 0
    say(heading(preset, row))
    for line in table(found):
        say(line)
    return 0


def number_asked_for(args: argparse.Namespace, network: Network) -> tuple[Equation, int, int, int | None]:
    """(equation, layer, j, k), 0-based. Raises BadInput where there is no such number."""
    from tuibp.core.proof import equation_of_error

    if args.weight is not None:
        return ("BP4", *weight_index(args.weight, network))
    if args.bias is not None:
        return ("BP3", *bias_index(args.bias, network), None)
    layer, j = neuron_index(args.neuron, network)
    if layer == 0:
        raise BadInput(
            _("--neuron {neuron}: layer 1 is the input and has no error; ask from layer 2 on").format(
                neuron=args.neuron
            )
        )
    return equation_of_error(network, layer), layer, j, None


def contract(found: Proof) -> dict[str, Any]:
    """The JSON object."""
    return {
        "equation": found.equation,
        "about": found.about,
        "lines": [
            {
                "number": line.number,
                "symbols": line.symbols,
                "cases": list(line.cases),
                "left": line.left,
                "right": line.right,
                "max_difference": float(line.difference.max()),
                "dropped": line.dropped,
                "dropped_symbols": line.dropped_symbols,
                "why": line.why,
            }
            for line in found.lines
        ],
    }


def table(found: Proof) -> Iterator[str]:
    """The same for people."""
    from tuibp.render.lines import indented
    from tuibp.render.typeset import typeset

    yield ""
    yield _("Proof of {equation}: why {about} is what step {step} says").format(
        equation=found.equation, about=typeset(found.about), step=shown(found.step)
    )
    for line in found.lines:
        yield ""
        yield f"  {line.number:<6}{typeset(line.symbols)}"
        yield from _sides(line)
        for text in (_dropped(line), line.why):
            yield from indented(typeset(text), WIDTH, first=" " * 8, rest=" " * 8)


def _sides(line: ProofLine) -> Iterator[str]:
    """Left = right for each case, and whether they agree."""
    from tuibp.render.numbers import significant

    width = max(map(len, line.cases), default=0)
    for at, case in enumerate((line.cases or ("",))[:MOST_CASES]):
        left, right = (significant(float(side[at]), 13) for side in (line.left, line.right))
        mark = "✓" if line.relative[at] <= 1e-12 else "✗"
        apart = significant(float(line.difference[at]), 1) if line.difference[at] else "0"
        yield f"        {case:<{width}}{'  ' if width else ''}{left:>20} = {right:<20}  {mark} {apart}"
    if len(line.cases) > MOST_CASES:
        yield "        " + _("and {n} more cases (--json has all)").format(n=len(line.cases) - MOST_CASES)


def _dropped(line: ProofLine) -> str:
    if not line.dropped.size:
        return ""
    numbers = _("{n} measured zeros") if not line.dropped.any() else _("{n} measured, not all 0")
    return _("dropped: {symbols}: {numbers}.").format(
        symbols=line.dropped_symbols, numbers=numbers.format(n=line.dropped.size)
    )
