from __future__ import annotations

from tuibp.render.footer import footer
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.palette import Palette

ITEMS = [("␣", "step", True), ("⌫", "back", False), ("↑↓←→", "look", True), ("u", "update", True), ("?", "help", True)]


def test_keys_stand_before_their_labels() -> None:
    assert footer(ITEMS, 60, Palette(), UNICODE).text.rstrip() == " ␣ step  ⌫ back  ↑↓←→ look  u update  ? help"


def test_keys_are_dropped_from_the_end_but_help_stays() -> None:
    assert footer(ITEMS, 34, Palette(), UNICODE).text.rstrip() == " ␣ step  ⌫ back  ? help"
    assert footer(ITEMS, 10, Palette(), UNICODE).text.rstrip() == " ? help"


def test_a_key_that_can_do_nothing_is_dim() -> None:
    palette = Palette()
    styles = {segment.text.strip(): segment.style for segment in footer(ITEMS, 60, palette, UNICODE)}
    assert styles["⌫ back"] == palette.faint
    assert styles["␣"] == palette.accent


def test_in_ascii_keys_have_names() -> None:
    line = footer(ITEMS, 60, Palette(), ASCII).text
    assert line.isascii()
    assert "arrows look" in line
