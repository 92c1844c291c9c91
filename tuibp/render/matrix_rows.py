"""At step 1 the weights of many neurons as images, side by side: what each neuron looks for in the picture."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, rows_of
from tuibp.render.pictures import beside, picture, scale_for, size_of
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import typeset
from tuibp.render.weights import Weights
from tuibp.render.window import page

GAP = 1
"""Cells between two images."""
ENOUGH = 5
"""Rather so many small images than fewer large ones."""


@dataclass(frozen=True)
class Gallery:
    """How images are arranged: at which scale, and how many in a row and below each other."""

    scale: int
    wide: int
    high: int
    across: int
    down: int

    @property
    def count(self) -> int:
        return self.across * self.down


def rows_fit(scene: Scene, seen: Weights, width: int, height: int) -> bool:
    """Whether the images stand here: at step 1, while no hidden neuron and no weight is asked about."""
    at_start = scene.state.stop.step == "input" and not seen.exact
    elsewhere = scene.cursor.layer != 1 and scene.view.panel != "matrix"
    return at_start and elsewhere and gallery(scene, width, height) is not None


def gallery(scene: Scene, width: int, height: int) -> Gallery | None:
    """The largest images of which there are enough; None where not one fits, or the input is no image."""
    shape = scene.state.preset.data.image
    if shape is None:
        return None
    largest, neurons = scale_for(shape, width - 2, height - 1), scene.state.network.sizes[1]
    found = None
    for scale in [s for s in range(largest, -9, -1) if s not in (0, -1)] if largest else []:
        wide, high = size_of(shape, scale)
        found = Gallery(scale, wide, high, (width - 2 + GAP) // (wide + GAP), max(height // (high + 1), 1))
        if found.count >= min(ENOUGH, neurons):
            return found
    return found


def rows_panel(scene: Scene, width: int, height: int) -> Panel:
    shape, arranged, palette = scene.state.preset.data.image, gallery(scene, width, height), scene.palette
    assert shape is not None
    assert arranged is not None
    network = scene.state.network
    neurons, limit, listed = network.sizes[1], network.largest_weight(1), _listed(scene, arranged)
    lines: list[Line] = []
    for start in range(listed.start, listed.stop, arranged.across):
        row = range(start, min(start + arranged.across, listed.stop))
        images = [(picture(scene, network.w(1)[j], shape, arranged.scale, limit=limit), arranged.wide) for j in row]
        names: list[tuple[list[Line], int]] = [([((str(shown(j)), palette.quiet),)], arranged.wide) for j in row]
        lines += [*beside(images, GAP, arranged.high), *beside(names, GAP, 1)]
    if len(lines) < height:
        lines.insert(0, EMPTY)
    title = typeset("w^2", scene.glyphs) + ": " + _("what each neuron looks for")
    note = "" if len(listed) == neurons else _("{count} of {n}").format(count=len(listed), n=neurons)
    return Panel(title, note, rows_of(lines, width, height, 1))


def _listed(scene: Scene, arranged: Gallery) -> range:
    """The neurons whose images are seen."""
    return page(scene.state.network.sizes[1], arranged.count, scene.cursor.j if scene.cursor.layer == 1 else 0)


def neuron_at(scene: Scene, width: int, height: int, x: int, y: int) -> int | None:
    """The neuron whose image or number stands at a cell of the panel; None between them."""
    arranged = gallery(scene, width, height)
    assert arranged is not None
    listed = _listed(scene, arranged)
    down = -(-len(listed) // arranged.across)
    column, dx = divmod(x - 1, arranged.wide + GAP)
    row = (y - int(down * (arranged.high + 1) < height)) // (arranged.high + 1)
    at = row * arranged.across + column
    if not (0 <= column < arranged.across and dx < arranged.wide and 0 <= row < down and at < len(listed)):
        return None
    return listed[at]
