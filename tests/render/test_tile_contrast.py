"""Text on a tile can be read whatever the tile's value: 4.5 to 1 at least (WCAG 2, AA)."""

import numpy as np
import pytest
from rich.style import Style

from tuibp.render.colour import contrast
from tuibp.render.palette import DARK, LEGIBLE, LEVELS, LIGHT, Depth, Palette, seen_as

VALUES = np.linspace(-1, 1, 4 * max(LEVELS.values()) * 2 + 1)


def ratio(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(seen_as(style.color), seen_as(style.bgcolor))


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("lesser", [False, True], ids=["number", "label"])
def test_text_on_every_tile_can_be_read(colours: dict[str, str], depth: Depth, lesser: bool) -> None:
    palette = Palette(depth, colours)
    for value in VALUES:
        for style in (palette.activation(value), palette.diverging(value, 1.0)):
            assert ratio(palette.label(style) if lesser else style) >= LEGIBLE


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("sign", [1, -1])
def test_in_256_colours_a_sign_keeps_its_hue_and_larger_is_farther_from_the_ground(
    colours: dict[str, str], sign: int
) -> None:
    palette = Palette("256", colours)
    levels = [palette.level_rgb(sign * level, "diverging") for level in range(LEVELS["diverging"] + 1)]
    for red, green, blue in levels[2:]:
        assert (red > green > blue) if sign > 0 else (red < green < blue or red == green < blue)
    from_ground = [contrast(level, palette.ground) for level in levels]
    assert from_ground == sorted(from_ground)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_the_scales_reach_their_ends(colours: dict[str, str]) -> None:
    palette = Palette(colours=colours)
    most = LEVELS["diverging"]
    assert palette.level_rgb(most, "diverging") == seen_as(palette.positive.color)  # type: ignore[arg-type]  # coloured
    assert palette.level_rgb(-most, "diverging") == seen_as(palette.negative.color)  # type: ignore[arg-type]  # coloured
