"""What the panel says about itself: the lens or what is read in its corner, and a legend where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style

from tuibp.core.index import shown as counted
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.layout import Layout
from tuibp.render.lens import SYMBOLS, LensValues, has_one_scale
from tuibp.render.lines import Line, Piece, width_of
from tuibp.render.marks import target_of
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session.reach import reads
from tuibp.session.view import LENSES, lenses

LONGEST_NOTE, SHORT_NOTE = 26, 15
BESIDE = 14
"""Cells of the panel's line that its title takes."""
QUANTITIES = {"delta": "δ"}


def note_of(scene: Scene, plan: Layout, width: int, power: str = "") -> str:
    """The lens, by its name and whether it follows the step; over boxes, which show all, `reads δ³, w³, z²` as well.

    What fits beside the title in `width` cells; of the lens a short form before what is read goes. `power` is what all
    numbers are to be read with.
    """
    symbol = typeset(SYMBOLS[scene.lens], scene.glyphs)
    follows = scene.view.lens != scene.lens
    lens = (_("lens: {symbol} follows the step") if follows else _("lens: {symbol}")).format(symbol=symbol)
    boxes = all(b.tile in ("box", "image") for b in plan.blocks)
    read = reads_of(scene, SHORT_NOTE if scene.compact else LONGEST_NOTE) if boxes else ""
    if not read:
        return next((note for note in _with_scale(scene, lens, power) if cell_len(note) <= width - BESIDE), lens)
    forms = [lens, _("{symbol} follows the step").format(symbol=symbol), short_lens(scene)] if follows else [lens]
    notes = [f"{form}{'  ' if scene.compact else '   '}{read}" for form in forms]
    return next((note for note in notes if cell_len(note) <= width - BESIDE), lens)


def _with_scale(scene: Scene, lens: str, power: str) -> list[str]:
    """The lens with the scale that all layers share, where they do, the longest form first."""
    if not has_one_scale(scene):
        return [lens]
    one, short = _("one scale for all layers"), _("one scale")
    if power:
        one = _("one scale for all layers, {power}").format(power=power)
        short = _("one scale {power}").format(power=power)
    return [f"{lens}   {one}", f"{short_lens(scene)}  {one}", f"{short_lens(scene)}  {short}"]


def short_lens(scene: Scene) -> str:
    """`δ follows` where the lens follows the step, otherwise `lens: δ`."""
    symbol = typeset(SYMBOLS[scene.lens], scene.glyphs)
    return (_("{symbol} follows") if scene.view.lens != scene.lens else _("lens: {symbol}")).format(symbol=symbol)


def reads_of(scene: Scene, longest: int = LONGEST_NOTE) -> str:
    """What the step just made read, layer by layer while that is short."""
    found = [(QUANTITIES.get(q, q), layer) for q, layer in reads(scene.state)]
    if not found:
        return ""
    full = ", ".join(typeset(q if q in "xy" else f"{q}^{counted(layer)}", scene.glyphs) for q, layer in found)
    if cell_len(full) > longest:
        full = ", ".join(typeset(q, scene.glyphs) for q in dict.fromkeys(q for q, _layer in found))
    return _("reads {quantities}").format(quantities=full)


def draw_legend(canvas: Canvas, scene: Scene, plan: Layout, seen: dict[int, LensValues]) -> None:
    """At the bottom left, in the rows that no tile needs."""
    if not plan.blocks:
        return
    boxes = all(b.tile == "box" for b in plan.blocks)
    x = 1 if scene.compact else 2
    bottom = canvas.height - 1 - (boxes and not scene.compact)
    if scene.compact:
        _point_out_target(canvas, scene, bottom)
    room = _free_width(canvas, bottom) - x
    forms = _of_boxes(scene) if boxes else _of_tiles(scene, seen)
    lines = [line for line in (_longest(form, room) for form in forms) if line]
    lines = lines[max(len(lines) - _free_rows(canvas, bottom, room), 0) :]
    for row, line in enumerate(lines, start=bottom - len(lines) + 1):
        at = x
        for text, style in line:
            at = canvas.put(at, row, text, style)


def _longest(forms: Sequence[Line], room: int) -> Line:
    return next((line for line in forms if width_of(line) <= room), ())


def _free_rows(canvas: Canvas, bottom: int, room: int) -> int:
    """Rows above the bottom in which nothing stands yet, one of them kept as a distance to what is above."""
    rows = 0
    while rows <= bottom and not "".join(canvas.characters[bottom - rows][:room]).strip():
        rows += 1
    return rows - (rows <= bottom and not canvas.height < 16)


def _free_width(canvas: Canvas, y: int) -> int:
    """Cells from the left in which nothing stands, with a distance to what does."""
    text = "".join(c or " " for c in canvas.characters[y])
    return len(text) - len(text.lstrip()) - 2 if text.strip() else canvas.width - 1


def _point_out_target(canvas: Canvas, scene: Scene, y: int) -> None:
    """What the pointer beside the outputs means, under it."""
    if target_of(scene.state.shown.y) is None:
        return
    text = f"{scene.glyphs.target} " + _("target")
    x = canvas.width - cell_len(text)
    if x > 0 and not "".join(canvas.characters[y][x - 2 :]).strip():
        canvas.put(x, y, scene.glyphs.target, scene.palette.accent)
        canvas.put(x + 2, y, _("target"), scene.palette.quiet)


def _of_boxes(scene: Scene) -> list[list[Line]]:
    palette, g = scene.palette, scene.glyphs
    line = g.horizontal
    plain = palette.depth == "none"
    computed: Line = ((" 1 ", Style(bold=True, reverse=True)),) if plain else ((line, palette.accent_line),)
    full: Line = (
        (sentence("━━", g), palette.positive), (" " + _("positive") + "  ", palette.quiet),
        (sentence("╍╍", g), palette.negative), (" " + _("negative weight") + "   ", palette.quiet),
        *computed, (" " + _("computed now") + "   ", palette.quiet),
        (line, palette.quiet), (" " + _("read now"), palette.quiet),
    )  # fmt: skip
    return [[full, full[:4], ()]]


def _of_tiles(scene: Scene, seen: dict[int, LensValues]) -> list[list[Line]]:
    """Each line with shorter forms of it."""
    palette = scene.palette
    if scene.compact:
        read = reads_of(scene)
        return [[((read, palette.quiet),)]] if read else []
    lines: list[list[Line]] = []
    if any(s.lens in ("delta", "grad_b") and s.known for s in seen.values()):
        told = ((-1.0, _("more z lowers C"), _("raise z")), (1.0, _("less z lowers C"), _("lower z")))
        for sign, *texts in told:
            mark, ground = scene.glyphs.minus if sign < 0 else "+", palette.diverging(sign, 1.0)
            forms: list[Line] = [(("   ", ground), (f" {mark}  {text}", palette.quiet)) for text in texts]
            lines.append([*forms, (("  ", ground), (f" {mark} {texts[-1]}", palette.quiet))])
    lines.append([_lenses(scene, lenses(scene.state)), _lenses(scene, LENSES[:5]), _lenses(scene, (scene.lens,))])
    return lines


def _lenses(scene: Scene, listed: Sequence[str]) -> Line:
    """`v lens a z δ σ′ …` with the one in use lit."""
    palette = scene.palette
    pieces: list[Piece] = [("v", palette.accent), (" " + _("lens"), palette.quiet)]
    for lens in listed:
        style = palette.accent if lens == scene.lens else palette.quiet
        pieces.append((" " + typeset(SYMBOLS[lens], scene.glyphs), style))
    return tuple(pieces)
