"""What fails in the background is told, whatever it was, and ends neither the program nor the next key."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from tests.drive import press, program
from tuibp.app.background import Background
from tuibp.app.desk import Desk
from tuibp.files import load

REASON = "no such luck"

KINDS = {
    "the check of a gradient": ("digits", "5", "tuibp.app.checking.checked", "The check of the gradient"),
    "the mean over all examples": ("digits", "u", "tuibp.app.averaging.cost", "C of all examples"),
    "the share that is right": ("digits", "c c", "tuibp.app.measuring.judged", "How many are right"),
    "a replay": ("xor", "u u R", "tuibp.session.log.Log.state", "That moment"),
    "training": ("xor", "t", "tuibp.session.training_run.TrainingRun.advance", "The next update"),
    "the curve of all examples": ("xor", "tab [ c", "tuibp.render.nudge_curve.compute_curve", "C of all examples"),
    "the race": ("xor", "r", "tuibp.core.race.race", "The race"),
    "a preview": ("xor", "o", "tuibp.app.screens.picker.load_once", "The preview of"),
}


def fail(*_given: object, **_named: object) -> object:
    raise ArithmeticError(REASON)


def fail_at_the_first(*_given: object, **_named: object) -> object:
    yield fail()


@pytest.mark.parametrize("kind", KINDS)
async def test_what_fails_is_told_and_the_next_key_is_answered(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target, keys, broken, what = KINDS[kind]
    for room in ("awaited", "checking", "averaging"):
        monkeypatch.setattr(f"tuibp.app.{room}.AT_ONCE", -1)
    async with program(target, (120, 40)) as (app, pilot):
        *before, last = keys.split()
        await press(pilot, " ".join(before))
        monkeypatch.setattr(broken, fail_at_the_first if kind == "the race" else fail)
        await press(pilot, last if kind != "a replay" else "<")
        for _look in range(200):
            if what in app.desk.message:
                break
            await asyncio.sleep(0.02)
            await pilot.pause()
        assert app.desk.message.startswith(what)
        assert app.desk.message.endswith(f"could not be computed: {REASON}")
        await pilot.pause()
        assert REASON in app.text()
        assert not app.desk.training
        assert app.desk.awaited is None
        await press(pilot, "escape v")
        assert app.is_running
        assert REASON not in app.desk.message  # it is not tried again and again


def test_an_error_that_says_nothing_is_told_by_its_kind() -> None:
    told: list[tuple[str, str]] = []
    over = Background(lambda *failed: told.append(failed))("C", lambda: (_ for _ in ()).throw(MemoryError()))
    assert over.wait(5)
    assert told == [("C", "MemoryError")]


def test_without_a_program_around_it_work_can_be_done_directly() -> None:
    desk = Desk.of(load("digits"))
    desk.background.directly = True
    done = Event()
    assert desk.background("C", done.set).is_set()
    assert done.is_set()
