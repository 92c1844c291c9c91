"""What comes in from a terminal, byte by byte: keys and nothing but keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tests.drive import program
from tuibp.app.output.received import Received
from tuibp.app.output.sequences import PASTE_LIMIT

E = "\x1b"
LONG = 10.0
Heard = list[str | tuple[int, int]]


def heard(*parts: str | bytes | float) -> Heard:
    """Keys by name, clicks by place and reports by name, of text that comes with pauses (seconds) between."""
    received, now, found = Received(), 0.0, []
    for part in (*parts, LONG):
        if isinstance(part, float):
            now += part
            found += list(received.idle(now))
        else:
            found += list(received.feed(part.encode() if isinstance(part, str) else part, now))
    return [described(event) for event in found]


def described(event: object) -> str | tuple[int, int]:
    if isinstance(event, events.Key):
        return event.key
    if isinstance(event, events.MouseEvent):
        return event.x, event.y
    if isinstance(event, events.Paste):
        return f"pasted {event.text}"
    return type(event).__name__


NOT_TYPED = {
    "a release": "[97;1:3u", "an arrow's release": "[1;1:3A", "no character": "[1114112u", "a text that is none":
    "[97;1;99999999u", "half a surrogate pair": "[55296u", "what terminal this is": "[?1;2c", "which": "[>41;388;0c",
    "dark or light": "[?997;1n", "all is well": "[0n", "a mode": "[?1;2$y", "a mode of ANSI's": "[4;1$y",
    "a size in cells": "[8;24;80t", "a size in pixels": "[4;480;640t", "a resize with no pixels": "[48;24;80;0;0t",
    "a resize": "[48;65535;65535;9;9t", "kitty's flags": "[?1u", "a mouse that is none": "[<9999999999;1;1M",
    "a click outside": "[<0;0;0M", "a button too many": "[<129;1;1M", "urxvt's mouse": "[32;3;4M",
    "xterm's oldest mouse": "[M !!", "a key nobody has": "[99~", "more digits than memory": "[" + "9" * 3000 + "~",
    "more parts": "[" + "1;" * 2000 + "u", "a modifier past all": "[1;999999999A", "a setting": "P1$r0m\x1b\\",
    "a capability": "P1+r544e=787465726d\x1b\\", "a name": "P>|XTerm(390)\x1b\\", "a colour": "]11;rgb:1/2/3\x07",
    "a colour, ended otherwise": "]4;1;rgb:ffff/0/0\x1b\\", "a clipboard": "]52;c;cXF1dQ==\x07",
    "an application's": "_Gi=1;OK\x1b\\", "a private message": "^secret\x1b\\", "a string": "Xq\x1b\\",
    "a keypad key nobody has": "Oz",
}  # fmt: skip
"""Reports and worse, without their ESC."""

KEYS = {
    "[A": "up", "OA": "up", "[1;1:1A": "up", "[1;1:2A": "up", "[1;5A": "ctrl+up", "[3~": "delete", "[Z": "shift+tab",
    "[97u": "a", "[97;;97u": "a", "[97;2u": "A", "[97:65;2u": "A", "[97;2;65u": "A", "[97;1:1;97u": "a",
    "[97;5u": "ctrl+a", "[13u": "enter", "[27u": "escape", "[32u": "space", "[127u": "backspace", "[233;;233u": "é",
    "Op": "0", "Oy": "9", "OM": "enter", "Ok": "plus", "Om": "minus", "On": "full_stop", "OX": "equals_sign",
    "[57399u": "0", "[57408u": "9", "[57409u": "full_stop", "[57412u": "minus", "[57413u": "plus", "[57414u": "enter",
    "[57415u": "equals_sign", "[57419u": "up", "[57417u": "left", "[23$": "f23", "[25~": "f13", "[11~": "f1",
    "[1;2P": "shift+f1", "[[A": "f1",
}  # fmt: skip


@pytest.mark.parametrize("sequence", NOT_TYPED.values(), ids=list(NOT_TYPED))
def test_what_is_no_key_types_nothing_and_keeps_no_key_from_being_typed(sequence: str) -> None:
    assert heard("a", E + sequence, "b") == ["a", "b"]
    assert heard("a" + E + sequence + "b") == ["a", "b"]


@pytest.mark.parametrize(("sequence", "key"), KEYS.items(), ids=list(KEYS.values()))
def test_a_key_is_known_in_every_protocol(sequence: str, key: str) -> None:
    assert heard(E + sequence) == [key]


def test_keys_of_the_keypad_type_what_is_written_on_them() -> None:
    received = Received()
    typed = [event for code in (57400, 57413, 57409) for event in received.feed(f"{E}[{code}u".encode(), 0.0)]
    assert [event.character for event in typed if isinstance(event, events.Key)] == ["1", "+", "."]


def test_the_key_esc_is_told_from_a_sequence_by_what_follows_in_time() -> None:
    assert heard(E) == ["escape"]
    assert heard(E, 0.05, "[C") == ["right"]
    assert heard(E, 0.2, "q") == ["escape", "q"]
    assert heard(E + E) == ["escape", "escape"]


@pytest.mark.parametrize("tail", ["[C", "OC", "[1;1C", "[57418u"])
def test_a_sequence_whose_rest_comes_late_is_still_no_text(tail: str) -> None:
    assert heard(E, 0.11, tail) == ["escape", "right"]
    assert heard(E, 0.11, "[", 0.4, "u") == ["escape", "left_square_bracket", "u"]
    assert heard(E + tail[0], 1.5, tail[1:]) == ["right"]


def test_reports_whose_rest_comes_late_are_dropped() -> None:
    assert heard(E, 0.11, "[?1;2c", "a") == ["escape", "a"]
    assert heard(E, 0.11, "]11;rgb:1/2/3\x07", "a") == ["escape", "a"]
    assert heard(E, 0.11, "P1$r0m\x1b\\", "a") == ["escape", "a"]


@pytest.mark.parametrize("opening", ["[1;", "O", "]11;rgb", "P1$r", "[200~", "[M !", "["])
def test_what_has_no_end_is_given_up_after_a_while(opening: str) -> None:
    assert heard(E + opening, LONG, "q")[-1] == "q"


@pytest.mark.parametrize("opening", ["]11;rgb", "P1$r", "[200~"])
def test_what_has_no_end_is_given_up_when_keys_are_pressed(opening: str) -> None:
    assert heard(E + opening, *[part for _ in range(6) for part in (0.2, "q")])[-3:] == ["q"] * 3


def test_clicks_are_places_whatever_a_resize_has_claimed() -> None:
    assert heard(E + "[48;24;80;0;0t", E + "[<0;3;4M" + E + "[<0;3;4m") == [(2, 3), (2, 3)]
    assert heard(E + "[48;24;80;480;640t", E + "[<64;3;4M") == [(2, 3)]


def test_a_paste_is_one_thing_without_what_could_do_harm() -> None:
    assert heard(E + "[200~a\x00\x07é\nb" + E + "[201~c") == ["pasted aé\nb", "c"]
    assert heard(E + "[200~" + "x" * 3 * PASTE_LIMIT + E + "[201~c") == ["pasted " + "x" * PASTE_LIMIT, "c"]


def test_bytes_that_are_no_character_type_nothing() -> None:
    assert heard(b"\xff\xfe\x80\xc3\xa9\xc2\x9b") == ["é"]


PIECES = st.lists(
    st.one_of(
        st.sampled_from([E + text for text in (*NOT_TYPED.values(), *KEYS) if len(text) < 60]),
        st.sampled_from("abq1[]P\r\té漢\x00"),
        st.sampled_from([E + "[200~pasted" + E + "[201~", E + "[12;40R", E + "[<0;3;4M", E + "[?2026;2$y", E + "[I"]),
    ),
    max_size=12,
)


@given(PIECES, st.lists(st.integers(1, 30), max_size=60))
def test_it_makes_no_difference_how_the_line_cuts_what_comes(pieces: Sequence[str], cuts: Sequence[int]) -> None:
    data, parts = "".join(pieces).encode(), []
    rest = data
    for cut in cuts:
        parts.append(rest[:cut])
        rest = rest[cut:]
    assert heard(*parts, rest) == heard(data)


@given(PIECES)
def test_each_thing_means_the_same_whatever_came_before(pieces: Sequence[str]) -> None:
    assert heard("".join(pieces)) == [found for piece in pieces for found in heard(piece)]


@given(
    st.lists(
        st.one_of(st.binary(max_size=60), st.text("\x1b[]OPM;:?<>0123456789uA~m$ \\\x07", max_size=60)), max_size=9
    )
)
def test_nothing_that_comes_raises_or_keeps_a_key_from_being_heard(parts: list[bytes | str]) -> None:
    received = Received()
    for number, part in enumerate(parts):
        list(received.feed(part.encode() if isinstance(part, str) else part, number / 10))
    list(received.idle(LONG))
    list(received.idle(2 * LONG))
    last = list(received.feed(b"q", 3 * LONG))
    assert [event.key for event in last if isinstance(event, events.Key)] == ["q"]


def test_what_is_kept_of_anything_is_bounded() -> None:
    for opening in ("[", "[1;", "]11;", "P", "[200~"):
        received = Received()
        for _ in range(200):
            assert not list(received.feed((E + opening if not _ else "1" * 4000).encode(), 0.0))
        kept = re.findall("1+", str(vars(received._sequences)))
        assert sum(map(len, kept)) <= PASTE_LIMIT + 4200


async def test_a_screen_that_is_closed_twice_does_not_close_the_main_screen() -> None:
    async with program("mazur") as (app, pilot):
        await pilot.press("h")
        opened = app.screen
        for _ in range(2):  # as two keys do that came in one go
            opened.dismiss()
        await pilot.pause()
        assert type(app.screen).__name__ == "MainScreen"
