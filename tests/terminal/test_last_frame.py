from __future__ import annotations

import re

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuibp.app.output.brush import APART
from tuibp.app.output.cells import cells_of, get_width
from tuibp.app.output.last_frame import LastFrame, runs
from tuibp.app.output.pen import PLAIN, Pen, change, pen_of
from tuibp.app.output.route import way

TRUE = ColorSystem.TRUECOLOR
WIDTH, HEIGHT = 24, 5

STYLES = [
    None,
    Style(color="red"),
    Style(bold=True),
    Style(dim=True, bgcolor="#112233"),
    Style(color="#445566", bgcolor="#112233", underline=True),
    Style(reverse=True),
    Style(bold=True, color="#445566"),
    Style(color="#445566", bgcolor="#112233"),
    Style(color="#112233", bgcolor="#445566"),
    Style(color="#112233", bgcolor="#112233"),
]
texts = st.text("ab ─⣿δ³漢e\u0301▀▄", max_size=9) | st.sampled_from([" " * 7, " " * 13, "▀▀", "▄"])
pieces = st.tuples(texts, st.sampled_from(STYLES))
drawings = st.lists(st.lists(pieces, max_size=5), min_size=HEIGHT, max_size=HEIGHT)
frames = st.lists(drawings, min_size=1, max_size=6) | st.tuples(drawings, drawings).map(lambda two: [*two, two[0]])


def strip(parts: list[tuple[str, Style | None]]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts if text]).adjust_cell_length(WIDTH)


def cells_on(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What a terminal shows: characters with all that can be seen of their style."""
    found = []
    for y in range(HEIGHT):
        line = []
        for x in range(WIDTH):
            cell = screen.buffer[y][x]
            seen = (*tuple(cell)[:3], cell.bold, cell.underscore, cell.reverse)
            if cell.data in (" ", "▀", "▄") and not (
                cell.underscore or cell.reverse or (cell.bold and cell.data != " ")
            ):
                seen = halves(cell)
            line.append(seen)
        found.append(line)
    return found


def halves(cell: pyte.screens.Char) -> tuple[object, ...]:
    """The colours of a cell's two halves: all that can be seen of blanks and half blocks."""
    upper, lower = cell.data == "▀", cell.data == "▄"
    return cell.fg if upper else cell.bg, cell.fg if lower else cell.bg


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    screen.reset_mode(pyte.modes.DECAWM)
    return screen, pyte.Stream(screen)


@given(frames, st.booleans(), st.booleans())
def test_any_frames_sent_as_changes_show_what_the_last_one_shows_sent_whole(
    drawn: list[list[list[object]]], erases: bool, by_pen: bool
) -> None:
    shown = LastFrame(erases, by_pen)
    screen, stream = terminal()
    for lines in drawn:
        stream.feed(shown.update([strip(parts) for parts in lines], WIDTH, TRUE))  # type: ignore[arg-type]  # as drawn
    whole, whole_stream = terminal()
    whole_stream.feed(LastFrame().update([strip(parts) for parts in drawn[-1]], WIDTH, TRUE))  # type: ignore[arg-type]
    assert cells_on(screen) == cells_on(whole)


@given(frames, st.booleans(), st.sampled_from([1, 30, 100]))
def test_a_frame_split_for_a_slow_line_shows_the_same_when_all_of_it_has_come(
    drawn: list[list[list[object]]], erases: bool, limit: int
) -> None:
    shown = LastFrame(erases)
    screen, stream = terminal()
    for lines in drawn:
        stream.feed(shown.update([strip(parts) for parts in lines], WIDTH, TRUE, limit))  # type: ignore[arg-type]
    rest = 0
    while shown.behind:
        stream.feed(shown.update([strip(parts) for parts in drawn[-1]], WIDTH, TRUE, limit))  # type: ignore[arg-type]
        rest += 1
    assert rest <= HEIGHT * WIDTH // APART
    whole, whole_stream = terminal()
    whole_stream.feed(LastFrame().update([strip(parts) for parts in drawn[-1]], WIDTH, TRUE))  # type: ignore[arg-type]
    assert cells_on(screen) == cells_on(whole)


def test_what_waits_is_not_erased_with_what_goes_before_it() -> None:
    shown = LastFrame(erases=True)
    screen, stream = terminal()
    for text, limit in (("a        zzzzzz      w", 1e6), ("a", 1), ("a                    w", 1e6)):
        stream.feed(shown.update([strip([(text, STYLES[6])]), *[strip([])] * (HEIGHT - 1)], WIDTH, TRUE, limit))
    assert screen.display[0].rstrip() == "a                    w"


def test_what_a_key_did_goes_before_long_changes_which_follow() -> None:
    shown = LastFrame()
    long = [strip([(character * WIDTH, STYLES[6])]) for character in "-+"]
    rows = [*[long[0]] * (HEIGHT - 2), long[1]]
    shown.update([*[long[0]] * (HEIGHT - 1), strip([("before", None)])], WIDTH, TRUE)
    sent = [shown.update([*rows, strip([("bAfore", None)])], WIDTH, TRUE, limit) for limit in (20, 1e6)]
    assert ["A" in part for part in sent] == [True, False]
    assert ["+" in part for part in sent] == [False, True]


def test_the_same_frame_again_costs_nothing() -> None:
    shown = LastFrame()
    lines = [strip([("abc", STYLES[1])])] * HEIGHT
    assert shown.update(lines, WIDTH, TRUE)
    assert shown.update(lines, WIDTH, TRUE) == ""
    assert shown.update([strip([("abc", STYLES[1])])] * HEIGHT, WIDTH, TRUE) == ""


def test_one_changed_cell_costs_a_jump_and_a_character() -> None:
    shown = LastFrame()
    shown.update([strip([("count 1", STYLES[4])])], WIDTH, TRUE)
    sent = shown.update([strip([("count 2", STYLES[4])])], WIDTH, TRUE)
    assert sent.startswith("\x1b[;7H")
    assert sent.endswith("2")
    assert len(sent) < 20 + len("\x1b[4;38;2;68;85;102;48;2;17;34;51m")


@given(*[st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)] * 2, st.booleans())
def test_every_way_of_the_cursor_ends_where_it_is_to(row: int, at: int, y: int, x: int, feeds: bool) -> None:
    screen, stream = terminal()
    stream.feed(f"\x1b[{row + 1};{at + 1}H")
    stream.feed(way(row, at, y, x, feeds))
    assert (screen.cursor.y, screen.cursor.x) == (y, x)
    assert len(way(row, at, y, x, feeds)) <= len(way(row, -1, y, x, feeds))


