"""Wires tell sign by their line, strength by their light, and leave what is written alone."""

from rich.style import Style

from tuibp.render.canvas import Canvas
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.wires import Wire, draw_wires

STRONG, WEAK = Style(bold=True), Style(dim=True)


def dots(canvas: Canvas, y: int) -> int:
    return sum((ord(c) - 0x2800).bit_count() for c in canvas.characters[y] if c >= "⠀")


def drawn(*wires: Wire, width: int = 12, height: int = 5) -> Canvas:
    canvas = Canvas(width, height)
    draw_wires(canvas, 0, width, wires, UNICODE)
    return canvas


def test_a_positive_wire_is_solid_and_a_negative_one_dotted() -> None:
    solid, dotted = drawn(Wire(2, 2, 0.5, STRONG, 1)), drawn(Wire(2, 2, -0.5, STRONG, 1))
    assert dots(solid, 2) == 24
    assert dots(dotted, 2) == 12


def test_a_wire_reaches_both_tiles() -> None:
    canvas = drawn(Wire(0, 4, 1.0, STRONG, 1))
    assert canvas.characters[0][0] != " "
    assert canvas.characters[4][-1] != " "


def test_a_solid_wire_has_no_gap_from_row_to_row() -> None:
    canvas = drawn(Wire(0, 4, 1.0, STRONG, 1), width=3)
    assert all("".join(row).strip() for row in canvas.characters)


def test_where_wires_cross_the_strongest_gives_its_colour() -> None:
    for wires in ([Wire(0, 4, 1.0, STRONG, 2), Wire(4, 0, 0.1, WEAK, 1)],) * 2:
        canvas = drawn(*wires, width=11)
        assert canvas.styles[2][5] == STRONG


def test_wires_leave_what_is_written_alone() -> None:
    canvas = Canvas(8, 1)
    canvas.put(2, 0, "0.82")
    draw_wires(canvas, 0, 8, [Wire(0, 0, 1.0, STRONG, 1)], UNICODE)
    assert "0.82" in "".join(canvas.characters[0])


def test_in_ascii_slopes_and_dots_do_it() -> None:
    canvas = Canvas(6, 3)
    draw_wires(canvas, 0, 6, [Wire(0, 2, 1.0, STRONG, 1), Wire(2, 2, -1.0, STRONG, 1)], ASCII)
    picture = "\n".join("".join(row) for row in canvas.characters)
    assert picture.isascii()
    assert "\\" in picture
    assert "." in picture
