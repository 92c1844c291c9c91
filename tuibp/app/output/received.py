"""What it means that came in: keys, clicks, pastes and the reports that were asked for. All else means nothing."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import suppress

from textual import events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import FOCUSIN, FOCUSOUT, XTermParser
from textual.message import Message

from tuibp.app.output.sequences import Sequences, Unit

REPORT = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
SYNCHRONIZED = re.compile(r"\x1b\[\?2026;[1-4]\$y")
MOUSE = re.compile(r"\x1b\[<(\d{1,3});(\d{1,5});(\d{1,5})[Mm]")
BEYOND = 128
"""In a mouse report: a button past the seventh."""

KEY = re.compile(r"\x1b\[(\d{0,7})(?::(\d*))?(?::\d*)?(?:;(\d{0,3})(?::(\d*))?(?:;([\d:]*))?)?([u~A-HPQS])")
"""A key as kitty's protocol writes it: code (: shifted : on a plain keyboard); modifiers : event; text."""
RELEASE = "3"
SHIFT, WITHOUT_TEXT = 1, 0b111110
KEYPAD = {57399 + digit: ord("0") + digit for digit in range(10)} | dict(
    zip(range(57409, 57417), (*map(ord, "./*-+"), 13, *map(ord, "=,")), strict=True)
)
"""Keys of the keypad that are the same as others."""
CONTROLS = 128
"""Codes below are keys, whether they write something or not."""
PRIVATE = range(57344, 63744)
"""Codes of keys that write no character."""
KEYPAD_SINGLE = {"\x1bOX": "=", "\x1bOl": ","}
"""Of the keypad in its application mode, what Textual's table lacks."""


class Received:
    """Bytes in, Textual's messages out. Nothing raises; what cannot be understood costs that sequence alone."""

    def __init__(self) -> None:
        self._sequences = Sequences()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._textual = XTermParser()
        self._last = 0.0

    @property
    def waiting(self) -> bool:
        """Whether what comes next may belong to what came."""
        return self._sequences.waiting

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """What these bytes say, which came at `now` seconds."""
        self._last = now
        return self._messages(self._sequences.feed(self._decode(data), now))

    def idle(self, now: float) -> Iterator[Message]:
        """What is over because nothing more has come until `now`."""
        return self._messages(self._sequences.idle(now - self._last, now))

    def _messages(self, units: Iterable[Unit]) -> Iterator[Message]:
        for unit in units:
            found: list[Message] = []
            with suppress(Exception):  # Textual's tables were never asked for all that a line can send
                found = list(self._message(unit))
            yield from found

    def _message(self, unit: Unit) -> Iterable[Message]:
        if unit.kind == "paste":
            return [events.Paste("".join(c for c in unit.text if c in "\t\n\r" or (c.isprintable() and _types(c))))]
        if unit.kind == "escape":
            return [events.Key("escape", unit.text)]
        if unit.kind == "key":
            return self._keys(unit.text) if _types(unit.text) else []
        return self._sequence(unit.text)

    def _sequence(self, sequence: str) -> Iterable[Message]:
        if found := REPORT.fullmatch(sequence):
            return [events.CursorPosition(int(found[2]) - 1, int(found[1]) - 1)]
        if found := MOUSE.fullmatch(sequence):
            event = self._textual.parse_mouse_code(sequence) if int(found[1]) < BEYOND else None
            return [] if event is None else [event]
        if (found := KEY.fullmatch(sequence)) and (written := plainly(found)):
            return self._keys(written)
        if found and found[4] == RELEASE:
            return []
        if SYNCHRONIZED.fullmatch(sequence):
            return [messages.TerminalSupportsSynchronizedOutput()]
        if sequence in (FOCUSIN, FOCUSOUT):
            return [events.AppFocus() if sequence == FOCUSIN else events.AppBlur()]
        return self._other(sequence)

    def _other(self, sequence: str) -> Iterable[Message]:
        """Keys of the table alone: Textual takes the number in any other for that of a character."""
        found = KEYPAD_SINGLE.get(sequence) or ANSI_SEQUENCES_KEYS.get(sequence, ())
        if isinstance(found, str):
            return self._keys(found)
        if isinstance(found, tuple) and found:
            return [events.Key(key.value, None) for key in found]
        if len(sequence) == 2 and _types(sequence[1]):  # with alt, which types nothing
            return [events.Key(key.key, None) for key in self._textual._sequence_to_key_events(sequence[1], alt=True)]
        return []

    def _keys(self, sequence: str) -> Iterable[events.Key]:
        return [key for key in self._textual._sequence_to_key_events(sequence) if key.key != "<ignore>"]


def plainly(found: re.Match[str]) -> str:
    """A key of kitty's protocol as Textual reads it: pressed, with its text. Empty where there is nothing to press."""
    code, shifted, modifiers, event, text, end = (part or "" for part in found.groups())
    if event == RELEASE:
        return ""
    if end != "u":
        known = f"{code or 1}{end}" in FUNCTIONAL_KEYS
        return (f"\x1b[{code or 1};{modifiers}{end}" if modifiers else f"\x1b[{code}{end}") if known else ""
    number = KEYPAD.get(int(code or 1), int(code or 1))
    held = max(0, int(modifiers or 1) - 1)
    written = [int(part) for part in text.split(":") if part]
    if not written and _character(number) and not held & WITHOUT_TEXT:
        written = [int(shifted) if shifted else ord(chr(number).upper()[0]) if held & SHIFT else number]
    known = number < CONTROLS or f"{number}u" in FUNCTIONAL_KEYS or _character(number)
    if not known or not all(map(_character, written)):
        return ""
    return f"\x1b[{number};{modifiers};{':'.join(map(str, written))}u"


def _character(code: int) -> bool:
    """Whether a code is that of a character that can be shown."""
    return code <= 0x10FFFF and code not in PRIVATE and chr(code).isprintable()


def _types(character: str) -> bool:
    """Whether a character is typed by a key: not the terminal's own (C1), nor the place of bytes that were none."""
    return not "\x80" <= character < "\xa0" and character != "\ufffd"
