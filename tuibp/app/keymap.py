"""Which key does what for this person: the rows' keys, with their own in the place of some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Own = Mapping[str, tuple[tuple[str, str], ...]]
"""(Textual's name, as the person wrote it) of each key of a row, by the row's name."""
ARROWS = "↑↓←→"


class Row(Protocol):
    """A row of the table or of a panel, as far as its keys go."""

    @property
    def name(self) -> str: ...

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def shown(self) -> str: ...


@dataclass(frozen=True)
class Keymap:
    """Own keys by the names of their rows; a key that one has chosen is no other row's any more."""

    own: Own = field(default_factory=dict)

    def own_keys(self, name: str) -> tuple[str, ...]:
        """Textual's names of the keys that the person chose for a row; none where it has the table's."""
        return tuple(key for key, _written in self.own.get(name, ()))

    def keys(self, row: Row, among: Iterable[Row]) -> tuple[str, ...]:
        """Textual's names of all keys that do what the row says; none where another, among these rows, took them."""
        if row.name in self.own:
            return self.own_keys(row.name)
        if not self.own:
            return row.keys
        taken = {key for other in among for key in self.own_keys(other.name)}
        return tuple(key for key in row.keys if key not in taken)

    def shown(self, row: Row, among: Iterable[Row]) -> str:
        """The row's key as footer and help write it; empty where it has lost its key."""
        left = self.keys(row, among)
        usual = row.shown if row.keys[0] in left else left[0] if left else ""
        return self.said(row.name, usual)

    def together(self, rows: Sequence[Row], among: Iterable[Row]) -> str:
        """The keys of several rows as one sign: `↑↓←→`, `1-5`, `[ ]`."""
        shown = [sign for row in rows if (sign := self.shown(row, among))]
        if len(shown) > 1 and shown == sorted(shown) and "".join(shown).isdecimal():
            return f"{shown[0]}-{shown[-1]}"
        close = ARROWS.startswith("".join(shown))
        return ("" if close else " ").join(shown)

    def said(self, name: str, usual: str) -> str:
        """The key of a row in a sentence, with the one that the table has."""
        return self.own[name][0][1] if name in self.own else usual

    def textual(self) -> dict[str, str]:
        """As `App.set_keymap` takes it: keys by the ids of bindings, which are the names of rows."""
        return {name: ",".join(self.own_keys(name)) for name in self.own}
