"""The five steps on one example, as numbers: a table for people, or every double as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.headless.arguments import add_example, add_format, add_target, example_row, load_as_opened
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import heading
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.example import Example
    from tuibp.core.five_steps import Frame, Pass
    from tuibp.core.network import Network

SUMMARY = _("The five steps of backpropagation on one example, as a readable table.")
EXAMPLE = "tuibp trace mazur"
FIELDS = ("z", "a", "delta", "grad_w", "grad_b")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    add_example(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    from tuibp.core.five_steps import walk

    network, example = preset.network, preset.data.example(row)
    found = walk(network, example)
    if args.json or args.format == "json":
        print_json(contract(network, example, found, row))
        return 0
    if args.format == "markdown":
        from tuibp.headless.document import of_walk

        for line in of_walk(network, example, found, heading(preset, row)):
            say(line)
        return 0
    say(heading(preset, row))
    for line in table(network, example, found):
        say(line)
    return 0


def contract(network: Network, example: Example, found: Pass, row: int) -> dict[str, Any]:
    """The JSON object."""
    return {
        "network": {"sizes": network.sizes, "activations": network.activations, "cost": network.cost},
        "example": {"index": shown(row), "x": example.x, "y": example.y},
        "cost": found.cost,
        "steps": [_step(frame) for frame in found.frames],
    }


def _step(frame: Frame) -> dict[str, Any]:
    known = {field: getattr(frame, field) for field in FIELDS}
    computed = {field: value for field, value in known.items() if value is not None}
    return {"step": frame.step, "layer": shown(frame.layer), **computed}


def table(network: Network, example: Example, found: Pass) -> Iterator[str]:
    """The same for people: each step with its equation, its numbers and what they mean."""
    from tuibp.core.explanation import explain_step
    from tuibp.core.steps import STEPS, TITLES
    from tuibp.headless.columns import matrix_rows, vector_rows
    from tuibp.render.numbers import significant
    from tuibp.render.typeset import typeset

    for frame in found.frames:
        step = explain_step(network, frame.step, frame.layer, example, found)
        number = STEPS.index(frame.step)
        yield ""
        yield typeset(
            _("{number} {title}, layer {layer}    {equation}  {general}").format(
                number=number + 1,
                title=TITLES[number],
                layer=shown(frame.layer),
                equation=step.equation,
                general=step.general,
            )
        )
        yield typeset("  " + step.meaning)
        if frame.grad_w is not None and frame.grad_b is not None:
            yield from matrix_rows(frame.layer, frame.grad_w, frame.grad_b)
        else:
            yield from vector_rows(_columns(frame, found, example))
    yield ""
    yield _("C = {cost}").format(cost=significant(found.cost, 10))


def _columns(frame: Frame, found: Pass, example: Example) -> dict[str, Any]:
    """What stands side by side for each neuron, by its heading."""
    if frame.step == "input":
        return {"a": frame.a}
    if frame.step == "feedforward":
        return {"z": frame.z, "a": frame.a}
    if frame.step == "output_error":
        return {"a": found.output, "y": example.y, "δ": frame.delta}
    return {"z": found.z(frame.layer), "δ": frame.delta}
