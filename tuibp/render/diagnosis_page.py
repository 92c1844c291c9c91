"""Why it does not learn, on a screen: findings to choose from, and the costs with and without the chosen cure."""

from __future__ import annotations

import numpy as np
from rich.style import Style

from tuibp.core.diagnosis.examination import Diagnosis, Finding, Headway
from tuibp.locale import _
from tuibp.render.cost_curves import cost_curves
from tuibp.render.findings import Role, Told, told
from tuibp.render.lines import EMPTY, Line, Row, row_of, rows_of, wrapped
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.waiting import bar


def diagnosis_title(scene: Scene, found: Diagnosis | None, width: int) -> Row:
    """The line under the title."""
    palette = scene.palette
    line: Line = ((" " + _("Why does it not learn?"), palette.accent),)
    if found is not None and found.findings:
        says = _("each cause below was tried: a copy with its cure learns better")
        if len(line[0][0]) + len(says) + 4 <= width:
            line = (*line, ("   " + says, palette.quiet))
    return row_of(line, width)


def lines_of(scene: Scene, width: int, found: Diagnosis) -> list[Told]:
    """The lines that the panel scrolls through."""
    return list(told(scene.state.preset.name, found, max(width - 1, 40)))


def first_line(lines: list[Told], chosen: int, height: int) -> int:
    """The first line to show, so that the chosen finding is seen from its head on."""
    head = next((at for at, line in enumerate(lines) if line.of == chosen), 0)
    return max(min(head if chosen else 0, len(lines) - height), 0)


def findings_panel(scene: Scene, width: int, height: int, lines: list[Told], chosen: int, top: int) -> Panel:
    """What was found; the chosen finding is lit."""
    palette, g = scene.palette, scene.glyphs
    styles: dict[Role, Style] = {
        "title": palette.quiet, "head": palette.strong, "text": palette.ink, "own": palette.positive,
        "cured": palette.accent_line, "cure": palette.strong, "well": palette.quiet,
    }  # fmt: skip
    shown: list[Line] = []
    for line in lines[top : top + height]:
        lit = line.role == "head" and line.of == chosen
        text = f"{g.pointer}{line.text[1:]}" if lit else line.text
        shown.append(((sentence(text, g), palette.accent if lit else styles[line.role]),))
    below = len(lines) - top - height
    note = _("{n} more lines").format(n=below) if below > 0 else ""
    return Panel(_("Diagnosis"), note, rows_of(shown, width, height))


def progress_panel(scene: Scene, width: int, height: int, now: Headway | None) -> Panel:
    """What is being done, and how far it is."""
    palette, g = scene.palette, scene.glyphs
    share = now.done / max(now.total, 1) if now is not None else 0.0
    says = _("Copies are trained: as it is, with other seeds, and with each cure that may help.")
    lines: list[Line] = [EMPTY, *wrapped(says, max(width - 4, 8), palette.ink), EMPTY]
    lines.append(bar(scene, share, width))
    if now is not None:
        lines += [EMPTY, ((sentence(now.doing, g), palette.quiet),)]
    return Panel(_("Diagnosis"), "", rows_of(lines, width, height, 2))


def cure_plot(scene: Scene, width: int, height: int, finding: Finding | None) -> Panel:
    """Costs over the updates: as it is, and with the cure."""
    palette, g = scene.palette, scene.glyphs
    title = _("Cost of a copy: as it is, and changed")
    if finding is None:
        return Panel(title, "", rows_of([], width, height))
    curves = [
        (np.asarray(outcome.updates, dtype=np.float64), np.asarray(outcome.costs, dtype=np.float64), style)
        for outcome, style in ((finding.before, palette.positive), (finding.after, palette.accent_line))
    ]
    return Panel(title, sentence(finding.cure.says, g), cost_curves(scene, width, height, curves))
