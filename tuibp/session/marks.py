"""How far somebody has come in every lesson, as the one small file that keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.files.bounds import read_text
from tuibp.files.errors import BadInput

if TYPE_CHECKING:
    from tuibp.session.asking import Answer

FILE = "lessons.json"
BYTES = 200_000
MOST = 500
"""Lessons that are kept, the latest first."""
VERSION = 1


@dataclass(frozen=True)
class Mark:
    """How far somebody has come in a lesson; what is kept from day to day."""

    page: int = 0
    finished: bool = False
    """Whether its last page was done, now or earlier."""
    right: int = 0
    asked: int = 0
    """Answers given; what was shown first is not counted."""

    def counting(self, answer: Answer) -> Mark:
        if answer.given is None:
            return self
        return replace(self, right=self.right + answer.right, asked=self.asked + 1)


@dataclass(frozen=True)
class Marks:
    """By the lesson's source."""

    last: str = ""
    """The lesson that was open last."""
    by_lesson: Mapping[str, Mark] = field(default_factory=dict)

    def of(self, source: str) -> Mark:
        return self.by_lesson.get(source, Mark())

    def with_mark(self, source: str, mark: Mark) -> Marks:
        others = {name: old for name, old in self.by_lesson.items() if name != source}
        kept = dict(list(others.items())[-(MOST - 1) :])
        return replace(self, last=source, by_lesson={**kept, source: mark})

    def content(self) -> bytes:
        told = {name: asdict(mark) for name, mark in self.by_lesson.items()}
        return json.dumps({"version": VERSION, "last": self.last, "lessons": told}, ensure_ascii=False).encode()


def read_marks(folder: Path) -> Marks:
    """What the folder has of them. What is not there, or is no such file, is nothing learned yet: it is no reason not
    to open a lesson."""
    try:
        found = json.loads(read_text(folder / FILE, BYTES))
    except (BadInput, ValueError, RecursionError):
        return Marks()
    if not isinstance(found, dict) or found.get("version") != VERSION or not isinstance(found.get("lessons"), dict):
        return Marks()
    marks = {str(name): _mark(told) for name, told in list(found["lessons"].items())[-MOST:] if isinstance(told, dict)}
    last = found.get("last")
    return Marks(last if isinstance(last, str) else "", marks)


def _mark(told: Mapping[str, Any]) -> Mark:
    page, right, asked = (_count(told.get(name)) for name in ("page", "right", "asked"))
    return Mark(page, told.get("finished") is True, min(right, asked), asked)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6 else 0
