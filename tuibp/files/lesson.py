"""A lesson as a value: pages of text in both languages, each with the place that it is about and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tuibp import locale
from tuibp.core.questions import Ask

Operator = Literal["is", "at_least", "at_most", "not"]


@dataclass(frozen=True)
class Text:
    """One text in the languages of its readers. `…` in backquotes is a key, or a word, that stands out."""

    en: str
    zh_tw: str

    @property
    def spoken(self) -> str:
        """In the language that the program speaks."""
        return self.zh_tw if locale.spoken() == "zh-TW" else self.en


@dataclass(frozen=True)
class Condition:
    """What one of play's JSON fields must be."""

    field: tuple[str, ...]
    """`("place", "step")`."""
    operator: Operator
    value: str | float | bool | None

    def met(self, fields: Mapping[str, object]) -> bool:
        """Whether it is so; of a field that is not there, only `not` and being nothing can hold."""
        found: object = fields
        for name in self.field:
            found = found.get(name) if isinstance(found, Mapping) else None
        if self.operator == "is":
            return (found is not None) if self.value is True and not isinstance(found, bool) else found == self.value
        if self.operator == "not":
            return found != self.value
        if isinstance(found, bool) or not isinstance(found, int | float) or not isinstance(self.value, int | float):
            return False
        return found >= self.value if self.operator == "at_least" else found <= self.value


@dataclass(frozen=True)
class Spot:
    """Where the cursor is put; counted from 0."""

    layer: int
    neuron: int
    weight: int | None = None
    bias: bool = False


@dataclass(frozen=True)
class Page:
    """One thing."""

    text: Text
    preset: str
    """What is open."""
    keys: tuple[str, ...]
    """Pressed from the preset's opening on, they lead to where this page begins."""
    spot: Spot | None
    until: tuple[Condition, ...]
    """All of these must be for the page to be done; none: it is to be read."""
    asks: tuple[Ask, ...]
    after: Text | None
    """Said when it is done."""


@dataclass(frozen=True)
class Lesson:
    name: str
    """A shipped lesson's name, or a file's name without its ending."""
    title: Text
    pages: tuple[Page, ...]
    source: str
    """What opens it again: a name or an absolute path."""
