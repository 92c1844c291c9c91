"""y copies what is under the cursor, to the last digit, by OSC 52; again its equation, again as code."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable

import numpy as np
import pytest

from tests.drive import press, program
from tuibp.app.output.clipboard import LONGEST, has_clipboard, osc52
from tuibp.app.terminal import Terminal
from tuibp.core.descent import Descent
from tuibp.session.state import State

SENT = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a")


async def test_the_number_its_equation_and_its_code_are_copied_one_after_the_other() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 y")
        delta = app.desk.state.walk.delta(1)[0]
        assert float(app.clipboard) == delta
        assert f"Copied: δ²₁ = {float(delta)!r}" in app.text()
        await press(pilot, "y")
        assert app.clipboard == "δ²₁ = (Σₖ w³ₖ₁ δ³ₖ) · σ′(z²₁)"
        await press(pilot, "y")
        assert app.clipboard.endswith("delta2 = (w3.T @ delta3) * sigmoid_prime(z2)")
        await press(pilot, "y")
        assert float(app.clipboard) == delta
        await press(pilot, "down y")
        assert float(app.clipboard) == app.desk.state.walk.delta(1)[1]


Value = Callable[[State], float]


@pytest.mark.parametrize(("keys", "name", "value"), [
    ("left left y", "a¹₁", lambda s: s.walk.a(0)[0]),
    ("2 tab y", "w³₁₂", lambda s: s.network.w(2)[0, 1]),
    ("5 tab y", "∂C/∂w²₁₂", lambda s: s.walk.grad_w(1)[0, 1]),
    ("5 y", "∂C/∂b²₁", lambda s: s.walk.grad_b(1)[0]),
    ("3 v v y", "z³₁", lambda s: s.walk.z(2)[0]),
])  # fmt: skip
async def test_what_is_copied_is_what_is_looked_at(keys: str, name: str, value: Value) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, keys)
        assert app.desk.message == f"Copied: {name} = {app.clipboard}"
        assert float(app.clipboard) == value(app.desk.state)


async def test_a_number_that_is_not_computed_yet_is_not_copied() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "2 v v v y")
        assert "not computed yet" in app.desk.message
        assert app.clipboard == ""


def test_it_reaches_a_terminal_through_what_stands_between() -> None:
    text = "δ " * 900
    for term, multiplexer in (("xterm", ""), ("tmux-256color", ""), ("screen", "tmux"), ("screen", "screen")):
        sent = osc52(text, Terminal(term=term, multiplexer=multiplexer))
        found = SENT.search(sent)
        assert found is not None
        assert b64decode(found[1]).decode() == text
    pieces = re.findall(r"\x1bP([^\x1b]*(?:\x1b\][^\x1b]*)?)\x1b\\", sent)
    assert max(map(len, pieces)) <= LONGEST
    assert SENT.fullmatch("".join(pieces))


async def test_a_console_is_told_that_it_has_no_clipboard() -> None:
    assert not has_clipboard(Terminal(term="linux"))
    async with program("mazur", terminal=Terminal(term="linux")) as (app, pilot):
        await press(pilot, "2 y")
        assert app.desk.message.startswith("This terminal has no clipboard: a³₁ = 0.75")
        assert app.clipboard == ""


@pytest.mark.parametrize(("target", "keys", "value", "equation", "code"), [
    ("mazur", "4 P end", lambda s: s.walk.delta(1)[0], "δ²₁ = Σₖ w³ₖ₁ δ³ₖ σ′(z²₁)", "delta2 = "),
    ("mazur", "5 tab p b end", lambda s: s.walk.grad_w(1)[0, 1], "∂C/∂w²₁₂ = δ²₁ · a¹₂", "np.outer(delta2, a1)"),
    ("mazur", "5 tab p b", lambda s: s.walk.grad_w(1)[0, 1], "∂C/∂w²₁₂ = Σ", "grad_w2 = "),
])  # fmt: skip
async def test_what_a_screen_is_about_is_copied_there(
    target: str, keys: str, value: Value, equation: str, code: str
) -> None:
    async with program(target) as (app, pilot):
        await press(pilot, f"{keys} y")
        assert float(app.clipboard) == pytest.approx(value(app.desk.state), rel=1e-12)
        assert app.desk.message.startswith("Copied: ")
        assert app.desk.message in app.text()
        await press(pilot, "y")
        assert app.clipboard.startswith(equation)
        await press(pilot, "y")
        assert code in app.clipboard


async def test_a_product_of_matrices_is_copied_with_all_its_numbers() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 m end y")
        assert eval(app.clipboard) == app.desk.state.walk.delta(1).tolist()  # a list of numbers, written here
        await press(pilot, "y")
        assert app.clipboard == "δ² = Σ′(z²) (w³)ᵀ δ³"
        await press(pilot, "backspace y y y")
        assert app.clipboard == "w3.T @ delta3"


async def test_a_path_is_copied_as_its_factors() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "5 tab p y")
        product = float(app.clipboard)
        await press(pilot, "y")
        assert app.clipboard.startswith("∂C/∂a³")
        assert app.clipboard.endswith("/∂w²₁₂")
        await press(pilot, "y")
        factors = [float(factor) for factor in app.clipboard.split(" * ")]
        assert float(np.prod(factors)) == pytest.approx(product, rel=1e-14)


async def test_a_mean_is_copied_and_t_says_what_u_does() -> None:
    async with program("iris") as (app, pilot):
        await press(pilot, "5 b y")
        made = Descent(app.desk.state.network, app.desk.state.preset.data, app.desk.state.settings)
        assert f"= {app.clipboard}" in app.desk.message
        before = made.snapshot().b(1)[0]
        made.run(1)
        moved = (before - made.snapshot().b(1)[0]) / app.desk.state.settings.eta
        assert float(app.clipboard) == pytest.approx(float(moved), rel=1e-9)
        await press(pilot, "y y")
        assert "delta2.mean(axis=0)" in app.clipboard
        await press(pilot, "t")
        assert "u makes this one update" in app.text()
        assert not app.desk.training


async def test_a_screen_with_nothing_under_a_cursor_says_whose_key_it_is() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "r y")
        assert "is a key of the steps" in app.desk.message
        assert app.clipboard == ""
