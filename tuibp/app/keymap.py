"""Which key does what for this person: the table's keys, with their own in the place of some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Row(Protocol):
    """A row of the key table, as far as its keys go."""

    @property
    def name(self) -> str: ...

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def shown(self) -> str: ...


@dataclass(frozen=True)
class Keymap:
    """Own keys by the names of their rows; a key that one has chosen is no other row's any more."""

    own: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """(Textual's name, as the person wrote it) of each key."""

    def own_keys(self, name: str | None) -> tuple[str, ...]:
        """Textual's names of the keys that the person chose for a row; none where it has the table's."""
        return tuple(key for key, _written in self.own.get(name or "", ()))

    def keys(self, row: Row) -> tuple[str, ...]:
        """Textual's names of all keys that do what the row says; none where another row took them."""
        taken = {key for name in self.own for key in self.own_keys(name)}
        return self.own_keys(row.name) or tuple(key for key in row.keys if key not in taken)

    def shown(self, row: Row) -> str:
        """The row's key as footer and help write it; empty where it has lost its key."""
        left = self.keys(row)
        usual = row.shown if row.keys[0] in left else left[0] if left else ""
        return self.said(row.name, usual)

    def said(self, name: str, usual: str) -> str:
        """The key of a row in a sentence, with the one that the table has."""
        return self.own[name][0][1] if name in self.own else usual

    def textual(self) -> dict[str, str]:
        """As `App.set_keymap` takes it: keys by the ids of bindings, which are the names of rows."""
        return {name: ",".join(self.own_keys(name)) for name in self.own}
