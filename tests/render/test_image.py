"""Pictures out of numbers: whole scales, square pixels, shades where there are no colours."""

from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.image import image
from tuibp.render.palette import LEVELS, Palette

EIGHT = np.arange(64.0).reshape(8, 8) / 63


@pytest.mark.parametrize(("scale", "size"), [(1, (8, 4)), (2, (16, 8)), (3, (24, 12)), (-2, (4, 2))])
def test_a_pixel_is_as_many_cells_wide_as_half_rows_high(scale: int, size: tuple[int, int]) -> None:
    canvas = image(EIGHT, Palette(), scale=scale)
    assert (canvas.width, canvas.height) == size


def test_the_upper_pixel_is_the_ink_and_the_lower_one_the_ground() -> None:
    palette = Palette()
    style = image(np.array([[0.0], [1.0]]), palette).styles[0][0]
    assert style == palette.pixels(
        palette.level_rgb(0, "activation"), palette.level_rgb(LEVELS["activation"], "activation")
    )


def test_weights_are_blue_below_zero_and_orange_above() -> None:
    palette = Palette()
    canvas = image(np.array([[-2.0, 2.0]]), palette, kind="diverging")
    assert [canvas.styles[0][x].color for x in (0, 1)] == [palette.negative.color, palette.positive.color]


def test_an_image_made_smaller_shows_means() -> None:
    checks = np.indices((8, 8)).sum(axis=0) % 2
    canvas = image(checks.astype(float), Palette(), scale=-2)
    assert {canvas.styles[y][x] for y in range(2) for x in range(4)} == {
        image(np.full((2, 1), 0.5), Palette()).styles[0][0]
    }


def test_without_colour_shades_tell_the_value() -> None:
    canvas = image(np.repeat([[0.0, 0.25, 0.5, 0.75, 1.0]], 2, axis=0), Palette("none"))
    assert "".join(canvas.characters[0]) == UNICODE.shades


def test_without_colour_the_sign_is_a_character() -> None:
    canvas = image(np.repeat([[-1.0, 0.0, 1.0]], 2, axis=0), Palette("none"), kind="diverging", glyphs=ASCII)
    assert "".join(canvas.characters[0]) == "- +"


@pytest.mark.parametrize("values", [np.full((2, 2), np.nan), np.full((2, 2), np.inf), np.zeros((2, 2))])
@pytest.mark.parametrize("kind", ["activation", "diverging"])
def test_numbers_that_are_none_are_no_error(
    values: NDArray[np.float64], kind: Literal["activation", "diverging"]
) -> None:
    image(values, Palette(), kind=kind)
