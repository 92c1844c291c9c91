"""The cost over a plane as a picture: dark where it is low, light where it is high; the path of descent upon it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from tuibp.core.network import Array
from tuibp.core.surface import Plane, Surface, Window
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.chart import tick
from tuibp.render.image import EMPTY, drawn
from tuibp.render.lines import EMPTY as NOTHING
from tuibp.render.lines import Line, Row, row_of, rows_of, width_of, wrapped
from tuibp.render.numbers import grouped, percent, significant
from tuibp.render.palette import LEVELS
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

BANDS = 14
"""Steps of shade: where one ends, the cost is the same all along, as on a map."""
FAR = 30.0
"""So many times the least cost, and the shades go by its logarithm."""
FAR_OFF = 1e3
"""Widths of a window beyond which it does not matter where a point lies."""
MOST_DIGITS = 12
"""Of the ends of the shades, where fewer do not tell them apart."""
LEFT = 8
"""Columns of the numbers on the left."""


@dataclass(frozen=True, eq=False)
class Looked:
    """A plane as it is looked at."""

    plane: Plane
    window: Window
    names: tuple[str, str]
    """Of its two directions, in markup."""
    path: Array
    """(k, 2): where the moments of the run lie, or what lies nearest to them; the last is where one stands."""
    updates: int
    """How many updates the path has."""
    surface: Surface | None
    """None before the first point is computed."""
    cost: float
    """Where one stands, over the same examples."""


def picture_shape(width: int, height: int) -> tuple[int, int]:
    """Points (rows, columns) of the picture in a panel's inside; two rows of them in a row of cells."""
    return max(2 * (height - 1), 2), max(width - LEFT - 1, 2)


def surface_line(scene: Scene, share: float | None, width: int) -> Row:
    palette, g = scene.palette, scene.glyphs
    badge: Line = ((f" {_('Loss surface')} ", palette.badge), (" ", palette.quiet))
    nudged, computing = scene.state.nudge is not None, share is not None and share < 1.0
    done = percent(share or 0.0, 2)
    whole = (
        _("C along two directions, without the nudge") if nudged else _("C along two directions, with all else held")
    )
    short = _("without the nudge") if nudged else done if computing else _("a slice of the cost")
    if computing:
        whole = _("{share} of the points are computed; esc stops").format(share=done)
    text = whole if cell_len(whole) <= width - width_of(badge) else short
    return row_of((*badge, (sentence(text, g), palette.quiet)), width)


