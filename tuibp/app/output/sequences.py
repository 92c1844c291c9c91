"""Where one thing that comes in ends and the next begins: keys, escape sequences, pastes. It knows not what they mean.

After ECMA-48 and the state machine that xterm and the VT500 share: a sequence is one thing whether or not anybody
knows it, so that what nobody knows is dropped whole and no part of it is taken for a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

ESCAPE = 0.1
"""Seconds after which an ESC that nothing follows was the key of that name."""
TAIL = 0.5
"""Seconds after that in which the rest of a sequence may still come: a line that stalled in the middle of one."""
UNFINISHED = 2.0
"""Seconds after which what has no end is given up."""
SINGLE_SIZE, SINGLE_GAP, SINGLES = 8, 0.1, 3
"""Characters at most, seconds apart at least and how many in a row: of keys that are pressed, and not of a paste."""
PASTE_LIMIT = 100_000
"""Characters of a paste that are kept."""
HELD_LIMIT = 128
NONSENSE = "\x1b[<?"
"""Begins no sequence that anybody knows."""

PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
CONTROL = re.compile(r"\x1b\[(?:M[^\x1b]{3}|\[[A-E]|\d+\$|[0-?]*[ -/]*[^\x1b -?])")
"""CSI: xterm's oldest mouse reports, the Linux console's function keys, rxvt's keys with shift, and all others; what is
no final byte ends a sequence too, and spoils it."""
SINGLE = re.compile(r"\x1bO(?:[0-9;]*[^\x1b0-9;])")
STRING = re.compile(r"\x1b[PX^_\]]")
STRING_END = re.compile(r"[\x07\x18\x1a\x9c]|\x1b\\|(?=\x1b[^\\])")
REST = re.compile(r"\[(?:\[[A-E]|[0-?]*[ -/]*[A-Za-z~])|O[A-Za-z]|\]\d+;|P[\d;]*[!$>+|]")
"""What can only be the rest of a sequence, if it comes at once."""


class Unit(NamedTuple):
    kind: Literal["key", "escape", "sequence", "paste"]
    text: str
    """One character; ESC; the whole sequence; what was pasted."""


class Sequences:
    """Text in, units out. Time is told by who reads."""

    def __init__(self) -> None:
        self._held = ""
        self._in_string = False
        self._pasted: str | None = None
        self._escaped = -TAIL
        self._heard = 0.0
        self._singles = 0

    @property
    def waiting(self) -> bool:
        """Whether what comes next may belong to what came."""
        return bool(self._held) or self._in_string or self._pasted is not None

    def feed(self, text: str, now: float) -> Iterator[Unit]:
        """The units that are whole with this text, which came at `now` seconds."""
        yield from self._by_hand(text, now)
        if now - self._escaped < TAIL and REST.match(text):
            self._held = "\x1b"
        self._escaped = -TAIL
        text, self._held = self._held + text, ""
        while text:
            unit, text = self._next(text)
            if unit is not None:
                yield unit

    def _by_hand(self, text: str, now: float) -> Iterator[Unit]:
        """Give up what has no end when keys are pressed one by one instead."""
        single = len(text) <= SINGLE_SIZE and now - self._heard >= SINGLE_GAP
        self._singles = self._singles + 1 if single and (self._in_string or self._pasted is not None) else 0
        self._heard = now
        if self._singles >= SINGLES:
            yield from self._give_up()

    def idle(self, seconds: float, now: float) -> Iterator[Unit]:
        """What is over because nothing came for so many seconds."""
        if self._held == "\x1b" and not self._in_string and self._pasted is None:
            if seconds >= ESCAPE:
                self._held, self._escaped = "", now
                yield Unit("escape", "\x1b")
        elif seconds >= UNFINISHED and self.waiting:
            yield from self._give_up()

    def _give_up(self) -> Iterator[Unit]:
        if self._pasted is not None:
            yield Unit("paste", self._pasted)
        self._held, self._in_string, self._pasted, self._singles = "", False, None, 0

    def _next(self, text: str) -> tuple[Unit | None, str]:
        """The first unit of what is there, and the text behind it; None where there is nothing to tell."""
        if self._pasted is not None:
            return self._paste(text)
        if self._in_string:
            return None, self._skip_string(text)
        if text[0] != "\x1b":
            return Unit("key", text[0]), text[1:]
        return self._sequence(text)

    def _sequence(self, text: str) -> tuple[Unit | None, str]:
        if STRING.match(text):
            self._in_string = True
            return None, text[2:]
        following = text[1:2]
        if following == "\x1b":
            return Unit("escape", "\x1b"), text[1:]
        if following not in ("[", "O", ""):
            return Unit("sequence", text[:2]), text[2:]
        found = (CONTROL if following == "[" else SINGLE).match(text) if following else None
        again = text.find("\x1b", 1)
        if found is None and again > 0:  # cut off by the next one
            return None, text[again:]
        if found is None or (text.startswith("\x1b[M") and len(text) < 6):
            self._held = text if len(text) <= HELD_LIMIT else NONSENSE
            return None, ""
        if found[0] == PASTE:
            self._pasted = ""
            return None, text[found.end() :]
        return Unit("sequence", found[0]), text[found.end() :]

    def _skip_string(self, text: str) -> str:
        """Nothing that a terminal says in a string is of use here."""
        end = STRING_END.search(text)
        if end is None:
            self._held = "\x1b" if text.endswith("\x1b") else ""
            return ""
        self._in_string = False
        return text[end.end() :]

    def _paste(self, text: str) -> tuple[Unit | None, str]:
        assert self._pasted is not None
        pasted, end, rest = text.partition(PASTE_END)
        if end:
            unit = Unit("paste", (self._pasted + pasted)[:PASTE_LIMIT])
            self._pasted = None
            return unit, rest
        kept = next((size for size in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:size])), 0)
        self._held = text[len(text) - kept :]
        self._pasted = (self._pasted + text[: len(text) - kept])[:PASTE_LIMIT]
        return None, ""
