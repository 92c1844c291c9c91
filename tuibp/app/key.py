"""A row of the key table: what a key does on the main screen, and why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.app.actions import Action
    from tuibp.app.desk import Desk


def _always(desk: Desk) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True)
class Key:
    """A key and what it does."""

    name: str
    """Stable, for tests and the palette."""
    keys: tuple[str, ...]
    """Textual's names; every one of them works."""
    shown: str
    """As the footer and the help write it."""
    label: str
    """One or two words for the footer."""
    title: str
    """A command's name in help and palette."""
    run: Action
    why_not: Callable[[Desk], str] = _always
    """Why it can do nothing now; empty when it can."""