def surface_picture(scene: Scene, looked: Looked, width: int, height: int) -> Panel:
    """The picture with its numbers, as far as it is computed."""
    palette, g = scene.palette, scene.glyphs
    across, up = (typeset(name, g) for name in looked.names)
    canvas = Canvas(width, height)
    rows = height - 1
    if looked.surface is not None and looked.surface.costs.shape == picture_shape(width, height):
        levels = levels_of(looked.surface.costs)
        canvas.blit(LEFT, 0, drawn(levels[::2], levels[1::2], palette, "activation", g))
        _draw_path(canvas, scene, looked, rows)
    low, high = looked.window.t
    for y, value in ((0, high), (rows - 1, low)):
        canvas.right(LEFT - 1, y, tick(value, g), palette.quiet)
    canvas.right(LEFT - 1, rows // 2, up, palette.ink)
    _ends(canvas, across, looked.window.s, scene)
    title = {
        "weights": _("Cost over two weights"),
        "path": _("Cost over the plane of the path"),
        "random": _("Cost over two random directions"),
    }[looked.plane.kind]
    return Panel(title, "", canvas.rows())


def _ends(canvas: Canvas, name: str, span: tuple[float, float], scene: Scene) -> None:
    """Below the picture: its direction's name, and where it begins and ends; the ends are left out where they
    would touch it."""
    low, high = (tick(value, scene.glyphs) for value in span)
    left, right, y = LEFT, canvas.width - 1, canvas.height - 1
    at = left + (right - left - cell_len(name)) // 2
    if left + len(low) + cell_len(name) + len(high) + 2 <= right:
        at = min(max(at, left + len(low) + 1), right - len(high) - 1 - cell_len(name))
        canvas.put(left, y, low, scene.palette.quiet)
        canvas.right(right, y, high, scene.palette.quiet)
    canvas.put(at, y, name, scene.palette.ink)


def levels_of(costs: Array) -> NDArray[np.int64]:
    """Shades by bands; none where the cost is no finite number."""
    costs = costs.copy()  # it fills up meanwhile
    good = np.isfinite(costs)
    if not good.any():
        return np.full(costs.shape, EMPTY)
    low, high = float(costs[good].min()), float(costs[good].max())
    values = np.where(good, costs, low)
    if by_logarithm(low, high):
        values, low, high = np.log(values), float(np.log(low)), float(np.log(high))
        share = (values - low) / (high - low)
    else:  # by the root: near the bottom, where descent spends its time, little is much
        share = np.sqrt((values - low) / (high - low)) if high > low else np.zeros(costs.shape)
    band = np.minimum(np.floor(share * BANDS), BANDS - 1) / (BANDS - 1)
    return np.where(good, np.rint(band * LEVELS["activation"]), EMPTY).astype(np.int64)


def by_logarithm(low: float, high: float) -> bool:
    return low > 0 and high > FAR * low


def _draw_path(canvas: Canvas, scene: Scene, looked: Looked, rows: int) -> None:
    """From its beginning to where one stands, in cells that lie side by side."""
    ascii = scene.glyphs.ascii
    columns = canvas.width - LEFT - 1
    shares = [_shares(point, looked.window) for point in looked.path if np.isfinite(point).all()]
    cells = [(int(s * columns // 1), int(t * rows // 1)) for s, t in shares]
    for before, after in pairwise(cells):
        for x, y in _between(before, after):
            _put(canvas, x, y, "*" if ascii else "•", scene, columns, rows)
    if len(cells) > 1:
        _put(canvas, *cells[0], "o" if ascii else "○", scene, columns, rows)
    if cells:
        _put(canvas, *cells[-1], "@" if ascii else "●", scene, columns, rows)


def _put(canvas: Canvas, x: int, y: int, character: str, scene: Scene, columns: int, rows: int) -> None:
    if 0 <= x < columns and 0 <= y < rows:
        ground = canvas.styles[y][LEFT + x]
        canvas.put(LEFT + x, y, character, scene.palette.coloured_on(ground, "accent"))


def _shares(point: Array, window: Window) -> tuple[float, float]:
    """How far across and how far down a point lies, in widths and heights of the window; what is far off is cut."""
    s, t = (
        min(max((float(v) - low) / (high - low), -FAR_OFF), FAR_OFF)
        for v, (low, high) in zip(point, (window.s, window.t), strict=True)
    )
    return s, 1.0 - t


def _between(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cells of a straight line, both ends among them; of one that is far too long only as many as a screen has."""
    count = min(max(abs(last[0] - first[0]), abs(last[1] - first[1]), 1), 500)
    for n in range(count + 1):
        yield (
            first[0] + round((last[0] - first[0]) * n / count),
            first[1] + round((last[1] - first[1]) * n / count),
        )


def surface_words(scene: Scene, looked: Looked, width: int, height: int) -> Panel:
    """What the shades and marks are, and what of the path the plane shows."""
    palette, g = scene.palette, scene.glyphs
    here, start, way = ("@", "o", "*") if g.ascii else ("●", "○", "•")
    cost = significant(looked.cost, 4, g)
    lines: list[Line] = [
        ((here, palette.accent), (" " + _("you are here: C {cost}").format(cost=cost), palette.ink)),
    ]  # fmt: skip
    if len(looked.path) > 1:
        lines += [
            ((start, palette.accent), (" " + _("where the run began"), palette.ink)),
            ((way, palette.accent), (" " + _("its {n} updates").format(n=grouped(looked.updates)), palette.ink)),
        ]
    said = [*_of_shades(scene, looked), *_of_path(looked, here)]
    for text in said:
        lines += [NOTHING, *wrapped(sentence(typeset(text, g), g), max(width - 3, 8), palette.quiet)]
    return Panel(_("What is seen"), "", rows_of(lines, width, height, 1))


def _of_shades(scene: Scene, looked: Looked) -> Iterator[str]:
    made = looked.surface
    costs = np.zeros(0) if made is None else made.costs[np.isfinite(made.costs)]
    if made is None or not len(costs):
        return
    low, high = float(costs.min()), float(costs.max())
    text = _("Dark is low, {low}; light is high, {high}.")
    if by_logarithm(low, high):
        text = _("Dark is low, {low}; light is high, {high}, by the logarithm.")
    ends = ([significant(end, digits, scene.glyphs) for end in (low, high)] for digits in range(3, MOST_DIGITS))
    told = next((pair for pair in ends if pair[0] != pair[1]), None)
    if told is None:
        text, told = _("The cost is {low} all over here."), [significant(low, MOST_DIGITS, scene.glyphs)] * 2
    yield text.format(low=told[0], high=told[1])
    whole = len(scene.state.preset.data.train)
    if made.examples < whole:
        yield _("Each point is a mean over {n} of the {all} examples trained on.").format(
            n=grouped(made.examples), all=grouped(whole)
        )
    elif whole > 1:
        yield _("Each point is the mean over all {n} examples trained on.").format(n=grouped(whole))
    if len(costs) < made.costs.size:
        yield _("Where nothing is drawn, the cost is no finite number.")


def _of_path(looked: Looked, here: str) -> Iterator[str]:
    if looked.plane.kind == "path" and looked.plane.held is not None:
        yield _("The two directions in which the run moved most: they hold {share} of its way.").format(
            share=percent(looked.plane.held, 2)
        )
        return
    if looked.plane.u.size <= 2:
        if len(looked.path) > 1:
            yield _("There are no other weights and biases: the whole way lies on this surface.")
    elif looked.plane.kind == "random":
        yield _("Two directions that were drawn: along each, all weights change at once.")
        if len(looked.path) > 1:
            yield _("The run went other ways, too: only {here} lies on this surface.").format(here=here)
    elif len(looked.path) > 1:
        yield _(
            "All other weights are held as they are here. On the way they moved too: only {here} lies on this surface."
        ).format(here=here)
