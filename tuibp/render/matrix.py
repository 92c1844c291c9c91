"""The matrix panel: the weights of the layer under the cursor, with their gradients from step 5 on."""

from __future__ import annotations

from tuibp.render.matrix_images import image_panel, images_fit
from tuibp.render.matrix_numbers import number_at, number_panel
from tuibp.render.matrix_pixels import pixel_panel, pixels_fit
from tuibp.render.matrix_rows import rows_fit, rows_panel
from tuibp.render.output_errors import errors_fit, errors_panel
from tuibp.render.scene import Panel, Scene
from tuibp.render.weights import weights_of
from tuibp.session.cursor import Cursor


def matrix(scene: Scene, width: int, height: int) -> Panel:
    """Numbers in a window around the cursor; one neuron's weights as images where the layer before is one."""
    seen = weights_of(scene)
    if rows_fit(scene, seen, width, height):
        return rows_panel(scene, width, height)
    if errors_fit(scene, seen):
        return errors_panel(scene, width, height)
    if pixels_fit(scene, seen):
        return pixel_panel(scene, seen, width, height)
    if images_fit(scene, seen, width, height):
        return image_panel(scene, seen, width, height)
    return number_panel(scene, seen, width, height)


def weight_at(scene: Scene, width: int, height: int, x: int, y: int) -> Cursor | None:
    """The weight or bias whose number stands at a cell of the panel's inside; None where there are no numbers."""
    seen = weights_of(scene)
    drawn = rows_fit(scene, seen, width, height) or errors_fit(scene, seen) or pixels_fit(scene, seen)
    if drawn or images_fit(scene, seen, width, height):
        return None
    return number_at(scene, seen, width, height, x, y)
