"""The matrix panel: the weights of the layer under the cursor, with their gradients from step 5 on."""

from __future__ import annotations

from tuibp.render.matrix_images import image_panel, images_fit
from tuibp.render.matrix_numbers import number_at, number_panel
from tuibp.render.matrix_pixels import number_of_pixel, pixel_panel, pixels_fit
from tuibp.render.matrix_rows import neuron_at, rows_fit, rows_panel
from tuibp.render.output_errors import errors_fit, errors_panel, output_at
from tuibp.render.pixels import pixel_at
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


def cursor_at(scene: Scene, width: int, height: int, x: int, y: int) -> Cursor | None:
    """What stands at a cell of the panel's inside: a weight or bias, one neuron's picture, an output's row."""
    seen = weights_of(scene)
    if rows_fit(scene, seen, width, height):
        j = neuron_at(scene, width, height, x, y)
        return None if j is None else Cursor(1, j)
    if errors_fit(scene, seen):
        j = output_at(scene, width, height, y)
        return None if j is None else Cursor(scene.state.network.last, j)
    if pixels_fit(scene, seen):
        k = number_of_pixel(scene, seen, width, height, x, y)
        return None if k is None else Cursor(1, seen.row or 0, k)
    if images_fit(scene, seen, width, height):
        shape = scene.state.preset.data.image
        assert shape is not None
        k = pixel_at(image_panel(scene, seen, width, height).lines, x, y, shape)
        return None if k is None else Cursor(1, seen.row or 0, k)
    return number_at(scene, seen, width, height, x, y)
