"""What of a state depends on no number of the network, so that it is known of every entry without replaying any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuibp.core.network import SCHEMES
from tuibp.core.training import Training
from tuibp.files.errors import BadInput
from tuibp.files.preset import Initial, Preset
from tuibp.locale import _
from tuibp.session.commands import (
    ChooseExample,
    GoTo,
    Loader,
    Open,
    Reset,
    SetSetting,
    Step,
    TakeExample,
    Update,
    Visit,
)
from tuibp.session.entry import Entry
from tuibp.session.own import Own, checked
from tuibp.session.place import Place
from tuibp.session.settings import changed
from tuibp.session.state import State
from tuibp.session.stepping import after, destination, forwards


@dataclass(frozen=True, eq=False)
class Outline:
    preset: Preset
    """With its untrained start as it was at the beginning; a reset with another seed or scheme shows in `initial`."""
    initial: Initial | None
    """How its start is drawn now."""
    example: int
    settings: Training
    place: Place
    since: Place | None
    own: Own | None = None

    @staticmethod
    def of(state: State) -> Outline:
        initial = state.preset.initial
        return Outline(state.preset, initial, state.example, state.settings, state.place, state.since, state.own)


def visited(last: Outline, visit: Visit, there: Outline, entry: Entry) -> Outline:
    """What a visit to a moment of an entry, where it was as in `there`, makes of the outline before it.

    The network comes back. Example, step and settings stay, so that one sees the same image at another time; but at an
    update made from one example that example is shown, and another data set brings its own.
    """
    if visit.whole or there.preset.data is not last.preset.data:
        return there
    its = there if isinstance(entry.command, Update) else last
    return replace(there, example=its.example, own=its.own, settings=last.settings, place=last.place, since=last.since)


def arrived(visit: Visit, there: State, made: Outline) -> State:
    """The state that a visit leads to: the numbers of the moment visited, all else as its outline says."""
    if visit.whole:
        return there
    moved = there.trained(there.network, there.update, there.memory)
    return replace(
        moved, example=made.example, own=made.own, settings=made.settings, place=made.place, since=made.since
    )


def outlines(start: State, entries: Sequence[Entry], load: Loader) -> list[Outline]:
    """The outline after each entry. Raises BadInput for a setting or an example that there cannot be."""
    made: list[Outline] = []
    for entry in entries:
        made.append(_after(made[-1] if made else Outline.of(start), entry, made, entries, load, Outline.of(start)))
    return made


def _after(
    last: Outline, entry: Entry, made: list[Outline], entries: Sequence[Entry], load: Loader, start: Outline
) -> Outline:
    match entry.command:
        case Step(size):
            place = after(last.preset.network, last.place, size)
            return last if place == last.place else replace(last, place=place, since=last.place)
        case GoTo(where):
            place = destination(last.preset.network, where)
            return last if place == last.place else replace(last, place=place, since=None)
        case Update("next"):
            row = (last.example + 1) % len(last.preset.data)
            return replace(last, example=row, own=None, place=Place(), since=None)
        case ChooseExample(row):
            return replace(last, example=row, own=None)
        case TakeExample(x, y):
            own = checked(Own(x, y), last.preset.network)
            place = last.place if y is not None else forwards(last.preset.network, last.place)
            return replace(last, own=own, place=place, since=last.since if place == last.place else None)
        case SetSetting(name, value):
            return replace(last, settings=changed(last.settings, name, value, len(last.preset.data.train)))
        case Open(target):
            preset = load(target)
            return Outline(preset, preset.initial, preset.opening.example, preset.training, Place(), None)
        case Reset(seed, scheme):
            return replace(last, initial=_drawn(last.initial, seed, scheme))
        case Visit(i, offset):
            before = not offset and not isinstance(entries[i].command, Open)
            there = (made[i - 1] if i else start) if before else made[i]
            return visited(last, entry.command, there, entries[i])
        case _:
            return last


def _drawn(initial: Initial | None, seed: int | None, scheme: str | None) -> Initial | None:
    """How a start is drawn after a reset. Raises BadInput for a scheme that there is not."""
    if initial is None:
        return None
    if scheme is not None and scheme not in SCHEMES:
        raise BadInput(
            _("There is no start named {name}; there are {known}.").format(name=scheme, known=", ".join(SCHEMES))
        )
    return Initial(initial.scheme if scheme is None else scheme, initial.seed if seed is None else seed)