def test_a_picture_of_half_blocks_costs_one_colour_a_cell() -> None:
    colours = ["#101010", "#203040", "#506070"]
    pairs = [("▀", colours[i], colours[j]) for i in range(3) for j in range(3) if i != j]
    row = Strip([Segment(text, Style(color=upper, bgcolor=lower)) for text, upper, lower in pairs])
    sent = LastFrame(erases=True).update([row], len(pairs), TRUE)
    assert len(re.findall(r"\x1b\[[\d;]*m", sent)) == 3, "three pairs of colours, each drawn upright and turned"


def test_forgetting_sends_everything_again_and_clears_when_asked() -> None:
    shown = LastFrame()
    lines = [strip([("abc", None)])]
    shown.update(lines, WIDTH, TRUE)
    shown.forget()
    assert "abc" in shown.update(lines, WIDTH, TRUE)
    shown.forget(clear=True)
    assert shown.update(lines, WIDTH, TRUE).startswith("\x1b[0m\x1b[2J")


def test_a_line_that_was_quiet_overtakes_lines_that_change_all_the_time() -> None:
    shown = LastFrame()
    noise = [[strip([(f"{frame * 7 % 10}" * WIDTH, None)]) for frame in range(start, start + 30)] for start in range(5)]
    quiet = strip([("before", None)])
    for frame in zip(*noise, strict=True):
        shown.update([*frame, quiet], WIDTH, TRUE, limit=30)
    sent = shown.update([*(line[0] for line in noise), strip([("AFTER", None)])], WIDTH, TRUE, limit=30)
    assert "AFTER" in sent


def test_changes_in_a_wide_character_take_both_its_halves() -> None:
    old = cells_of(Strip([Segment("a漢b")]), 4, TRUE)
    new = cells_of(Strip([Segment("a漢b", Style(bold=True))]), 4, TRUE)
    assert runs(old, new) == [(0, 4)]
    assert runs(old, cells_of(Strip([Segment("a字b")]), 4, TRUE)) == [(1, 3)]


def test_text_cannot_bring_escapes_links_or_invisible_characters() -> None:
    evil = "a\x1b[31mb\x07\x9b2Jc\u202ed\u200be\x7f"
    cells = cells_of(Strip([Segment(evil, Style(link="http://example.com"))]), 20, TRUE)
    text = "".join(text for text, _ in cells)
    assert text.rstrip() == "a[31mb2Jcde"


def test_a_wide_character_is_not_drawn_over_the_edge() -> None:
    cells = cells_of(Strip([Segment("ab漢")]), 3, TRUE)
    assert [get_width(text) for text, _ in cells] == [1, 1, 1]


@given(st.lists(st.sampled_from(STYLES), min_size=2, max_size=8))
def test_going_from_pen_to_pen_ends_where_starting_afresh_does(styles: list[Style | None]) -> None:
    screen, stream = terminal()
    pen: Pen | None = None
    for style in styles:
        code, pen = change(pen, pen_of(style, TRUE))
        stream.feed(code)
    fresh, fresh_stream = terminal()
    fresh_stream.feed(change(None, pen_of(styles[-1], TRUE))[0])
    assert screen.cursor.attrs == fresh.cursor.attrs


def test_without_colours_no_colour_is_sent() -> None:
    assert pen_of(Style(color="red", bgcolor="#112233", bold=True), None) == Pen(("1",))
    assert pen_of(None, None) == PLAIN
