"""The lines behind a saved session put into its tables, which then read as if all had been saved whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuibp.files.errors import BadInput
from tuibp.files.strict_json import parse
from tuibp.files.table import Table
from tuibp.locale import _

LINES = 500
"""Lines that are written behind a session before it is saved whole again; twice as many are read."""
TRIPLE = 3
"""Doubles that base64 packs into whole characters: 24 bytes in 32 of them."""
KEYS = ("keep", "commands", "presets", "floor", "at", "state", "view")


@dataclass(frozen=True)
class Anchor:
    """The last state that was saved with its numbers, and the moment it belongs to."""

    at: int
    """After so many entries,"""
    updates: int | None
    """and, where the last of them is a run that went on, so many of its updates."""
    state: Any
    """Its table, not yet believed."""


@dataclass(frozen=True, eq=False)
class Lines:
    values: dict[str, Any]
    """All tables, not yet believed."""
    anchor: Anchor | None = None
    torn: bool = False
    """Whether lines were dropped that had been begun or damaged."""


def put_together(file: str, text: str) -> Lines:
    """The tables of a session and of its lines. Raises BadInput where the session itself is none."""
    first = text.find("\n")
    if first < 0 or text[first - 1] != "}":  # somebody's, over several lines
        return Lines(parse(file, text))
    top = parse(file, text[:first])
    lines = text[first + 1 :].split("\n", 2 * LINES)
    made = _Merged(top)
    for line in lines[:-1]:  # what has no end of line was not finished
        try:
            made.add(Table(file, _("a line"), parse(file, line)))
        except (BadInput, RecursionError):
            return Lines(made.values, made.anchor, torn=True)
    return Lines(made.values, made.anchor, torn=bool(lines[-1]))


class _Merged:
    """A session's tables, with line after line put in."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = dict(values)
        state, at = values.get("state"), values.get("at")
        known = isinstance(state, dict) and "parameters" in state and type(at) is int
        self.anchor = Anchor(at, None, state) if known else None  # type: ignore[arg-type]  # `known` says that it is one

    def add(self, line: Table) -> None:
        """Raises BadInput, with all as it was."""
        line.only(KEYS)
        before = self.values.get("commands")
        before = before if isinstance(before, list) else []
        keep = line.whole("keep", high=len(before))
        commands = [dict(each.values) for each in line.tables("commands", 1_000_000)]
        run = before[keep] if keep < len(before) else None
        if commands and "from" in commands[0]:
            commands[0] = _grown(line, run, commands[0])
        at = line.whole("at", high=keep + len(commands))
        floor, state, view = line.whole("floor", high=1), line.table("state").values, line.table("view").values
        presets = {**line.table("presets", {}).values, **_table(self.values.get("presets"))}
        self._move_anchor(keep, run, commands[0] if commands else None)
        del before[keep:]
        before += commands
        self.values.update(commands=before, at=at, floor=floor, state=dict(state), view=view, presets=presets)

    def _move_anchor(self, keep: int, run: Any, now: dict[str, Any] | None) -> None:
        anchor = self.anchor
        if anchor is None or anchor.at <= keep:
            return
        made = anchor.updates or _updates(run)
        same = anchor.at == keep + 1 and made and now is not None and made <= _updates(now)
        self.anchor = Anchor(anchor.at, made, anchor.state) if same else None


def _updates(command: Any) -> int:
    """Of a run; 0 of anything else."""
    if not isinstance(command, dict) or command.get("do") != "train":
        return 0
    updates = command.get("updates")
    return updates if type(updates) is int else 0


def _grown(line: Table, run: Any, command: dict[str, Any]) -> dict[str, Any]:
    """A run with the costs that stood already before those that came."""
    kept, costs, more = command.pop("from"), _table(run).get("costs"), command.get("costs")
    if type(kept) is not int or kept % TRIPLE or not isinstance(costs, str) or not isinstance(more, str):
        raise line.bad("from", _("does not fit the run"))
    length = kept // TRIPLE * 32
    if not 0 <= length <= len(costs):
        raise line.bad("from", _("does not fit the run"))
    return {**command, "costs": costs[:length] + more}


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
