"""y copies what is under the cursor, to the last digit, by OSC 52; again its equation, again as code."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable

import pytest

from tests.drive import press, program
from tuibp.app.output.clipboard import LONGEST, has_clipboard, osc52
from tuibp.app.terminal import Terminal
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
