"""`tuibp config`: a person's own choices, each with the place that it comes from, as TOML to copy from."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tuibp.app.keymap import Keymap, Row
from tuibp.files.config import DEFAULT, Config, read_config
from tuibp.locale import _

SUMMARY = _("Print your own choices, theme to keys, as TOML: what each is and where it comes from.")
EXAMPLE = "tuibp config"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from tuibp.headless.arguments import add_json

    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.app.own_keys import keymap_of

    config = read_config(os.environ)
    keymap, objections = keymap_of(config, panels=True)
    if args.json:
        from tuibp.headless.output import print_json

        print_json(contract(config, keymap, (*config.objections, *objections)))
    else:
        from tuibp.headless.output import say

        for line in lines(config, keymap):
            say(line)
        for objection in (*config.objections, *objections):
            print(f"tuibp: {objection}", file=sys.stderr)
    return 2 if config.objections or objections else 0


def contract(config: Config, keymap: Keymap, objections: tuple[str, ...]) -> dict[str, Any]:
    """The same as one object."""
    return {
        "file": None if config.path is None else str(config.path),
        "settings": {name: {"value": c.value, "source": c.source} for name, c in config.settings.items()},
        "keys": {name: {"value": keys, "source": source} for name, keys, source in _keys(config, keymap)},
        "objections": objections,
    }


def lines(config: Config, keymap: Keymap) -> Iterator[str]:
    """TOML that says the same again where it is put into the file."""
    there = config.path is not None and config.path.exists()
    said = _("# {file}") if there else _("# {file} (there is no such file)")
    yield said.format(file=config.path or "~/.config/tuibp/config.toml")
    for name, chosen in config.settings.items():
        yield _line(name, chosen.value, chosen.source)
    yield from ("", "[keys]")
    for name, keys, source in _keys(config, keymap):
        yield _line(name, keys[0] if len(keys) == 1 else list(keys), source)


def _keys(config: Config, keymap: Keymap) -> Iterator[tuple[str, tuple[str, ...], str]]:
    from tuibp.app.doors import panels
    from tuibp.app.keys import KEYS

    told: set[str] = set()
    rooms: list[Sequence[Row]] = [KEYS, *panels()]
    for room in rooms:
        for row in room:
            if row.name in told:
                continue
            told.add(row.name)
            if row.name in keymap.own:
                yield row.name, tuple(written for _key, written in keymap.own[row.name]), config.keys[row.name].source
            elif keys := keymap.keys(row, room):
                yield row.name, tuple(_plain(key, row) for key in keys), DEFAULT


def _plain(key: str, row: Row) -> str:
    """A key of the table as a person writes it: `?`, not `question_mark`."""
    import unicodedata

    from textual.keys import _character_to_key, _get_unicode_name_from_key

    if len(row.shown) == 1 and _character_to_key(row.shown) == key:
        return row.shown
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(key))
    except KeyError:
        return key
    return character if character.isprintable() and character != " " else key


def _line(name: str, value: object, source: str) -> str:
    return f"{name + ' = ' + json.dumps(value, ensure_ascii=False):<30}  # {source}"
