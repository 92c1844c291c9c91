"""What takes longer than a key may is made in the background: the screen says how far it is, and can be left."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from tests.app.pressing import settled
from tests.drive import press, program
from tuibp.app.background import Background
from tuibp.app.making import Making, Told
from tuibp.core.matrix_form import LARGEST
from tuibp.core.network import Network, NetworkError, initialise

SCREENS = {
    "4 P": ("tuibp.app.screens.proof.prove", "The proof", "Proof of BP2"),
    "4 m": ("tuibp.app.screens.matrices.matrix_form", "The matrix form", "product 1 of 3"),
    "5 p b": ("tuibp.app.screens.brackets.bracket", "The bracketing", "written out"),
    "b": ("tuibp.app.screens.batch.mini_batch", "The mini-batch", "a mean of"),
}


def held(work: Callable[..., object], until: Event) -> Callable[..., object]:
    def waits(*given: object, **named: object) -> object:
        assert until.wait(20)
        return work(*given, **named)

    return waits


@pytest.mark.parametrize("keys", SCREENS)
async def test_keys_are_answered_while_a_screen_is_made(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    monkeypatch.setattr("tuibp.app.making.AT_ONCE", -1)
    broken, what, made = SCREENS[keys]
    room, name = broken.rsplit(".", 1)
    go_on = Event()
    monkeypatch.setattr(broken, held(getattr(importlib.import_module(room), name), go_on))
    async with program("mazur" if made != "a mean of" else "iris", (80, 24)) as (app, pilot):
        await press(pilot, keys)
        text = app.text()
        assert what in text
        assert "esc does not wait" in text
        assert made not in text
        await press(pilot, "space backspace down right u home end")
        assert "esc does not wait" in app.text()
        await press(pilot, "escape")
        assert what not in app.text()
        await press(pilot, keys.split()[-1])
        assert "esc does not wait" in app.text()
        go_on.set()
        for _look in range(200):
            await settled(app, pilot)
            if made in app.text():
                break
        assert made in app.text()


def network() -> Network:
    return initialise((50, 60, 5), "sigmoid", "quadratic", "scaled", seed=1)


def test_of_many_the_last_counts_and_the_others_are_given_up() -> None:
    ended, first_waits = Event(), Event()
    making: Making[int] = Making("One", lambda: None, Background(lambda *_failed: pytest.fail("told as a failure")))

    def long(told: Told) -> int:
        try:
            for _part in range(10_000):
                told(0.5)
                first_waits.wait(0.002)
        finally:
            ended.set()
        return 1

    making.make(network(), long)
    assert making.under_way
    assert making.share == 0.5
    making.make(network(), lambda _told: 2)
    assert ended.wait(5)
    assert making.value == 2
    assert not making.under_way


def test_what_is_refused_leaves_the_value_before() -> None:
    def refuse(_told: Told) -> int:
        raise NetworkError("no such layer")

    making: Making[int] = Making("One", lambda: None, Background(lambda *_failed: None))
    making.make(network(), lambda _told: 1)
    making.make(network(), refuse)
    assert (making.value, making.refused) == (1, "no such layer")


async def test_a_matrix_that_would_be_too_large_is_said_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibp.core.matrix_form.LARGEST", 3)
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 m")
        assert "at most 3" in app.text()
        await press(pilot, "escape")
        assert "at most 3" not in app.text()
    assert LARGEST > 3
