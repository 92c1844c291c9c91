"""Exercise sheets: the five steps with numbers left out, and the answers apart."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.exercise import Exercise, Item

SUMMARY = _("Exercise sheets: the five steps with numbers left out. The answers come with --answers, apart.")
EXAMPLE = "tuibp exercise --seed 7 --format markdown"
MOST = 50
"""Exercises of a sheet."""
DIGITS = 4
LINE = "_______"
"""Where a number is to be written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", default="mazur", metavar="NAME", help=_("which network (default mazur)"))
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help=_("draw the numbers from this seed; without it, the network’s own"),
    )
    parser.add_argument("--count", type=int, default=3, metavar="N", help=_("how many exercises (default 3)"))
    parser.add_argument("--format", choices=("markdown", "text", "json"), default="text")
    parser.add_argument("--answers", action="store_true", help=_("the answers in place of the exercises"))


def run(args: argparse.Namespace) -> int:
    found = list(_made(args))
    if args.format == "json":
        from tuibp.headless.output import print_json

        print_json(contract(found, args))
        return 0
    from tuibp.headless.output import say

    for line in sheet(found, args.format == "markdown", args.answers, heading(args)):
        say(line)
    return 0


def _made(args: argparse.Namespace) -> Iterator[Exercise]:
    from tuibp.core.exercise import exercises
    from tuibp.core.network import NetworkError
    from tuibp.files import load
    from tuibp.session.commands import opened

    if not 1 <= args.count <= MOST:
        raise BadInput(_("--count: takes a number from 1 to {most}").format(most=MOST))
    if args.seed is not None and not 0 <= args.seed < 2**63:
        raise BadInput(_("--seed: takes a whole number, 0 or more"))
    preset = load(args.preset)
    network = preset.network
    if args.seed is None and preset.opening.updates and network.parameters.size < 100:
        network = opened(preset).network
    try:
        yield from exercises(network, preset.data, preset.opening.example, args.count, args.seed)
    except NetworkError as problem:
        raise BadInput(_("--preset {preset}: {reason}").format(preset=args.preset, reason=problem)) from None


def heading(args: argparse.Namespace) -> str:
    if args.seed is None:
        return _("Backpropagation on {preset}").format(preset=args.preset)
    return _("Backpropagation on numbers like those of {preset}, sheet {seed}").format(
        preset=args.preset, seed=args.seed
    )


def contract(found: list[Exercise], args: argparse.Namespace) -> dict[str, Any]:
    """The JSON object; without --answers a blank has no value."""
    return {"preset": args.preset, "seed": args.seed, "exercises": [_exercise_json(e, args.answers) for e in found]}


def _exercise_json(exercise: Exercise, answers: bool) -> dict[str, Any]:
    network, example = exercise.network, exercise.example
    told: dict[str, Any] = {
        "network": {
            "sizes": network.sizes,
            "activations": network.activations,
            "cost": network.cost,
            "weights": [w.tolist() for w in network.weights],
            "biases": [b.tolist() for b in network.biases],
        },
        "example": {"x": example.x, "y": example.y},
        "numbers": [
            {**_named(item), "value": None if item.blank or item.withheld else item.value, "blank": item.blank}
            for item in exercise.items
        ],
    }
    if answers:
        told["answers"] = [{"blank": item.blank, **_named(item), "value": item.value} for item in exercise.blanks]
    return told


def _named(item: Item) -> dict[str, Any]:
    return {
        "step": item.step,
        "quantity": item.quantity,
        "layer": shown(item.layer),
        "j": shown(item.j),
        "k": None if item.k is None else shown(item.k),
    }


def sheet(found: list[Exercise], markdown: bool, answers: bool, title: str) -> Iterator[str]:
    """The whole sheet, or its answers."""
    name = _("{title}: answers").format(title=title) if answers else title
    yield f"# {name}" if markdown else name
    for number, exercise in enumerate(found, start=1):
        yield ""
        left_out = len(exercise.blanks)
        told = _("Exercise {number}: {n} left out").format(number=number, n=left_out)
        yield f"## {told}" if markdown else told
        yield ""
        if answers:
            yield from _answers(exercise, markdown)
        else:
            yield from _given(exercise, markdown)
            yield from _steps(exercise, markdown)


def _given(exercise: Exercise, markdown: bool) -> Iterator[str]:
    from tuibp.core.notation import of_layer
    from tuibp.render.numbers import significant

    network, example = exercise.network, exercise.example
    functions = ", ".join(network.activations)
    bullet, write = ("- ", _as_latex) if markdown else ("", _as_text)
    yield bullet + _("{sizes} neurons, {functions}, cost: {cost}").format(
        sizes="·".join(map(str, network.sizes)), functions=functions, cost=network.cost.replace("_", "-")
    )
    yield bullet + f"{write('x')} = {_vector(example.x)}, {write('y')} = {_vector(example.y)}"
    for layer in range(1, network.layer_count):
        rows = "; ".join(" ".join(significant(float(v), DIGITS, typed=True) for v in row) for row in network.w(layer))
        w, b = write(of_layer("w", layer)), write(of_layer("b", layer))
        yield bullet + f"{w} = [{rows}], {b} = {_vector(network.b(layer))}"
    for m in network.modified:
        yield bullet + _("neuron {j} of layer {layer}: {activation}").format(
            j=shown(m.neuron), layer=shown(m.layer), activation=m.activation
        )


def _vector(values: Any) -> str:
    from tuibp.render.numbers import significant

    return "(" + ", ".join(significant(float(v), DIGITS, typed=True) for v in values) + ")"


def _steps(exercise: Exercise, markdown: bool) -> Iterator[str]:
    """A line a number, step by step."""
    from tuibp.core.explained_step import explain_step
    from tuibp.core.steps import KINDS, STEPS

    write = _as_latex if markdown else _as_text
    for (step, layer), items in groupby(exercise.items, key=lambda item: (item.step, item.layer)):
        general = explain_step(exercise.network, step, layer, exercise.example, exercise.given).general
        yield ""
        told = _("Step {number}, {title}, layer {layer}").format(
            number=STEPS.index(step) + 1, title=_(KINDS[step].title), layer=shown(layer)
        )
        yield f"**{told}**: {write(general)}" if markdown else f"{told}:  {write(general)}"
        yield ""
        for item in items:
            bullet = "- " if markdown else "  "
            yield f"{bullet}{write(item.name)} = {_value(item, markdown)}"


def _value(item: Item, markdown: bool) -> str:
    from tuibp.render.numbers import significant

    if item.blank:
        line = LINE.replace("_", r"\_") if markdown else LINE
        return f"{line} ({item.blank})"
    return "…" if item.withheld else significant(item.value, DIGITS)


def _answers(exercise: Exercise, markdown: bool) -> Iterator[str]:
    from tuibp.render.numbers import significant

    write = _as_latex if markdown else _as_text
    for item in exercise.blanks:
        bullet = "- " if markdown else "  "
        yield f"{bullet}({item.blank}) {write(item.name)} = {significant(item.value, DIGITS)}"


def _as_text(markup: str) -> str:
    from tuibp.render.typeset import typeset

    return typeset(markup)


def _as_latex(markup: str) -> str:
    from tuibp.render.latex import latex

    return f"${latex(markup)}$"
