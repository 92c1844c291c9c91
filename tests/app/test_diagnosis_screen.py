"""The diagnosis on its screen: what was found, where it shows, and a cure that is taken and taken back."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.pilot import Pilot

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.diagnosis import DiagnosisScreen
from tuibp.session.commands import SetSetting
from tuibp.session.saved import read, write
from tuibp.session.view import cursor_of


async def examined(app: TuibpApp, pilot: Pilot[Any]) -> DiagnosisScreen:
    """The screen, its examination over."""
    await press(pilot, "D")
    screen = app.screen
    assert isinstance(screen, DiagnosisScreen)
    while screen._found is None:
        await asyncio.sleep(0.05)
    await pilot.pause()
    return screen


async def test_a_cure_is_taken_with_settings_as_they_are_and_is_taken_back() -> None:
    async with program("ill-eta") as (app, pilot):
        app.desk.do(SetSetting("l2", 0.001))
        before = app.desk.state
        await examined(app, pilot)
        assert "η is too high" in app.text()
        assert "[training] eta = 6" in app.text()
        await press(pilot, "t")
        assert not isinstance(app.screen, DiagnosisScreen)
        now = app.desk.state
        assert (now.settings.eta, now.settings.l2, now.update) == (6.0, 0.001, 0)
        assert now.network.digest() == before.preset.network.digest()
        assert "eta = 6" in app.desk.message
        # The session with it in is saved and read like any other.
        assert read(write(app.desk.history, app.desk.view)).history.state.settings == now.settings
        await press(pilot, "z")
        assert app.desk.state.settings == before.settings


async def test_enter_goes_to_where_it_shows_and_esc_leaves_before_it_is_done() -> None:
    async with program("ill-eta", (120, 40)) as (app, pilot):
        screen = await examined(app, pilot)
        finding = screen._finding
        assert finding is not None
        assert "Cost of a copy" in app.text()
        see = finding.suspicion.see
        await press(pilot, "enter")
        at = cursor_of(app.desk.state, app.desk.view)
        assert (app.desk.state.update, at.layer, at.j) == (see.update, see.layer, see.j)
        assert app.desk.message == finding.suspicion.seen
        await press(pilot, "D")
        again = app.screen
        assert isinstance(again, DiagnosisScreen)
        assert again._found is screen._found  # of the same network with the same settings it is known
        await press(pilot, "r esc")
        assert not isinstance(app.screen, DiagnosisScreen)


async def test_a_healthy_network_is_told_so_and_no_key_is_silent() -> None:
    async with program("xor") as (app, pilot):
        await examined(app, pilot)
        assert "Healthy" in app.text()
        for key in ("up", "down", "enter", "t", "pageup", "pagedown"):
            app.desk.say("")
            await press(pilot, key)
            assert app.desk.message, key
