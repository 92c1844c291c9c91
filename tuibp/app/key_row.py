"""A row of a screen's keys: Textual's binding in the words of the key table."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class KeyRow(Binding):
    """A key, or several that do the same, and what they do. As a binding it is known by the row's name, so that a
    person's own keys reach it wherever it stands."""

    beside: tuple[str, ...] = ()
    """Names of the rows whose keys the footer shows with this one's, under its label."""

    @property
    def name(self) -> str:
        """Of the table's row whose key it is, here or everywhere; empty for a key of one panel alone."""
        return self.id or ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Textual's names; every one of them works."""
        return tuple(self.key.split(","))

    @property
    def shown(self) -> str:
        """As the footer and the help write it."""
        return self.key_display or self.key

    @property
    def label(self) -> str:
        """One or two words for the footer; empty where it shows no such key."""
        return self.description

    @property
    def title(self) -> str:
        """A command's name in help and palette; empty where they list no such key."""
        return self.tooltip
