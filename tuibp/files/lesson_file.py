"""A lesson's file: strictly read, nothing in it evaluated.

title                 text in both languages: { en = "…", zh_TW = "…" }
[[page]]
text, after           the same
preset                what is open, with lines behind it or not (`files.plus`); without it, that of the page before
keys                  as for `play --keys`, from the preset's opening; without it, the preset as it opens
cursor                { layer = 3, neuron = 1 }, and weight = 2 or bias = true
until                 fields of `play --json`: { step = "output_error", update = { at_least = 1 } }
ask                   a question of `core.questions`, or a list of them
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tuibp.core.index import counted
from tuibp.core.questions import KINDS, Ask
from tuibp.files.bounds import LAYERS, NEURONS
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.folder import lesson_folder, lesson_names, preset_names
from tuibp.files.lesson import Condition, Lesson, Operator, Page, Spot, Text
from tuibp.files.nearest import did_you_mean
from tuibp.files.plus import PLUS
from tuibp.files.table import Table
from tuibp.files.toml_file import read_toml
from tuibp.locale import _

PAGES, ASKS = 60, 12
"""In a lesson; on a page."""
LENGTH = 600
"""Characters of a text that are read; what is shipped is far shorter."""
KEYS, PRESSES = 200, 500
"""Words of a page's keys, and keys that they press."""

FIELDS: Mapping[str, Any] = {
    "preset": str, "example": int, "update": int, "eta": float, "cost": float, "step_size": str, "lens": str,
    "panel": str, "code": str, "plot": str, "screen": str, "training": bool, "own": bool,
    "place": {"step": str, "layer": int, "j": int, "k": int},
    "cursor": {"layer": int, "j": int, "k": int},
    "nudge": {"layer": int, "j": int, "k": int, "delta": float},
}  # fmt: skip
"""What can be asked for of the state, by the names of `play --json`; `step` stands for place's."""
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "not")
_TIMES = re.compile(r"(.+)\*(\d{1,3})")


def load_lesson(name: str, known_keys: Container[str]) -> Lesson:
    """A shipped lesson by its name, or a .toml file. Raises BadInput, one line with file, place and reason."""
    if name in lesson_names():
        return _shipped(name, known_keys if isinstance(known_keys, frozenset) else frozenset())
    path = Path(name)
    if path.suffix.lower() != ".toml":
        raise BadInput(
            _("{name}: there is no such lesson").format(name=printable_path(name)) + did_you_mean(name, lesson_names())
        )
    return _read(path, printable(path.stem), str(path.absolute()), known_keys)


@cache
def _shipped(name: str, known_keys: frozenset[str]) -> Lesson:
    return _read(lesson_folder() / f"{name}.toml", name, name, known_keys)


def _read(path: Path, name: str, source: str, known_keys: Container[str]) -> Lesson:
    top = Table(name if source == name else printable_path(path), "", read_toml(path))
    top.only(("title", "page"))
    title = _text(top, "title")
    pages: list[Page] = []
    for table in top.tables("page", PAGES):
        pages.append(_page(table, pages[-1].preset if pages else None, known_keys))
    if not pages:
        raise top.bad("page", _("a lesson has pages"))
    return Lesson(name, title, tuple(pages), source)


def _page(table: Table, preset: str | None, known_keys: Container[str]) -> Page:
    table.only(("text", "preset", "keys", "cursor", "until", "ask", "after"))
    if table.has("preset") or preset is None:
        preset = _preset(table)
    after = _text(table, "after") if table.has("after") else None
    until = tuple(_conditions(table.table("until"), FIELDS, ())) if table.has("until") else ()
    return Page(
        _text(table, "text"), preset, _keys(table, known_keys), _spot(table), until, _asks(table), after
    )  # fmt: skip


def _preset(table: Table) -> str:
    """A shipped network, which may have lines of its own behind it: `linear-neurons + [training] eta = 0.3`."""
    name, plus, lines = table.text("preset", length=LENGTH).partition(PLUS)
    return table.one_of("preset", name, preset_names()) + plus + lines


