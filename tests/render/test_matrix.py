from __future__ import annotations

import re
from itertools import product

import pytest
from rich.segment import Segment

from tests.render.made import SIZES, drawing, drawn_for, many, preset, scene, small, text
from tuibp.files.preset import Preset
from tuibp.render.lines import text_of
from tuibp.render.matrix import matrix
from tuibp.render.palette import Depth
from tuibp.render.scene import Panel
from tuibp.session.view import Cursor


def picture(panel: Panel) -> str:
    return drawing(text(panel.lines))


def test_weights_stand_beside_the_gradients_that_are_still_to_come() -> None:
    panel = matrix(scene(preset("mazur"), 2), 70, 8)
    assert (panel.title, panel.note) == ("w³", "weights into layer 3")
    assert picture(panel) == drawing("""
                            weights                       ∂C/∂w³ at step 5
                     k=1        k=2            b            k=1        k=2
        ▸j=1    0.400000   0.450000     0.600000              ·          ·
         j=2    0.500000   0.550000     0.600000              ·          ·

         a²     0.593270   0.596884
    """)


def test_bp2_reads_weights_as_columns_times_the_errors_beside_them() -> None:
    assert picture(matrix(scene(preset("mazur"), 4), 70, 8)) == drawing("""
                           weights                       ∂C/∂w³ at step 5
                    k=1        k=2           δ³            k=1        k=2
        j=1    0.400000   0.450000     0.138499              ·          ·
        j=2    0.500000   0.550000    −0.038098              ·          ·
        (w³)ᵀ δ³: errors sent back to each neuron k
               0.036350   0.041370
    """)


def test_from_step_five_on_gradients_stand_beside_their_weights() -> None:
    assert picture(matrix(scene(preset("mazur"), 6), 47, 7)) == drawing("""
                    weights               ∂C/∂w² ×10⁻⁶
                 k=1    k=2        b        k=1    k=2
        ▸j=1  0.1500 0.2000   0.3500     438.57 877.14
         j=2  0.2500 0.3000   0.3500     497.71 995.43

         a¹   0.0500 0.1000
    """)


def test_a_large_layer_is_seen_in_pages_that_hold_the_cursor() -> None:
    of = small((40, 30, 10), "sigmoid", "quadratic")
    panel = matrix(scene(of, 1, cursor=Cursor(1, 12, 20)), 70, 8)
    assert panel.title == "w²  row 13 of 30"
    assert panel.note == "columns 19–24 of 40"
    assert "j=13" in text(panel.lines)
    assert "k=21" in text(panel.lines)
    assert matrix(scene(of, 1, cursor=Cursor(1, 13, 23)), 70, 8).note == panel.note, "it stays where it is"


def test_decimal_points_stand_below_each_other() -> None:
    panel = matrix(scene(small((40, 30, 10), "sigmoid", "quadratic"), 1), 70, 8)
    rows = [text_of(line) for line in panel.lines if " j=" in text_of(line)]
    assert len(rows) >= 5
    assert len({tuple(m.start() for m in re.finditer(r"\.", row)) for row in rows}) == 1


@pytest.mark.parametrize("depth", ["truecolor", "256", "16", "none"])
@pytest.mark.parametrize("cursor", [Cursor(1, 1, 0), Cursor(1, 1, bias=True)])
def test_the_weight_under_the_cursor_is_lit(depth: Depth, cursor: Cursor) -> None:
    drawn = scene(preset("mazur"), 1, cursor=cursor, depth=depth)
    lit = [s.text for line in matrix(drawn, 70, 8).lines for s in line if s.style == drawn.palette.badge]
    assert [part.strip() for part in lit] == ["0.350000" if cursor.bias else "0.250000"]


def test_a_weight_of_an_image_stands_where_its_pixel_does() -> None:
    of = small((64, 30, 10), "sigmoid", "quadratic", (8, 8))
    panel = matrix(scene(of, 1, cursor=Cursor(1, 12, 20)), 70, 8)
    assert panel.note == "row 3, column 5 of the image"
    assert f"{of.network.w(1)[12, 20]:.2f}".replace("-", "−") in text(panel.lines)


def test_weights_of_an_image_are_images_with_their_sum() -> None:
    of = small((64, 30, 10), "sigmoid", "quadratic", (8, 8))
    panel = matrix(scene(of, 1, compact=True), 47, 7)
    z = float(scene(of, 1).state.walk.z(1)[0])
    assert text(panel.lines).count("▀" * 8) == 12
    assert f"{z:.5f}".replace("-", "−") in text(panel.lines)
    assert "w²₁" in text(panel.lines)
    assert "terms" in text(panel.lines)


@pytest.mark.parametrize("of", many(), ids=lambda p: "·".join(map(str, p.network.sizes)))
def test_every_layer_of_every_network_can_be_shown(of: Preset, whole: bool) -> None:
    for stop, cursor, chosen in drawn_for(of, list(product(SIZES, (False, True))), whole):
        for (width, height), compact in chosen:
            drawn = scene(of, stop, cursor=cursor, compact=compact, ascii=compact, depth="none" if compact else "16")
            panel = matrix(drawn, width, height)
            assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
            assert not compact or (panel.title + panel.note + text(panel.lines)).isascii()


def test_a_column_whose_error_is_still_to_come_has_no_sum_yet() -> None:
    half_way = text(matrix(scene(preset("mazur"), 4, neuron=0, cursor=Cursor(1, 0)), 47, 8).lines).splitlines()
    whole = text(matrix(scene(preset("mazur"), 4, cursor=Cursor(1, 0)), 47, 8).lines).splitlines()
    assert [line.split() for line in half_way if line.split()[-1:] == ["·"] and "0.0364" in line] == [["0.0364", "·"]]
    assert any(line.split() == ["0.0364", "0.0414"] for line in whole)


@pytest.mark.parametrize("of", many(), ids=lambda p: "·".join(map(str, p.network.sizes)))
def test_no_number_touches_the_one_before_it(of: Preset, whole: bool) -> None:
    for stop, cursor, sizes in drawn_for(of, SIZES, whole):
        shown = scene(of, stop, cursor=cursor)
        for width, height in sizes:
            drawn = text(matrix(shown, width, height).lines)
            assert not re.search(r"\d[−-]\d", drawn), drawn
