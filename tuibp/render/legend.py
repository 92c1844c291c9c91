"""What the panel says about itself: the lens or what is read in its corner, and a legend where there is room."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from tuibp.core.index import shown as counted
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.layout import Layout
from tuibp.render.lens import SYMBOLS, Shown
from tuibp.render.lines import Line, Piece, width_of
from tuibp.render.scene import Scene
from tuibp.render.typeset import typeset
from tuibp.session.reach import reads
from tuibp.session.view import LENSES

LONGEST_NOTE = 26
QUANTITIES = {"delta": "δ"}


def note_of(scene: Scene, plan: Layout) -> str:
    """`reads δ³, w³, z²` over boxes, which show all; otherwise the lens."""
    if all(b.tile in ("box", "image") for b in plan.blocks):
        return reads_of(scene)
    return _("lens: {symbol}").format(symbol=typeset(SYMBOLS[scene.lens], scene.glyphs))


def reads_of(scene: Scene) -> str:
    """What the step just made read, layer by layer while that is short."""
    found = [(QUANTITIES.get(q, q), layer) for q, layer in reads(scene.state)]
    if not found:
        return ""
    full = ", ".join(typeset(f"{q}^{counted(layer)}", scene.glyphs) for q, layer in found)
    if cell_len(full) > LONGEST_NOTE:
        full = ", ".join(typeset(q, scene.glyphs) for q in dict.fromkeys(q for q, _layer in found))
    return _("reads {quantities}").format(quantities=full)


def draw_legend(canvas: Canvas, scene: Scene, plan: Layout, seen: dict[int, Shown]) -> None:
    """At the bottom left, in the rows that no tile needs."""
    if not plan.blocks:
        return
    boxes = all(b.tile == "box" for b in plan.blocks)
    lines = _of_boxes(scene) if boxes else _of_tiles(scene, seen)
    bottom = canvas.height - 1 if scene.compact or not boxes else canvas.height - 2
    free = _free_rows(canvas, bottom)
    lines = [line for line in lines if width_of(line) <= _free_width(canvas, plan, bottom)]
    for row, line in enumerate(lines[: max(free, 0)]):
        x = 1 if scene.compact else 2
        for text, style in line:
            x = canvas.put(x, bottom - len(lines[:free]) + 1 + row, text, style)


def _free_rows(canvas: Canvas, bottom: int) -> int:
    """Rows at the bottom left in which nothing stands yet."""
    rows = 0
    while rows < bottom - 1 and not "".join(canvas.characters[bottom - rows][:12]).strip():
        rows += 1
    return rows if bottom == canvas.height - 1 else rows


def _free_width(canvas: Canvas, plan: Layout, y: int) -> int:
    text = "".join(c or " " for c in canvas.characters[y])
    return len(text) - len(text.lstrip()) - 3 if text.strip() else canvas.width - 3


def _of_boxes(scene: Scene) -> list[Line]:
    palette, g = scene.palette, scene.glyphs
    line = g.horizontal
    full: Line = (
        (("==" if g.ascii else "━━"), palette.positive), (" " + _("positive") + "  ", palette.quiet),
        ((".." if g.ascii else "╍╍"), palette.negative), (" " + _("negative weight") + "   ", palette.quiet),
        (line, palette.accent_line), (" " + _("computed now") + "   ", palette.quiet),
        (line, palette.quiet), (" " + _("read now"), palette.quiet),
    )  # fmt: skip
    return [full]


def _of_tiles(scene: Scene, seen: dict[int, Shown]) -> list[Line]:
    palette = scene.palette
    lines: list[Line] = []
    if scene.compact:
        return [((reads_of(scene), palette.quiet),)] if reads_of(scene) else []
    if scene.lens in ("delta", "grad_b"):
        shown = next((s for s in seen.values() if s.lens == scene.lens), None)
        if shown is not None and shown.known:
            lines.append(
                (("   ", _swatch(scene, -1.0)), (f" {scene.glyphs.minus}  " + _("more z lowers C"), palette.quiet))
            )
            lines.append((("   ", _swatch(scene, 1.0)), (" +  " + _("less z lowers C"), palette.quiet)))
    lines.append(_lenses(scene))
    return lines


def _swatch(scene: Scene, sign: float) -> Style:
    return scene.palette.diverging(sign, 1.0)


def _lenses(scene: Scene) -> Line:
    """`v lens a z δ σ′ …` with the one in use lit."""
    palette = scene.palette
    pieces: list[Piece] = [("v", palette.accent), (" " + _("lens"), palette.quiet)]
    for lens in LENSES:
        pieces.append(
            (" " + typeset(SYMBOLS[lens], scene.glyphs), palette.accent if lens == scene.lens else palette.quiet)
        )
    return tuple(pieces)
