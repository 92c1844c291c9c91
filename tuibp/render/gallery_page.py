"""The gallery of mistakes: the list, what the chosen one makes of this network, both curves; a question about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.mistakes.gallery import Exhibit
from tuibp.core.mistakes.table import MISTAKES, Mistake
from tuibp.core.mistakes.titles import TITLES
from tuibp.core.network import Array
from tuibp.locale import _
from tuibp.render.compare_number import of_array
from tuibp.render.cost_curves import cost_curves
from tuibp.render.lines import EMPTY, Line, Row, row_of, rows_of, wrapped
from tuibp.render.numbers import plain, steady
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.window import window

ROOF = 3.0
"""How far above the highest cost of the right copy the plot goes: what grows beyond runs along its edge."""
NUMBERS = 4
"""Of an array that are shown."""


@dataclass(frozen=True)
class Question:
    """Which mistake made the numbers that are shown."""

    choices: tuple[Mistake, ...]
    right: int
    answered: int | None = None


def gallery_line(scene: Scene, asked: int, known: int, width: int) -> Row:
    """The line under the title."""
    palette = scene.palette
    line: Line = ((" " + _("Gallery of mistakes"), palette.accent),)
    says = _("each is made on this network, on copies that are trained")
    if asked:
        says = _("{right} of {asked} right").format(right=known, asked=asked)
    return row_of((*line, ("   " + says, palette.quiet)), width)


def list_panel(scene: Scene, chosen: int, hidden: bool, width: int, height: int) -> Panel:
    """The right form, then the wrong ones by name; while a question is open, no name is lit."""
    palette, g = scene.palette, scene.glyphs
    names = [_("nothing wrong"), *(TITLES[m.name] for m in MISTAKES)]
    lines: list[Line] = []
    for at in window(len(names), height, chosen):
        lit = at == chosen and not hidden
        lines.append(((f"{g.pointer if lit else ' '} {names[at]}", palette.accent if lit else palette.ink),))
    return Panel(_("Mistakes"), f"{chosen}/{len(MISTAKES)}" if not hidden else "", rows_of(lines, width, height))


def exhibit_panel(
    scene: Scene, shown: Exhibit | None, question: Question | None, width: int, height: int
) -> Panel:  # fmt: skip
    """What it is, the right numbers before the wrong ones, where the check fails."""
    if shown is None:
        return Panel(
            _("What it does here"), "", rows_of([((_("It is being made."), scene.palette.quiet),)], width, height, 1)
        )
    lines = [line for part in _parts(scene, shown, question, width - 2) for line in (*part, EMPTY)]
    title = _("Which mistake is it?") if question else _("What it does here")
    return Panel(title, "", rows_of(lines, width, height, 1))


def _parts(scene: Scene, shown: Exhibit, question: Question | None, width: int) -> list[list[Line]]:
    palette, g = scene.palette, scene.glyphs

    def told(text: str, strong: bool = False) -> list[Line]:
        return wrapped(sentence(typeset(text, g), g), width, palette.strong if strong else palette.ink)

    if question is not None:
        numbers = _both(scene, shown, width) + told(_check(shown))
        return [numbers, _choices(scene, question), *_answer(scene, question, width)]
    if shown.mistake is None:
        return [
            told(_("The right form: start here. Its gradient agrees with a complex step everywhere.")),
            *_cost(scene, shown, width),
        ]
    parts = [told(shown.mistake.sentence, strong=True)]
    if shown.first is None:
        return [*parts, told(_("It changes nothing here.") + " " + shown.why_nothing)]
    return [*parts, _both(scene, shown, width) + told(_check(shown)), *_cost(scene, shown, width)]


def _both(scene: Scene, shown: Exhibit, width: int) -> list[Line]:
    """The first array that it changes: the right one, then theirs."""
    assert shown.first is not None
    assert shown.wrong is not None
    palette, g = scene.palette, scene.glyphs
    name = typeset(of_array(*shown.first), g)
    ours, theirs = (_first_row(getattr(run, shown.first[0])[shown.first[1]]) for run in (shown.right, shown.wrong))
    labels = _("correct"), _("wrong")
    room = max((width - len(name) - max(map(len, labels)) - 2) // 8, 1)
    lines: list[Line] = []
    for label, values, style in ((labels[0], ours, palette.accent_line), (labels[1], theirs, palette.wrong)):
        form = plain(ours, 8, most_decimals=4, glyphs=g)
        numbers = "".join(form(float(v)) for v in values[: min(room, NUMBERS)])
        lines.append(((f"{name} {label.ljust(max(map(len, labels)))}", palette.quiet), (numbers, style)))
    return lines


def _first_row(values: Array) -> Array:
    return np.atleast_1d(values[0] if values.ndim == 2 else values)


def _check(shown: Exhibit) -> str:
    if not shown.failed:
        return _("The gradient check passes: what is wrong comes after the gradient.")
    told = ", ".join(f"{of_array(*f.key)} ({f.wrong}/{f.of})" for f in shown.failed[:4])
    if len(shown.failed) > 4:
        return _("The gradient check fails in {arrays} and others.").format(arrays=told)
    return _("The gradient check fails in {arrays}.").format(arrays=told)


def _cost(scene: Scene, shown: Exhibit, width: int) -> list[list[Line]]:
    """Whether the cost falls all the same, once it is known."""
    palette, g = scene.palette, scene.glyphs
    if not shown.over or not shown.costs:
        return []
    before, after, right = shown.costs[0], shown.costs[-1], shown.right_costs[-1]
    numbers = {"before": steady(before, 4, glyphs=g), "after": steady(after, 4, glyphs=g), "n": shown.updates[-1]}
    if shown.mistake is None:
        text = _("In {n} updates the cost goes from {before} to {after}.")
    elif after < before:
        text = _("The cost falls all the same: {before} → {after} in {n} updates; rightly trained → {right}.")
    else:
        text = _("The cost does not fall: {before} → {after} in {n} updates; rightly trained → {right}.")
    said = text.format(**numbers, right=steady(right, 4, glyphs=g))
    return [wrapped(sentence(said, g), width, palette.ink)]


def _choices(scene: Scene, question: Question) -> list[Line]:
    palette, lines = scene.palette, list[Line]()
    for number, mistake in enumerate(question.choices):
        style = palette.ink
        if question.answered is not None:
            chosen = number == question.answered
            style = palette.accent if number == question.right else palette.wrong if chosen else palette.quiet
        lines.append(((f"{number + 1}  {TITLES[mistake.name]}", style),))
    return lines


def _answer(scene: Scene, question: Question, width: int) -> list[list[Line]]:
    if question.answered is None:
        return []
    g, right = scene.glyphs, question.choices[question.right]
    head = _("Right.") if question.answered == question.right else _("It is the one in green.")
    said = head + " " + typeset(right.sentence, g)
    return [wrapped(sentence(said, g), width, scene.palette.ink)]


def curves_panel(scene: Scene, shown: Exhibit | None, width: int, height: int) -> Panel:
    """The cost of both copies over the updates."""
    title = _("Cost of two copies: trained rightly, and with the mistake")
    if shown is None or len(shown.costs) < 2:
        return Panel(title, "", rows_of([], width, height))
    count = min(len(shown.updates), len(shown.costs), len(shown.right_costs))
    across = np.asarray(shown.updates[:count], dtype=np.float64)
    curves = [(across, np.asarray(shown.right_costs[:count]), scene.palette.accent_line)]
    if shown.mistake is not None:
        curves.append((across, np.asarray(shown.costs[:count]), scene.palette.role("wrong")))
    roof = ROOF * max((c for c in shown.right_costs[:count] if np.isfinite(c)), default=1.0)
    return Panel(title, "", cost_curves(scene, width, height, curves, float(across[-1]), roof))
