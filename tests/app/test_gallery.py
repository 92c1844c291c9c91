"""The gallery of mistakes on the open network: what a check says, both curves, why nothing changes, the question."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.gallery import Gallery
from tuibp.core.mistakes.gallery import exhibit, task_of, trained
from tuibp.core.mistakes.table import BY_NAME, MISTAKES
from tuibp.files import load


async def made(app: TuibpApp, pilot: Pilot[Any]) -> Gallery:
    """The screen, once what is chosen is made."""
    screen = app.screen
    assert isinstance(screen, Gallery)
    while (shown := screen._seen.get(screen._chosen)) is None or not (shown.over or shown.why_nothing):
        await asyncio.sleep(0.02)
    await pilot.pause()
    return screen


def said(app: TuibpApp) -> str:
    """What stands beside the list, its lines joined."""
    return " ".join(" ".join(line[32:].strip("│ ") for line in app.text().splitlines()).split())


async def test_the_right_form_stands_first_then_what_a_mistake_does_here() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "G")
        await made(app, pilot)
        assert "agrees with a complex" in said(app)
        names = [m.name for m in MISTAKES]
        tens, ones = divmod(names.index("sign_of_error") + 1, 10)
        await press(pilot, " ".join(["pagedown"] * tens + ["down"] * ones))
        await made(app, pilot)
        assert ("The gradient check fails" in said(app), "does not fall" in said(app)) == (True, True)
        assert max(len(line) for line in app.text().splitlines()) <= 80
        await press(pilot, "esc")
        assert not isinstance(app.screen, Gallery)


async def test_it_asks_which_mistake_it_is_and_no_key_is_silent() -> None:
    async with program("xor", (120, 40)) as (app, pilot):
        await press(pilot, "G 1")
        assert app.desk.message == "There is no open question: a asks one."
        await press(pilot, "up")
        assert app.desk.message == "That is the first one."
        await press(pilot, "a")
        screen = await made(app, pilot)
        question = screen._question
        assert question is not None
        assert "Which mistake is it?" in app.text()
        await press(pilot, str(question.right + 1))
        assert ("Right." in app.text(), "1 of 1 right" in app.text()) == (True, True)


@pytest.mark.parametrize(
    ("preset", "name", "reason"),
    [
        ("mazur", "mean_missing", "one example"),
        ("xor", "decay_not_divided", "weight decay"),
        ("mazur", "softmax_diagonal_only", "no softmax"),
        ("mazur", "slope_extra_cross_entropy", "with cross-entropy"),
        ("mazur", "relu_mask_at_zero", "relu"),
        ("digits", "gradients_not_zeroed", "mini-batch before"),
        ("xor", "adam_betas_swapped", "with Adam"),
        ("xor", "adamw_coupled_decay", "with AdamW and λ"),
        ("xor", "momentum_damped", "with momentum"),
    ],
)
def test_where_a_mistake_changes_nothing_it_says_what_would_let_it_show(preset: str, name: str, reason: str) -> None:
    opened = load(preset)
    shown = exhibit(task_of(opened.network, opened.data, opened.training), BY_NAME[name])
    assert shown.first is None
    assert reason in shown.why_nothing


def test_the_check_fails_where_the_form_is_wrong_and_the_copy_may_learn_all_the_same() -> None:
    opened = load("mazur")
    task = task_of(opened.network, opened.data, opened.training)
    shown = exhibit(task, BY_NAME["w_not_transposed"])
    assert ("grad_w", 1) in [f.key for f in shown.failed]
    for _record in trained(shown, opened.data, opened.training):
        pass
    assert shown.over
    assert len(shown.costs) == len(shown.right_costs) == len(shown.updates)
    assert shown.costs[-1] < shown.costs[0]
    right = exhibit(task, None)
    list(trained(right, opened.data, opened.training))
    assert np.allclose(right.costs, shown.right_costs)
