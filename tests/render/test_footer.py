from __future__ import annotations

from tuibp.render.footer import footer
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.lines import text_of
from tuibp.render.palette import Palette

ITEMS = [("␣", "step", True), ("⌫", "back", False), ("↑↓←→", "look", True), ("u", "update", True), ("?", "help", True)]


def test_keys_stand_before_their_labels() -> None:
    assert text_of(footer(ITEMS, 60, Palette(), UNICODE)).rstrip() == " ␣ step  ⌫ back  ↑↓←→ look  u update  ? help"


def test_keys_are_dropped_from_the_end_but_help_stays() -> None:
    assert text_of(footer(ITEMS, 34, Palette(), UNICODE)).rstrip() == " ␣ step  ⌫ back  ? help"
    assert text_of(footer(ITEMS, 10, Palette(), UNICODE)).rstrip() == " ? help"


def test_the_way_out_of_a_panel_stays_beside_the_help() -> None:
    items = [*ITEMS[:4], ("esc", "close", True), ITEMS[-1]]
    assert text_of(footer(items, 48, Palette(), UNICODE)).rstrip() == " ␣ step  ⌫ back  ↑↓←→ look  esc close  ? help"
    assert text_of(footer(items, 24, Palette(), UNICODE)).rstrip() == " esc close  ? help"
    assert text_of(footer(items, 10, Palette(), UNICODE)).rstrip() == " ? help"


def test_a_key_that_can_do_nothing_is_dim() -> None:
    palette = Palette()
    styles = {segment.text.strip(): segment.style for segment in footer(ITEMS, 60, palette, UNICODE)}
    assert styles["⌫ back"] == palette.faint
    assert styles["␣"] == palette.accent


def test_in_ascii_keys_have_names() -> None:
    line = text_of(footer(ITEMS, 60, Palette(), ASCII))
    assert line.isascii()
    assert "arrows look" in line


def test_in_ascii_names_are_short_where_they_would_cost_a_key() -> None:
    items = [*ITEMS[:3], ("tab", "weights", True), ("[ ]", "nudge", True), *ITEMS[3:4], ("t", "train", True), ITEMS[-1]]
    line = text_of(footer(items, 80, Palette(), ASCII)).rstrip()
    assert line == " spc step  bs back  ^v<> look  tab weights  [] nudge  u update  t train  ? help"
    assert line.isascii()
    assert text_of(footer(items, 100, Palette(), ASCII)).startswith(" space step  bksp back  arrows look ")
