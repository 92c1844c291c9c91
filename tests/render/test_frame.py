from __future__ import annotations

import pytest
from rich.segment import Segment

from tests.render.made import drawing, preset, scene, text
from tuibp.render.frame import Side, framed, inside
from tuibp.render.lines import blank, text_of
from tuibp.render.scene import Panel

PANEL = Panel("w³", "weights into layer 3", [blank(5)])


def test_a_box_has_its_title_and_its_note_in_the_top_line() -> None:
    assert text(framed(PANEL, scene(preset("mazur")), 40, 4)) == drawing("""
        ╭─ w³ ────────── weights into layer 3 ─╮
        │                                      │
        │                                      │
        ╰──────────────────────────────────────╯
    """)


def test_rules_have_joints_between_panels() -> None:
    compact = scene(preset("mazur"), compact=True)
    left = text(framed(PANEL, compact, 36, 2)).split("\n")
    right = text(framed(PANEL, compact, 30, 2, "right")).split("\n")
    below = text(framed(PANEL, compact, 30, 2, "right", "cross")).split("\n")
    assert left[0] == "─ w³ ──────── weights into layer 3 ─"
    assert right == ["┬─ w³ ─ weights into layer 3 ─", "│"]
    assert below[0].startswith("┼")


def test_the_note_goes_before_the_title_does() -> None:
    lines = [text_of(framed(PANEL, scene(preset("mazur")), width, 3)[0]) for width in (40, 30, 24, 10)]
    assert [("w³" in line, "weights into layer 3" in line) for line in lines] == [
        (True, True), (True, False), (True, False), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("side", ["left", "right", "whole"])
def test_a_frame_has_exactly_the_size_that_is_asked_for(compact: bool, ascii: bool, side: Side) -> None:
    drawn = scene(preset("mazur"), compact=compact, ascii=ascii)
    for width, height in ((80, 10), (30, 3), (12, 2), (5, 1)):
        panel = Panel("title that is long", "note", [blank(inside(drawn, width, height, side)[0])] * 20)
        lines = framed(panel, drawn, width, height, side)
        assert [Segment.get_line_length(line) for line in lines] == [width] * height
        assert not ascii or all(text_of(line).isascii() for line in lines)
