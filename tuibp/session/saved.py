"""A session as text: its log, the state where it stands with a digest, and what is looked at.

It is JSON of commands and numbers, never code, and reading it opens no file but a preset's. The state is there so that
a session goes on where it stood without replaying it; where a replay is short it is made, and must come out the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import tuibp
from tuibp.files import load
from tuibp.files.errors import BadInput, printable
from tuibp.files.heed import tell
from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.commands import Loader, Open, Train, Update, Visit, untrained
from tuibp.session.curve import Costs, stretch_of
from tuibp.session.entry import Entry
from tuibp.session.history import History
from tuibp.session.keyframes import MEMORY
from tuibp.session.log import Log
from tuibp.session.looks import Looks
from tuibp.session.outline import outlines
from tuibp.session.packing import packed, unpacked
from tuibp.session.saved_commands import as_table, from_table, target_of
from tuibp.session.saved_lines import Anchor, Lines, put_together
from tuibp.session.saved_looks import looks_of, looks_table
from tuibp.session.saved_presets import CHARACTERS, preset_from, preset_table
from tuibp.session.saved_state import state_of, state_table, view_of, view_table
from tuibp.session.standing import Standing, standing
from tuibp.session.standing import target_of as target_at
from tuibp.session.state import State
from tuibp.session.training_run import TrainingRun
from tuibp.session.view import View

VERSION = 2
FIRST = 1
"""The oldest version that is read: there an update went on to the next example, and most commands back to step 1."""
"""The longest text that is read or written."""
VALUES = 4_000_000
"""The most commas and brackets in it: what they open takes memory."""
COMMANDS = 1_000_000
WORD = 1_000
"""Commands between words on how far it is."""
PRESETS = 1_000
APART = "\0parameters\0"
"""Stands for what is put in afterwards; no name that is saved holds a control character."""
LONGEST = 600.0
"""Seconds of replay, by estimate, that is made because the numbers were not saved."""
PATIENCE = 0.25
"""Seconds of replay, by estimate, up to which a saved session is replayed to see that it comes out the same."""
KEYS = ("tuibp", "version", "program", "target", "presets", "commands", "floor", "at", "state", "view", "looks")


@dataclass(frozen=True, eq=False)
class Restored:
    history: History
    view: View
    looks: Looks
    same: bool | None
    """Whether replaying the log gave the saved state to the bit; None where that would take long and was not tried."""

    torn: bool = False
    """Whether what was saved last was not whole, and left out."""

    @property
    def message(self) -> str:
        """What to tell the person."""
        if self.torn:
            return _("Resumed as far as the file is whole: its end was torn off.")
        if self.same is None:
            return _("Resumed where it was saved.")
        if self.same:
            return _("Resumed; a replay of the log agrees to the bit.")
        return _("Resumed as saved; a replay on this machine differs.")


def write(history: History, view: View, running: TrainingRun | None = None, looks: Looks | None = None) -> str:
    """The session as text, the run under way as far as it has come. Raises BadInput where it is too large to be read.

    May be called while another thread goes on with the session: what is written is one moment of it.
    """
    document = tables(history, standing(history, running), view)
    looked = [] if looks is None else looks_table(looks, history.log)
    return as_text({**document, "looks": looked} if looked else document)


def tables(history: History, now: Standing, view: View, numbers: bool = True) -> dict[str, Any]:
    """A session that stands there; without `numbers` its parameters are those that a replay gives."""
    log = history.log
    targets = {e.command.target: log.load(e.command.target) for e in now.entries if isinstance(e.command, Open)}
    base = log.start.preset
    presets = {base.source: base, **targets}
    return {
        "tuibp": "session",
        "version": VERSION,
        "program": tuibp.__version__,
        "target": base.source,
        "presets": {target: preset_table(target, preset) for target, preset in presets.items()},
        "commands": [entry_table(entry) for entry in now.entries],
        "floor": now.floor,
        "at": now.at,
        "state": {"target": target_at(history, now), **state_table(now.state, numbers)},
        "view": view_table(view),
    }


def as_text(document: dict[str, Any]) -> str:
    """Tables as text that `read` will take. Raises BadInput.

    What is packed needs no escaping: the parameters are put in afterwards, since writing JSON holds up other threads.
    """
    state = document["state"]
    numbers = state.get("parameters")
    rest = document if numbers is None else {**document, "state": {**state, "parameters": APART}}
    text = json.dumps(rest, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if not _readable(text, len(numbers or "")):
        raise BadInput(_("this session is too large to be saved"))
    before, mark, after = text.partition(json.dumps(APART))
    return "".join((before, '"' + numbers + '"' if numbers is not None and mark else mark, after, "\n"))


def read(text: str, load: Loader = load, file: str = "session", memory: int = MEMORY) -> Restored:
    """The session again, at the very same moment. Raises BadInput, one line with `file`, key and reason."""
    file = printable(file)
    if not _readable(text):
        raise BadInput(_("{file}: is too large for a saved session").format(file=file))
    try:
        with np.errstate(all="ignore"):
            lines = put_together(file, text)
            return _read(Table(file, "", lines.values), lines, load, memory)
    except RecursionError:
        raise BadInput(_("{file}: is nested too deeply").format(file=file)) from None


def _read(top: Table, lines: Lines, load: Loader, memory: int) -> Restored:
    if top.values.get("tuibp") != "session":
        raise BadInput(_("{file}: is not a saved session").format(file=top.file))
    version = top.whole("version")
    if not FIRST <= version <= VERSION:
        raise top.bad(
            "version", _("is {n}; this program reads {first} to {last}").format(n=version, first=FIRST, last=VERSION)
        )
    top.only(KEYS)
    table = top.table("presets")
    if len(table.values) > PRESETS:
        raise top.bad("presets", _("are too many"))
    presets = {name: preset_from(table.table(name), name, load) for name in table.values}

    def known(target: str) -> Any:
        if target not in presets:
            raise top.bad("presets", _("{target} is missing").format(target=printable(target)))
        return presets[target]

    start = untrained(known(target_of(top)))
    entries: list[Entry] = []
    commands = top.tables("commands", COMMANDS)
    for each in commands:
        if len(entries) % WORD == 0:
            tell(len(entries), len(commands))
        entries.append(_entry_of(each, entries, known))
    floor = top.whole("floor", high=min(1, len(entries)))
    at = top.whole("at", low=floor, high=len(entries))
    log = Log(start, known, memory)
    log.restore(entries, outlines(start, entries, known))
    saved_table = top.table("state")
    preset = known(target_of(saved_table))
    if saved_table.has("parameters"):
        saved = state_of(_without_target(saved_table, top), preset)
        state, same = _replayed(log, at, saved, PLACES if version < 2 else ())
    else:
        if lines.anchor is not None:
            _pin(log, lines.anchor, top, known)
        state, same = _made(log, at, saved_table)
    view, looks = view_of(top.table("view")), looks_of(top, log)
    return Restored(History.resume(log, at, floor, state), view, looks, same, lines.torn)


def _without_target(table: Table, top: Table) -> Table:
    return top.nested("state", {key: value for key, value in table.values.items() if key != "target"})


def _pin(log: Log, anchor: Anchor, top: Table, known: Loader) -> None:
    """Go on from the numbers that were saved last."""
    table = top.nested("state", anchor.state)
    saved = state_of(_without_target(table, top), known(target_of(table)))
    entry, end = log.moment_after(anchor.at)
    log.pin((entry, end if anchor.updates is None else anchor.updates), saved)


def _made(log: Log, at: int, kept: Table) -> tuple[State, bool]:
    """The state that the log makes of the numbers saved last, and whether it is the one that was saved."""
    moment = log.moment_after(at)
    if log.seconds_to(moment) > LONGEST:
        raise kept.bad("parameters", _("are missing, and take too long to be made again"))
    state = log.state(moment, tell)
    made = state_table(state, numbers=False)
    known = {key: value for key, value in made.items() if key != "scheme" or kept.has(key)}
    if isinstance(settings := kept.get("settings", None), dict):  # an older version knew fewer of them
        known["settings"] = {key: value for key, value in made["settings"].items() if key in settings}
    return state, all(kept.get(key, None) == value for key, value in known.items())


PLACES = ("place", "since")
"""What of a state depends on the rules of the version that made it, and no number does."""


def _replayed(log: Log, at: int, saved: State, but: Sequence[str]) -> tuple[State, bool | None]:
    """The state to go on with, and whether a replay gave it, leaving out `but` some of its keys."""
    moment = log.moment_after(at)
    if _seconds(log) > PATIENCE:
        log.pin(moment, saved)
        return saved, None
    try:
        state = log.state(moment)
    except BadInput:  # a command that cannot be done: the log is not the one that was saved
        state = log.start
    replayed, kept = state_table(state), state_table(saved)
    if replayed == kept and state.preset.data is saved.preset.data:
        return state, True
    log.pin(moment, saved)
    same = all(replayed[key] == kept[key] for key in kept if key not in but)
    return saved, same and state.preset.data is saved.preset.data


def _seconds(log: Log) -> float:
    """How long replaying everything takes, roughly."""
    return sum(20e-6 + entry.costs.count * log.seconds_an_update(i) for i, entry in enumerate(log.entries))


def entry_table(entry: Entry, since: int = 0) -> dict[str, Any]:
    """An entry; of its costs those from `since` on, where the others stand already."""
    table = as_table(entry.command)
    costs = entry.costs
    if not costs.count:
        return table
    table = {**table, "costs": packed(costs.means[since:]), **({"from": since} if since else {})}
    return table if costs.stretch == 1 else {**table, "stretch": costs.stretch}


def _entry_of(table: Table, before: list[Entry], known: Loader) -> Entry:
    command = from_table(table)
    if isinstance(command, Visit):
        inside = command.entry < len(before) and command.offset <= before[command.entry].end
        if not inside:
            raise table.bad("entry", _("is no earlier moment"))
    if isinstance(command, Train):
        return Entry(command, _costs(table, command.updates))
    if isinstance(command, Update):
        return Entry(command, _costs(table, 1))
    if isinstance(command, Open):
        updates = known(command.target).opening.updates
        return Entry(command, _costs(table, updates)) if updates else Entry(command)
    return Entry(command)


def _costs(table: Table, updates: int) -> Costs:
    stretch = table.whole("stretch", 1, low=1, high=2 * stretch_of(updates))
    means = unpacked(table, "costs", -(-updates // stretch))
    return Costs.of(means) if stretch == 1 else Costs(means, updates, stretch)


def _readable(text: str, more: int = 0) -> bool:
    return len(text) + more <= CHARACTERS and sum(map(text.count, ",[{")) <= VALUES
