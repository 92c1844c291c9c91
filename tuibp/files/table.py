"""One table of a preset as it was read, with where it stands: every complaint names file, key and reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuibp.files.errors import BadInput, printable
from tuibp.files.nearest import did_you_mean, nearest
from tuibp.locale import _, spoken
from tuibp.locale.choice import LANGUAGES

MISSING: Any = object()
"""Stands for a default where there is none: the key is required."""

TONGUES = {language: language.replace("-", "_") for language in LANGUAGES}
"""The keys of a text that is given in each language."""
TITLE_LENGTH, ABOUT_LENGTH, NAME_LENGTH = 100, 2_000, 40


@dataclass(frozen=True, eq=False)
class Table:
    """Keys and values as the file gave them, not yet believed."""

    file: str
    path: str
    """Dotted keys that lead here; empty at the top."""
    values: Mapping[str, Any]
    notes: list[str] = field(default_factory=list)
    """One line for each thing that the file leaves open and was assumed; shared by the tables of a file."""

    def note(self, said: str) -> None:
        """Tell the person about an assumption, once."""
        if said not in self.notes:
            self.notes.append(said)

    def key(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def bad(self, name: str, reason: str) -> BadInput:
        """The one line: file, key, reason."""
        return BadInput(f"{self.file}: {printable(self.key(name))}: {reason}")

    def only(self, known: Iterable[str], elsewhere: Mapping[str, Iterable[str]] | None = None) -> None:
        """Refuse a key that nothing reads, with the nearest one that something does; `elsewhere` are keys by the table
        that they would be right in."""
        known = list(known)
        for name in self.values:
            if name in known:
                continue
            for table, keys in (elsewhere or {}).items():
                if name in keys:
                    raise self.bad(name, _("stands outside of its table, [{table}]").format(table=table))
            unused = [other for other in known if other not in self.values] or known
            others = [key for keys in (elsewhere or {}).values() for key in keys if key not in self.values]
            wrong = printable(name)
            near = nearest(wrong, [*unused, *others]) if others else None
            raise self.bad(name, _("there is no such key") + did_you_mean(wrong, unused if near is None else [near]))

    def get(self, name: str, default: Any = MISSING) -> Any:
        value = self.values.get(name, default)
        if value is MISSING:
            raise self.bad(name, _("is missing"))
        return value

    def with_usual(self, usual: Mapping[str, Any]) -> Table:
        """The same, with what stands there where it says nothing."""
        return Table(self.file, self.path, {**usual, **self.values}, self.notes)

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: Any = MISSING, length: int = TITLE_LENGTH) -> str:
        """One printable line of at most `length` characters; control characters and line breaks don't pass."""
        value = self.get(name, default)
        if not isinstance(value, str):
            raise self.bad(name, _("must be text, not {kind}").format(kind=kind(value)))
        return printable(" ".join(value[: 10 * length].split()), length)

    def said(self, name: str, default: Any = MISSING, length: int = TITLE_LENGTH) -> str:
        """Text for people: as it is, or `{ en = "…", zh_TW = "…" }`, of which it is the language that is spoken."""
        value = self.get(name, default)
        if not isinstance(value, Mapping):
            return self.text(name, default, length)
        inner = self.table(name)
        inner.only(TONGUES.values())
        texts = {language: inner.text(key, length=length) for language, key in TONGUES.items()}
        return texts[spoken()]

    def word(self, name: str, choices: Iterable[str], default: Any = MISSING) -> str:
        """One of `choices`."""
        value = self.get(name, default)
        if not isinstance(value, str):
            raise self.bad(name, _("must be text, not {kind}").format(kind=kind(value)))
        return self.one_of(name, value, choices)

    def one_of(self, name: str, value: str, choices: Iterable[str]) -> str:
        choices = list(choices)
        if value not in choices:
            unknown = _("unknown {word}").format(word=repr(printable(value, NAME_LENGTH)))
            raise self.bad(name, unknown + did_you_mean(value, choices))
        return value

    def whole(self, name: str, default: Any = MISSING, low: int = 0, high: int = 2**63 - 1) -> int:
        """A whole number from `low` to `high`."""
        return self.whole_of(name, self.get(name, default), low, high)

    def whole_of(self, name: str, value: Any, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(name, _("must be a whole number, not {kind}").format(kind=kind(value)))
        if not low <= value <= high:
            raise self.bad(name, _("must be from {low:,} to {high:,}").format(low=low, high=high))
        return value

    def number(self, name: str, default: Any = MISSING, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from `low` to `high`."""
        value = self.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.bad(name, _("must be a number, not {kind}").format(kind=kind(value)))
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.bad(name, _("must be a finite number"))
        if not low <= number <= high:
            raise self.bad(name, _("must be from {low:g} to {high:g}").format(low=low, high=high))
        return number

    def truth(self, name: str, default: Any = MISSING) -> bool:
        value = self.get(name, default)
        if not isinstance(value, bool):
            raise self.bad(name, _("must be true or false, not {kind}").format(kind=kind(value)))
        return value

    def items(self, name: str, most: int, default: Any = MISSING) -> list[Any]:
        """A list of at most `most` items."""
        value = self.get(name, default)
        if not isinstance(value, list):
            raise self.bad(name, _("must be a list, not {kind}").format(kind=kind(value)))
        if len(value) > most:
            raise self.bad(name, _("has {n:,} items, more than {most:,}").format(n=len(value), most=most))
        return value

    def table(self, name: str, default: Any = MISSING) -> Table:
        return self.nested(name, self.get(name, default))

    def tables(self, name: str, most: int, default: Any = MISSING) -> list[Table]:
        """A list of tables, each knowing its place (counted from 1)."""
        items = self.items(name, most, default)
        return [self.nested(f"{name}[{place}]", item) for place, item in enumerate(items, start=1)]

    def nested(self, name: str, value: Any) -> Table:
        if not isinstance(value, Mapping):
            raise self.bad(name, _("must be a table, not {kind}").format(kind=kind(value)))
        return Table(self.file, self.key(name), value, self.notes)


def kind(value: Any) -> str:
    """What a value is, in words of the file and not of Python."""
    if value is None:
        return _("null")
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, str):
        return _("the text {text}").format(text=repr(printable(value, NAME_LENGTH)))
    if isinstance(value, int | float):
        return _("the number {number}").format(number=printable(value, NAME_LENGTH))
    if isinstance(value, list):
        return _("a list")
    if isinstance(value, Mapping):
        return _("a table")
    return _("a {type}").format(type=printable(type(value).__name__))