def _text(table: Table, name: str) -> Text:
    inner = table.table(name)
    inner.only(("en", "zh_TW"))
    return Text(inner.text("en", length=LENGTH), inner.text("zh_TW", length=LENGTH))


def _keys(table: Table, known: Container[str]) -> tuple[str, ...]:
    keys: list[str] = []
    words = table.text("keys", "", 10 * KEYS).split()
    for word in words[: KEYS + 1]:
        match = _TIMES.fullmatch(word)
        key, times = (match[1], int(match[2])) if match else (word, 1)
        if key not in known:
            raise table.bad(
                "keys", _("there is no key {word} that a page may press").format(word=repr(printable(key, 40)))
            )
        keys += [key] * times
    if len(words) > KEYS or len(keys) > PRESSES:
        raise table.bad("keys", _("presses more than {most} keys").format(most=PRESSES))
    return tuple(keys)


def _spot(table: Table) -> Spot | None:
    if not table.has("cursor"):
        return None
    inner = table.table("cursor")
    inner.only(("layer", "neuron", "weight", "bias"))
    if inner.has("weight") and inner.has("bias"):
        raise inner.bad("bias", _("a cursor is on a weight or on a bias, not on both"))
    weight = counted(inner.whole("weight", low=1, high=NEURONS)) if inner.has("weight") else None
    return Spot(_layer(inner), _neuron(inner), weight, inner.truth("bias", False))


def _layer(table: Table) -> int:
    return counted(table.whole("layer", low=1, high=LAYERS))


def _neuron(table: Table) -> int:
    return counted(table.whole("neuron", low=1, high=NEURONS))


def _asks(table: Table) -> tuple[Ask, ...]:
    if not table.has("ask"):
        return ()
    given = table.get("ask")
    if isinstance(given, Mapping):
        return (_ask(table.table("ask")),)
    return tuple(_ask(inner) for inner in table.tables("ask", ASKS))


def _ask(table: Table) -> Ask:
    what = table.word("what", KINDS)
    kind = KINDS[what]
    table.only(("what", *kind.needs, *kind.takes))
    for name in kind.needs:
        table.get(name)
    return Ask(
        what,
        _layer(table) if table.has("layer") else None,
        _neuron(table) if table.has("neuron") else None,
        counted(table.whole("weight", low=1, high=NEURONS)) if table.has("weight") else None,
        table.number("by", low=-1e6, high=1e6) if table.has("by") else None,
        table.word("of", ("z", "a", "delta", "gradient")) if table.has("of") else None,
        table.text("mistake") if table.has("mistake") else None,
    )


def _conditions(table: Table, fields: Mapping[str, Any], path: tuple[str, ...]) -> list[Condition]:
    shorter = () if path else ("step",)
    table.only((*fields, *shorter))
    found: list[Condition] = []
    for name, value in table.values.items():
        full = ("place", "step") if not path and name == "step" else (*path, name)
        wanted = str if name == "step" else fields[name]
        if isinstance(wanted, Mapping) and not isinstance(value, bool):
            found += _conditions(table.table(name), wanted, full)
        elif isinstance(value, Mapping):
            found += _compared(table.table(name), full)
        else:
            found.append(Condition(full, "is", _value(table, name, bool if isinstance(wanted, Mapping) else wanted)))
    return found


def _compared(table: Table, full: tuple[str, ...]) -> list[Condition]:
    table.only(OPERATORS)
    return [
        Condition(full, operator, table.get(operator) if operator == "not" else table.number(operator))
        for operator in OPERATORS
        if table.has(operator)
    ]


def _value(table: Table, name: str, wanted: type) -> str | float | bool:
    if wanted is str:
        return table.text(name)
    if isinstance(table.get(name), bool):
        return table.truth(name)
    return table.number(name)
