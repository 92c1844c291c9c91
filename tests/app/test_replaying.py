"""Going to a moment that takes long to replay: the interface goes on meanwhile."""

from __future__ import annotations

import asyncio
from time import monotonic, sleep

import pytest
from textual.pilot import Pilot

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.replaying import Replay
from tuibp.session import log
from tuibp.session.commands import Train
from tuibp.session.log import Log


async def arrived(app: TuibpApp, pilot: Pilot[None]) -> None:
    until = monotonic() + 20
    while app.desk.awaited is not None and monotonic() < until:
        await asyncio.sleep(0.005)
        await pilot.pause()
    await pilot.pause()


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every replay is said to take long, and does: it looks up every 50 updates or so, and then rests."""
    heed = Replay.heed

    def slow(replay: Replay, made: int, total: int) -> None:
        sleep(0.05)
        heed(replay, made, total)

    monkeypatch.setattr(Replay, "heed", slow)
    monkeypatch.setattr(log, "PIECE", 0.6e-3)
    monkeypatch.setattr(Log, "seconds_to", lambda kept, moment: 1.0 if kept._recent.get(moment) is None else 0.0)


def train(app: TuibpApp, updates: int) -> None:
    """A run of which only the ends are kept."""
    app.desk.do(Train(updates))
    app.desk.history.log.pin((len(app.desk.history.log.entries) - 1, updates), app.desk.state)


@pytest.mark.usefixtures("forgetful")
async def test_keys_answer_while_a_moment_is_replayed_and_it_is_the_same_moment() -> None:
    async with program("mazur") as (app, pilot):
        train(app, 1_000)
        await pilot.press("less_than_sign")
        assert app.desk.awaited is not None
        before = app.desk.state.update
        await press(pilot, "right v")
        assert app.desk.view.cursor is not None
        assert app.desk.view.lens == "a"
        if app.desk.awaited is not None:
            assert "Replaying" in app.text()
            await press(pilot, "u")
            assert app.desk.awaited is None or app.desk.state.update == before
        await arrived(app, pilot)
        assert app.desk.state.update == 999
        there = app.desk.state.network.digest()
        await press(pilot, ">")
        assert app.desk.state.update == 1_000
        await press(pilot, "<")
        await arrived(app, pilot)
        assert app.desk.state.network.digest() == there


@pytest.mark.usefixtures("forgetful")
async def test_esc_stops_a_replay_where_it_stood_before() -> None:
    async with program("mazur") as (app, pilot):
        train(app, 20_000)
        length = app.desk.history.length
        started = monotonic()
        await pilot.press("less_than_sign")
        await press(pilot, "esc")
        await arrived(app, pilot)
        assert monotonic() - started < 5
        assert (app.desk.state.update, app.desk.history.length) == (20_000, length)
        assert "Stopped" in app.text()
        await press(pilot, "space")
        assert app.desk.state.stop.step == "feedforward"


async def test_what_takes_no_time_is_there_at_once() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "<")
        assert app.desk.awaited is None
        assert app.desk.state.update == 430
