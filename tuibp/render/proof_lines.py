"""A proof's lines: those that have been gone through with what they come to, the one that is lit, and those to come."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.proof import Proof, ProofLine
from tuibp.locale import _, ngettext
from tuibp.render.lines import Line, Row, folded, row_of, rows_of, shortened, spread, width_of, wrapped
from tuibp.render.padding import at_left
from tuibp.render.proof_numbers import NUMBER, body_lines, dropped_lines, mark, value_text
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

LEAST_WHY = 3
"""Lines of the sentence that stay where room is short."""


def proof_title(scene: Scene, proof: Proof, at: int, width: int) -> Row:
    """`Proof of BP2  why δ²₁ is what step 4 says      line 5 of 6`."""
    palette, g = scene.palette, scene.glyphs
    about = typeset(proof.about, g)
    badge: Line = ((" " + _("Proof of {equation}").format(equation=proof.equation) + " ", palette.badge),)
    why = (
        _("why {about} is what step {step} says").format(about=about, step=shown(proof.step)) if width >= 60 else about
    )
    right: Line = ((_("line {n} of {count}").format(n=shown(at), count=len(proof.lines)), palette.quiet),)
    left: Line = (*badge, (" " + sentence(why, g), palette.ink))
    return row_of(spread(left, right, width - 1), width)


def proof_lines(scene: Scene, proof: Proof, at: int, width: int, height: int) -> Panel:
    """`at` is the line that is lit, 0-based."""
    palette = scene.palette
    why = wrapped(_sentence(scene, proof.lines[at]), width - 2, palette.quiet)
    known = [_past(scene, proof, n, width - 2) for n in range(at)]
    to_come = [_future(scene, proof, n, width - 2) for n in range(at + 1, len(proof.lines))]
    room = height - len(why) - 1
    here = _present(scene, proof, at, width - 2, height)
    known, whole, apart = _opened(scene, proof, known, [here, *to_come], width - 2, room)
    least = 4
    before, after = _within(known, to_come, max(room - least, 0))
    if not whole:
        here = _present(scene, proof, at, width - 2, max(room - len(before) - len(after), least))
    lines = [*before, *here, *([()] if apart else []), *after]
    lines += [()] * max(height - len(lines) - len(why), 0)
    shown_why = shortened(
        why, max(height - len(before) - len(here) - len(after), LEAST_WHY), width - 2, scene.glyphs.ellipsis
    )
    lines = [*lines[: height - len(shown_why)], *shown_why]
    first = len(before)
    rows = rows_of(lines, width, height, indent=1)
    for n in range(first, min(first + len(here), height)):
        rows[n] = row_of(_raised(scene, lines[n], width), width)
    return Panel(_("each line, and what it comes to") if width >= 36 else _("line by line"), "", rows)


def _opened(
    scene: Scene, proof: Proof, known: list[list[Line]], others: list[list[Line]], width: int, room: int
) -> tuple[list[list[Line]], bool, bool]:
    """The lines gone through with the numbers of their cases and with empty lines behind them, the newest first, as far
    as there is room beside the present one and those to come; whether all have room; and for an empty line between
    those."""
    known = list(known)
    free = room - sum(map(len, (*known, *others)))
    if free < 0:
        return known, False, False
    for n in reversed(range(len(known))):
        body = list(body_lines(scene, proof, n, width)) if proof.lines[n].cases else []
        if len(body) <= free:
            known[n], free = [*known[n], *body], free - len(body)
    apart = len(others) > 1 and free > 0
    for n in list(reversed(range(len(known))))[: free - apart]:
        known[n] = [*known[n], ()]
    return known, True, apart


def _raised(scene: Scene, line: Line, width: int) -> Line:
    """The line on the ground of what is current, to its end."""
    ground = scene.palette.raised
    padded: Line = ((" ", Style.null()), *line, (" " * max(width - 1 - width_of(line), 0), Style.null()))
    return tuple((text, style + ground) for text, style in padded)


def _within(before: list[list[Line]], after: list[list[Line]], room: int) -> tuple[list[Line], list[Line]]:
    """As many lines around the present one as fit: those to come go first, then the oldest."""
    while after and sum(map(len, before)) + sum(map(len, after)) > room:
        after.pop()
    while before and sum(map(len, before)) > room:
        before.pop(0)
    return [line for part in before for line in part], [line for part in after for line in part]


def _past(scene: Scene, proof: Proof, n: int, width: int) -> list[Line]:
    """The symbols, and what they come to."""
    line, palette = proof.lines[n], scene.palette
    agrees = line.holds
    if len(line.cases) > 1:
        count = ngettext("{n} case", "{n} cases", len(line.cases)).format(n=len(line.cases))
        right: Line = ((count, palette.quiet), mark(scene, agrees))
    else:
        right = ((value_text(scene, float(line.right[0])), palette.ink), mark(scene, agrees))
    return _with_value(scene, proof, n, right, palette.ink, width)


def _future(scene: Scene, proof: Proof, n: int, width: int) -> list[Line]:
    faint = scene.palette.faint
    return _with_value(scene, proof, n, ((scene.glyphs.dot, faint), ("  ", faint)), faint, width)


def _with_value(scene: Scene, proof: Proof, n: int, right: Line, style: Style, width: int) -> list[Line]:
    lines = _symbols(scene, proof, n, style, scene.palette.quiet if style is not scene.palette.faint else style, width)
    last = spread(lines[-1], right, width)
    if last is lines[-1]:
        return [*lines, spread((), right, width)]
    return [*lines[:-1], last]


def _symbols(scene: Scene, proof: Proof, n: int, style: Style, number: Style, width: int) -> list[Line]:
    """The equation; where its left side is that of the line before, blanks stand in its place."""
    text = typeset(proof.lines[n].symbols, scene.glyphs)
    if n and " = " in text:
        left = text.split(" = ")[0]
        if typeset(proof.lines[n - 1].symbols, scene.glyphs).split(" = ")[0] == left:
            text = " " * cell_len(left) + text[len(left) :]
    head = proof.lines[n].number
    return folded(((at_left(head, NUMBER), number), (text, style)), width, NUMBER + 2)


def _present(scene: Scene, proof: Proof, at: int, width: int, room: int) -> list[Line]:
    """The line that is lit: its equation, its numbers, and what it drops."""
    line, palette = proof.lines[at], scene.palette
    lines = _symbols(scene, proof, at, palette.strong, palette.accent, width)
    dropped = dropped_lines(scene, line, width)
    body = list(body_lines(scene, proof, at, width))
    rest = max(room - len(lines) - len(dropped), 1)
    if len(body) > rest:
        left = len(body) - rest + 1
        more = ngettext("and {n} more", "and {n} more", left).format(n=left)
        body = [*body[: rest - 2], ((" " * NUMBER + more, palette.quiet),), body[-1]] if rest > 1 else body[-rest:]
    return [*lines, *body, *dropped]


def _sentence(scene: Scene, line: ProofLine) -> str:
    return sentence(typeset(line.why, scene.glyphs), scene.glyphs)
