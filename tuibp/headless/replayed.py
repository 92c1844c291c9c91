"""The screens of a saved session, one after another: what each command led to, and what was looked at there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.segment import Segment

from tuibp.session.commands import Command, Update
from tuibp.session.history import History
from tuibp.session.looks import Look
from tuibp.session.view import View

if TYPE_CHECKING:
    from tuibp.app.app import TuibpApp
    from tuibp.app.desk import Desk

Add = Callable[[Sequence[Iterable[Segment]], "Shot"], None]


@dataclass(frozen=True)
class Shot:
    """A screen to be drawn."""

    count: int
    """After so many commands of the log."""
    view: View
    pressed: tuple[str, ...] = ()
    command: Command | None = None
    """What was done to come here; None for a further look, and for the beginning."""


def shots_of(history: History, view: View, looks: Iterable[Look]) -> list[Shot]:
    """Every command with what was looked at after it; a command after which nothing is known as it is seen at first,
    and the end as it was left."""
    log, floor = history.log, history.floor
    by_count: dict[int, list[Shot]] = {}
    for look in looks:
        if look.after >= floor:
            by_count.setdefault(look.after, []).append(Shot(look.after, look.view, look.pressed))
    where = floor + history.at
    shots: list[Shot] = []
    for count in range(floor, len(log.entries) + 1):
        here = by_count.get(count, [])
        if count == where and not (here and here[-1].view == view and not here[-1].pressed):
            here.append(Shot(count, view))
        here = here or [Shot(count, View())]
        command = log.entries[count - 1].command if count > floor else None
        shots += [Shot(count, here[0].view, here[0].pressed, command), *here[1:]]
    return shots


class Projector:
    """Draws shots with the program's own panels, and with the program itself where a screen lies over the main one."""

    def __init__(self, desk: Desk, size: tuple[int, int], light: bool) -> None:
        from tuibp.app.stage import Stage

        self._desk, self._size, self._light = desk, size, light
        self._log, self._floor = desk.history.log, desk.history.floor
        self._stage = Stage(desk, lambda _work: None)
        desk.background.directly = True

    def show(self, shots: Sequence[Shot], add: Add) -> None:
        """Give the rows of each shot to `add`."""
        if any(shot.pressed for shot in shots):
            asyncio.run(self._with_screens(shots, add))
        else:
            for shot in shots:
                self._set(shot)
                add(self._stage.whole(*self._size), shot)

    def _set(self, shot: Shot) -> None:
        """Put the moment on the desk."""
        desk, log = self._desk, self._log
        desk.history = History.resume(log, shot.count, self._floor, log.state(log.moment_after(shot.count)))
        updated = isinstance(shot.command, Update)
        desk.before = log.state(log.moment_after(shot.count - 1)) if updated else None
        desk.view = shot.view
        desk.say("")

    async def _with_screens(self, shots: Sequence[Shot], add: Add) -> None:
        from tuibp.app.app import TuibpApp
        from tuibp.app.terminal import Terminal

        app = TuibpApp(self._desk, Terminal(light=self._light))
        open_: Shot | None = None
        async with app.run_test(size=self._size) as pilot:
            for shot in shots:
                if not shot.pressed:
                    self._set(shot)
                    add(self._stage.whole(*self._size), shot)
                    continue
                more = _more(open_, shot)
                if more is None:
                    await _to_main(app, pilot)
                    self._set(shot)
                    app.open(shot.pressed[0])
                    await pilot.pause()
                    more = shot.pressed[1:]
                for action in more:
                    await _act(app, action)
                    await pilot.pause()
                app.paint()
                await pilot.pause()
                add(app.strips(), shot)
                open_ = shot


def _more(before: Shot | None, now: Shot) -> tuple[str, ...] | None:
    """The keys by which one came from a shot of a screen to the next; None where it is not the same screen."""
    if before is None or (before.count, before.view) != (now.count, now.view):
        return None
    done = before.pressed
    return now.pressed[len(done) :] if now.pressed[: len(done)] == done else None


async def _to_main(app: TuibpApp, pilot: Any) -> None:
    while len(app.screen_stack) > 2:
        app.pop_screen()
        await pilot.pause()


async def _act(app: TuibpApp, action: str) -> None:
    """What a key of the screen that is seen does, if it has that key; on the main screen, nothing."""
    from tuibp.app.screens.picture import PictureScreen

    screen = app.screen
    if isinstance(screen, PictureScreen) and any(row.action == action for row in screen.key_rows()):
        await screen.run_action(action)
