"""Commands as JSON and back. Layers, neurons, examples and entries count from 1 there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from tuibp.core.index import counted, shown
from tuibp.core.network import SCHEMES
from tuibp.core.nudge import Kind
from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.commands import (
    THEN,
    ChooseExample,
    Command,
    GoTo,
    Keep,
    Open,
    PutBack,
    Reset,
    SetNudge,
    SetSetting,
    Step,
    TakeExample,
    Train,
    Update,
    Visit,
)
from tuibp.session.own import Own
from tuibp.session.place import STEP_SIZES
from tuibp.session.state import Nudge
from tuibp.session.stepping import WHERES

MOST = 10**12
"""Updates in one run."""
TARGET_LENGTH = 4096
MOST_NUMBERS = 1_000_000
"""Of an example of one's own."""


def as_table(command: Command) -> dict[str, Any]:
    match command:
        case Step(size):
            return {"do": "step", "size": size}
        case GoTo(where):
            return {"do": "go_to", "where": where}
        case Train(updates):
            return {"do": "train", "updates": updates}
        case Visit(entry, offset, whole):
            return {"do": "visit", "entry": shown(entry), "offset": offset, "whole": whole}
        case ChooseExample(row):
            return {"do": "choose_example", "example": shown(row)}
        case TakeExample():
            return {"do": "take_example", **own_table(command)}
        case SetSetting(name, value):
            return {"do": "set", "name": name, "value": value}
        case SetNudge(nudge):
            return {"do": "nudge", **nudge_table(nudge)}
        case Open(target):
            return {"do": "open", "target": target}
        case Reset(seed, scheme):
            return {"do": "reset", "seed": seed, **({} if scheme is None else {"scheme": scheme})}
        case Update(then):
            return {"do": "update", "then": then}
        case Keep():
            return {"do": "keep"}
        case _:
            return {"do": "put_back"}


def from_table(table: Table) -> Command:
    """The command of a table; keys beside its own may stand there. Raises BadInput."""
    return _READERS[table.word("do", _READERS)](table)


def nudge_table(nudge: Nudge) -> dict[str, Any]:
    table: dict[str, Any] = {"kind": nudge.kind, "delta": nudge.delta}
    if nudge.kind == "direction":
        return {**table, "direction": nudge.direction, "seed": nudge.seed}
    return {**table, "layer": shown(nudge.layer), "j": shown(nudge.j), "k": None if nudge.k is None else shown(nudge.k)}


def nudge_of(table: Table) -> Nudge:
    kind, delta = table.word("kind", get_args(Kind)), table.number("delta")
    if kind == "direction":
        direction = table.word("direction", ("gradient", "random"))
        return Nudge("direction", delta, direction=direction, seed=table.whole("seed"))  # type: ignore[arg-type]  # one of the two
    k = optional(table, "k", 1)
    layer, j = counted(table.whole("layer", low=1)), counted(table.whole("j", low=1))
    return Nudge(kind, delta, layer, j, None if k is None else counted(k))  # type: ignore[arg-type]  # one of Kind


def own_table(own: Own | TakeExample) -> dict[str, Any]:
    return {"x": list(own.x), "y": None if own.y is None else list(own.y)}


def own_of(table: Table) -> Own:
    """An example of one's own; whether it fits the network is not asked here. Raises BadInput."""
    y = None if table.get("y") is None else _numbers(table, "y")
    return Own(_numbers(table, "x"), y)


def _numbers(table: Table, name: str) -> tuple[float, ...]:
    items = table.items(name, MOST_NUMBERS)
    each = Table(table.file, table.path, {f"{name}[{n}]": item for n, item in enumerate(items, start=1)})
    return tuple(each.number(key) for key in each.values)


def _take_example(table: Table) -> TakeExample:
    own = own_of(table)
    return TakeExample(own.x, own.y)


def optional(table: Table, name: str, low: int = 0) -> int | None:
    """A whole number or null."""
    return None if table.get(name) is None else table.whole(name, low=low)


def _go_to(table: Table) -> GoTo:
    where = table.get("where")
    if type(where) not in (int, str) or where not in WHERES:
        raise table.bad("where", _("must be start, end or 1 to 5"))
    return GoTo(where)


def _set(table: Table) -> SetSetting:
    name = table.text("name")
    if isinstance(table.get("value"), bool):
        return SetSetting(name, table.truth("value"))
    if isinstance(table.get("value"), str):
        return SetSetting(name, table.text("value"))
    return SetSetting(name, table.number("value") if isinstance(table.get("value"), float) else table.whole("value"))


def target_of(table: Table, name: str = "target") -> str:
    target = table.get(name)
    if not isinstance(target, str) or not 0 < len(target) <= TARGET_LENGTH:
        raise table.bad(name, _("must be a preset's name or a path"))
    return target


_READERS: dict[str, Callable[[Table], Command]] = {
    "step": lambda t: Step(t.word("size", STEP_SIZES)),  # type: ignore[arg-type]  # one of STEP_SIZES
    "go_to": _go_to,
    "update": lambda t: Update(t.word("then", THEN, "next")),  # type: ignore[arg-type]  # one of THEN
    "train": lambda t: Train(t.whole("updates", low=1, high=MOST)),
    "visit": lambda t: Visit(counted(t.whole("entry", low=1)), t.whole("offset"), t.truth("whole", False)),
    "choose_example": lambda t: ChooseExample(counted(t.whole("example", low=1))),
    "take_example": _take_example,
    "set": _set,
    "nudge": lambda t: SetNudge(nudge_of(t)),
    "keep": lambda _table: Keep(),
    "put_back": lambda _table: PutBack(),
    "open": lambda t: Open(target_of(t)),
    "reset": lambda t: Reset(optional(t, "seed"), t.word("scheme", SCHEMES) if t.has("scheme") else None),
}
