"""How a layer's numbers are spread over neurons and examples, as columns; all layers where there is room."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.layers_read import LayersRead
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.chart import Array, tick
from tuibp.render.lines import EMPTY, fitted, rows_of
from tuibp.render.numbers import percent
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

LEVELS = " ▁▂▃▄▅▆▇█"
LEAST = 4
"""Rows that a layer's histogram takes: what stands above it, one of columns and the axis at the least, and a gap."""

Columns = tuple[Array, float, float]
"""(share of the fullest column, least value, largest)"""
_counted: WeakKeyDictionary[LayersRead, dict[tuple[str, int, int], Columns | None]] = WeakKeyDictionary()


def quantity(scene: Scene) -> str:
    """`w` where the cursor is among the weights, otherwise what the lens shows or is made of."""
    if scene.view.panel == "matrix":
        return "w"
    return {"delta": "delta", "grad_b": "delta", "z": "z", "slope": "z"}.get(scene.lens, "a")


def histogram(scene: Scene, width: int, height: int) -> Panel:
    """Of the cursor's layer, or of all after the input."""
    read, g = None if scene.shares is None else scene.shares.layers, scene.glyphs
    of = quantity(scene)
    name = typeset({"delta": "δ"}.get(of, of), g)
    title = _("How {name} is spread").format(name=name)
    if read is None or read.network.sizes != scene.state.network.sizes:
        words = ((sentence(_("Counting …"), g), scene.palette.quiet),)
        return Panel(title, "", rows_of([EMPTY, words], width, height, 2))
    layers = range(1, scene.state.network.layer_count)
    if height < LEAST * len(layers):
        layers = range(max(scene.cursor.layer, 1), max(scene.cursor.layer, 1) + 1)
    canvas, each = Canvas(width - 1, height), height // len(layers)
    for n, layer in enumerate(layers):
        _draw(canvas, scene, read, of, layer, n * each, each - (len(layers) > 1))
    note = _("v: another") if of != "w" else ""
    return Panel(title, note, [fitted(row, width) for row in canvas.rows()], title_accent=scene.view.panel == "cost")


def _draw(canvas: Canvas, scene: Scene, read: LayersRead, of: str, layer: int, y: int, height: int) -> None:
    palette, g = scene.palette, scene.glyphs
    facts = _facts(scene, read, of, layer)
    canvas.put(1, y, _("layer {layer}").format(layer=shown(layer)), palette.ink)
    canvas.right(canvas.width - 1, y, sentence(facts, g), palette.quiet)
    room, tall = canvas.width - 2, height - 2
    found = _columns(read, of, layer, room)
    if found is None or tall < 1:
        canvas.put(1, y + 1, _("Some are no finite numbers."), palette.wrong)
        return
    shares, low, high = found
    for x, share in enumerate(shares.tolist()):
        middle = low + (x + 0.5) / room * (high - low)
        style = palette.ink if of == "a" else palette.positive if middle > 0 else palette.negative
        _column(canvas, 1 + x, y + 1, tall, share, style, g.ascii)
    bottom = y + 1 + tall
    end = canvas.put(1, bottom, tick(low, g), palette.quiet)
    right = tick(high, g)
    canvas.right(canvas.width - 1, bottom, right, palette.quiet)
    zero = 1 + int(room * -low / (high - low)) if low < 0 < high else 0
    if end < zero < canvas.width - 2 - len(right):
        canvas.put(zero, bottom, "0", palette.quiet)


def _column(canvas: Canvas, x: int, y: int, tall: int, share: float, style: Style, ascii: bool) -> None:
    """From below; what there is at all is seen, if only as the lowest eighth."""
    eighths = max(round(share * tall * 8), 1) if share > 0 else 0
    for row in range(tall):
        level = min(max(eighths - 8 * row, 0), 8)
        if level:
            canvas.put(x, y + tall - 1 - row, ("#" if level > 3 or not row else " ") if ascii else LEVELS[level], style)


def _columns(read: LayersRead, of: str, layer: int, room: int) -> Columns | None:
    """None where a number is not finite. What was counted is kept as long as it is looked at."""
    kept = _counted.setdefault(read, {})
    if (of, layer, room) not in kept:
        kept[of, layer, room] = _count(read.values(of, layer), of, room)
    return kept[of, layer, room]


def _count(values: Array, of: str, room: int) -> Columns | None:
    if not len(values) or not np.isfinite(values).all():
        return None
    low, high = float(values.min()), float(values.max())
    if of == "a" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low < 0 < high:  # 0 lies where two columns meet
        step = max((high - low) / max(room - 1, 1), 1e-300)
        below = min(max(int(np.ceil(-low / step)), 1), room - 1)
        step = max(-low / below, high / (room - below))
        low, high = min(-below * step, low), max((room - below) * step, high)  # rounding leaves none outside
    if not high > low:
        half = max(abs(low), 1.0) / 2
        low, high = low - half, high + half
    if not np.isfinite(high - low):
        return None
    counts = np.histogram(values, room, (low, high))[0]
    return counts / counts.max(), low, high


def _facts(scene: Scene, read: LayersRead, of: str, layer: int) -> str:
    """What is conspicuous: neurons that are saturated or silent, errors that are 0."""
    values = read.values(of, layer)
    if of in ("a", "z"):
        silent, saturated = read.silent(layer), read.saturated(layer)
        if silent is not None:
            return _("{n} of {all} silent").format(n=silent, all=scene.state.network.sizes[layer])
        return "" if saturated is None else _("{share} saturated").format(share=percent(saturated))
    if of == "delta" and (values == 0).any():
        return _("{share} are 0").format(share=percent(float((values == 0).mean())))
    size = float(np.sqrt(np.mean(np.square(values)))) if np.isfinite(values).all() else float("inf")
    return _("root mean square {size}").format(size=tick(size, scene.glyphs))
