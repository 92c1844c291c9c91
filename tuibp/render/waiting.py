"""What stands where something is still being made: what it is, and how far it is."""

from __future__ import annotations

from tuibp.core.notation import percent
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, rows_of, wrapped
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence

BAR = 40


def bar(scene: Scene, share: float, width: int) -> Line:
    """`━━━━────  40 %`, at most so wide."""
    palette, ascii_only = scene.palette, scene.glyphs.ascii
    cells = min(BAR, max(width - 12, 4))
    full = round(share * cells)
    done, rest = ("#" if ascii_only else "━") * full, ("-" if ascii_only else "─") * (cells - full)
    return (done, palette.accent_line), (rest, palette.line), (f"  {percent(share)}", palette.quiet)


def waiting_panel(scene: Scene, width: int, height: int, what: str, share: float | None, refused: str) -> Panel:
    """`what` is being made, so much of it is done; or why there is none, where it was refused."""
    palette, g = scene.palette, scene.glyphs
    if refused or share is None:
        lines: list[Line] = wrapped(sentence(refused, g), max(width - 4, 8), palette.ink)
    else:
        parameters = scene.state.network.parameters.size
        says = _("It is being computed, on {n:,} parameters. esc does not wait for it.").format(n=parameters)
        lines = [*wrapped(sentence(says, g), max(width - 4, 8), palette.ink), EMPTY, bar(scene, share, width)]
    return Panel(what, "", rows_of([EMPTY, *lines], width, height, 2))
