"""A person's own keys, held to the key table: what there is, what clashes, and which row loses its key by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tuibp.app import doors
from tuibp.app.keymap import Keymap, Own, Row
from tuibp.app.keys import BY_NAME, KEYS
from tuibp.files.config import Config
from tuibp.files.errors import BadInput, printable
from tuibp.files.nearest import did_you_mean
from tuibp.locale import _

SPOKEN = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter", "del": "delete"}
"""What people write, and Textual's name."""


def keymap_of(config: Config, panels: bool = False) -> tuple[Keymap, tuple[str, ...]]:
    """The person's keys, and in a line each what is wrong with them and what has lost its key.

    With `panels` what they do to keys of panels is looked at too, as it is where one of these is named (`race_sweep`):
    it takes the time to import them all.
    """
    rooms: list[Sequence[Row]] = [KEYS]
    if panels or not config.keys.keys() <= BY_NAME.keys():
        rooms += doors.panels()
    rows = {row.name: row for room in rooms for row in room}
    own: dict[str, tuple[tuple[str, str], ...]] = {}
    objections: list[str] = []
    for name, chosen in config.keys.items():
        try:
            if name not in rows:
                raise BadInput(_("there is no such key") + did_you_mean(name, rows))
            keys = tuple((_named(written), written) for written in chosen.value)
            for key, written in keys:
                for other in _owners(own, key):
                    if any({name, other} <= {row.name for row in room} for room in rooms):
                        raise BadInput(_("{key} is keys.{other} already").format(key=written, other=other))
        except BadInput as error:
            objections.append(f"{_place(config, name)}: {error}")
            continue
        own[name] = keys
    found = Keymap(own)
    robbed = {told: None for room in rooms for told in _robbed(config, found, room)}
    return found, (*objections, *robbed)


def _owners(own: Own, key: str) -> list[str]:
    """Names of the rows that have chosen a key."""
    return [name for name, keys in own.items() if key in dict(keys)]


def _place(config: Config, name: str) -> str:
    return _("{source}: keys.{name}").format(source=config.keys[name].source, name=printable(name))


def _robbed(config: Config, keymap: Keymap, room: Sequence[Row]) -> Iterator[str]:
    """Which rows of a room have lost all their keys to others of it."""
    here = {row.name for row in room}
    for row in room:
        if not keymap.keys(row, room):
            taker = next(name for name in _owners(keymap.own, row.keys[0]) if name in here)
            said = _("{key} was the key of {other}, which has none now; ctrl+p finds it")
            yield f"{_place(config, taker)}: " + said.format(key=row.shown, other=row.name)


def _named(written: str) -> str:
    """Textual's name of a key. Raises BadInput where it has none."""
    from textual.keys import Keys, _character_to_key

    modifiers, plain = re.fullmatch(r"((?:(?:ctrl|alt|shift)\+)*)(.+)", written, re.DOTALL).groups()  # type: ignore[union-attr]  # .+ takes any
    if len(plain) == 1 and plain.isprintable() and plain != " ":
        return modifiers + _character_to_key(plain)
    name = modifiers + SPOKEN.get(plain, plain)
    if name in {key.value for key in Keys} or SPOKEN.get(plain, plain) in {key.value for key in Keys}:
        return name
    raise BadInput(_("there is no key {written!r} on a keyboard").format(written=printable(written, 40)))
