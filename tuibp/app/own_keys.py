"""A person's own keys, held to the key table: what there is, what clashes, and which row loses its key by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tuibp.app.keymap import Keymap
from tuibp.app.keys import BY_NAME, KEYS
from tuibp.files.config import Config
from tuibp.files.errors import BadInput, printable
from tuibp.files.nearest import did_you_mean
from tuibp.locale import _

SPOKEN = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter", "del": "delete"}
"""What people write, and Textual's name."""


def keymap_of(config: Config) -> tuple[Keymap, tuple[str, ...]]:
    """The person's keys, and in a line each what is wrong with them and what has lost its key."""
    own: dict[str, tuple[tuple[str, str], ...]] = {}
    objections: list[str] = []
    owner: dict[str, str] = {}
    for name, chosen in config.keys.items():
        place = _("{source}: keys.{name}").format(source=chosen.source, name=printable(name))
        try:
            if name not in BY_NAME:
                raise BadInput(_("there is no such key") + did_you_mean(name, BY_NAME))
            keys = tuple((_named(written), written) for written in chosen.value)
            for key, written in keys:
                if owner.get(key, name) != name:
                    raise BadInput(_("{key} is keys.{other} already").format(key=written, other=owner[key]))
        except BadInput as error:
            objections.append(f"{place}: {error}")
            continue
        own[name] = keys
        owner |= {key: name for key, _written in keys}
    found = Keymap(own)
    return found, (*objections, *_robbed(config, found, owner))


def _robbed(config: Config, keymap: Keymap, owner: Mapping[str, str]) -> Iterator[str]:
    for row in KEYS:
        if not keymap.keys(row):
            taker = owner[row.keys[0]]
            said = _("{key} was the key of {other}, which has none now; ctrl+p finds it")
            place = _("{source}: keys.{name}").format(source=config.keys[taker].source, name=taker)
            yield f"{place}: " + said.format(key=row.shown, other=row.name)


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
