"""The panel of a lesson: its text, its question with the answers, and what is right about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.style import Style

from tuibp.core.questions import Question
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, rows_of, spread, wrap, wrapped
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session.asking import Answer
from tuibp.session.told import Told

MARGIN = 1
LETTERS = "abc"
"""Keys of the choices."""
Block = list[Line]


def lesson_panel(scene: Scene, told: Told, width: int, height: int) -> Panel:
    """Text, question or its answer, and a foot; where there is no room for all, what was read already goes first."""
    room = max(width - 2 * MARGIN, 8)
    text = marked(scene, told.text, room, scene.palette.ink)
    blocks = [text, *_about_question(scene, told, room)]
    if told.after:
        blocks.append(marked(scene, told.after, room, scene.palette.ink))
    lines = _fitted([block for block in blocks if block], max(height - 1, 1))
    body = rows_of(lines, width, height - 1, MARGIN)
    title = sentence(told.title, scene.glyphs)
    return Panel(title, told.note, [*body, *rows_of([_foot(scene, told, room)], width, 1, MARGIN)], title_accent=True)


def _fitted(blocks: Sequence[Block], height: int) -> Block:
    """The blocks with empty lines between them; without, where that is needed; then without the first ones."""
    kept = list(blocks)
    while len(kept) > 1 and sum(map(len, kept)) > height:
        kept.pop(0)
    spare = height - sum(map(len, kept))
    lines: Block = []
    for i, block in enumerate(kept):
        if i and spare >= len(kept) - i:  # later blocks keep theirs first: the answer stands apart
            lines.append(EMPTY)
            spare -= 1
        lines += block
    return lines[:height]


def _about_question(scene: Scene, told: Told, room: int) -> Iterator[Block]:
    asking = told.asking
    if asking is None:
        return
    asked = asking.open
    if asking.last is not None and (asked is None or len(asking.answers) > 0):
        yield from _judged(scene, *asking.last, room, brief=asked is not None)
    if asked is not None:
        yield _question(scene, asked, room)


def _question(scene: Scene, asked: Question, room: int) -> Block:
    palette = scene.palette
    lines = _sentence(scene, asked.text, room, palette.strong)
    if asked.kind == "choice":
        for letter, choice in zip(LETTERS, asked.choices, strict=False):
            first, *others = _sentence(scene, choice, room - 4, palette.ink)
            lines.append(((f" {letter}  ", palette.accent), *first))
            lines += [(("    ", Style.null()), *line) for line in others]
    elif asked.kind == "neuron":
        lines += marked(scene, _("Arrows choose a neuron, `enter` answers."), room, palette.quiet)
    else:
        lines += marked(scene, _("`enter` takes your number."), room, palette.quiet)
    return lines


def _judged(scene: Scene, asked: Question, answer: Answer, room: int, brief: bool) -> Iterator[Block]:
    """Right or not, what is right, and why."""
    palette = scene.palette
    if answer.given is None:
        verdict, style = _("So it is: {answer}."), palette.ink
    elif answer.right:
        verdict, style = _("Right: {answer}."), palette.accent
    else:
        verdict, style = _("No: {answer}."), palette.wrong
    said = asked.said if asked.kind != "choice" else f"{asked.choices[int(asked.answer)]} ({asked.said})"
    if asked.kind == "choice" and asked.said == asked.choices[int(asked.answer)]:
        said = asked.said
    lines = _sentence(scene, verdict.format(answer=said), room, style)
    yield lines if brief else [*lines, *_sentence(scene, asked.reason, room, palette.quiet)]


def _sentence(scene: Scene, markup: str, room: int, style: Style) -> Block:
    return wrapped(typeset(markup, scene.glyphs), room, style)


def _foot(scene: Scene, told: Told, room: int) -> Line:
    palette = scene.palette
    score = _("{right} of {asked} right").format(right=told.right, asked=told.asked) if told.asked else ""
    leave = _styled(scene, told.leave, palette.quiet)
    if told.is_done:
        return spread(_styled(scene, _("`enter` go on"), palette.ink), leave, room)
    return spread(((sentence(score, scene.glyphs), palette.quiet),), leave, room)


def marked(scene: Scene, text: str, room: int, style: Style) -> Block:
    """A text in lines; what stands in `backquotes` is lit."""
    plain = sentence(text.replace("`", ""), scene.glyphs)
    lit = _lit(sentence(text, scene.glyphs))
    lines: Block = []
    at = 0
    for line in wrap(plain, room) if plain else []:
        while at < len(plain) and not line.startswith(plain[at]):
            at += 1  # blanks between lines
        flags = []
        for letter in line:
            while at < len(plain) and plain[at] != letter:
                at += 1
            flags.append((letter, at < len(lit) and lit[at]))
            at += 1
        lines.append(tuple(
            ("".join(letter for letter, _on in run), scene.palette.accent if on else style)
            for on, run in groupby(flags, key=lambda flag: flag[1])
        ))  # fmt: skip
    return lines


def _styled(scene: Scene, text: str, style: Style) -> Line:
    """One line."""
    parts = sentence(text, scene.glyphs).split("`")
    return tuple((part, scene.palette.accent if i % 2 else style) for i, part in enumerate(parts) if part)


def _lit(text: str) -> list[bool]:
    """Of each character but the backquotes: whether it stands between two."""
    found, inside = [], False
    for letter in text:
        if letter == "`":
            inside = not inside
        else:
            found.append(inside)
    return found
