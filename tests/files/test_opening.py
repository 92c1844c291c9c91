"""The updates that a file opens with: few are made before the first picture, many after it, where they are told."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path

import pytest

from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.cli import main
from tuibp.core.descent import Descent
from tuibp.files import description, load, preset_names
from tuibp.files.description import _seconds_an_update, describe
from tuibp.headless.arguments import load_as_opened
from tuibp.session.commands import opened

PRESET = """
[network]
sizes = {sizes}
activations = "sigmoid"
cost = "quadratic"
init = {{ scheme = "zeros" }}
[data]
x = [{x}]
y = [[1]]
[open]
updates = {updates}
"""


def preset(folder: Path, updates: int, hidden: str = "") -> str:
    path = folder / "p.toml"
    path.write_text(PRESET.format(sizes=f"[2, {hidden}1]", x="[1, 1]", updates=updates))
    return str(path)


@pytest.mark.parametrize("updates", [10_000_000, 200_000])
def test_an_opening_that_trains_for_long_is_left_for_after_the_first_picture(updates: int, tmp_path: Path) -> None:
    started = time.process_time()
    given = load(preset(tmp_path, updates))
    assert opened(given).update == 0
    assert (given.opening.updates, given.opening.later) == (0, updates)
    assert describe(given)["open"]["updates"] == updates
    assert time.process_time() - started < 1.0


def test_the_bound_follows_the_size_of_the_network(tmp_path: Path) -> None:
    assert load(preset(tmp_path, 5_000)).opening.updates == 5_000
    assert load(preset(tmp_path, 5_000, "1000, 1000, ")).opening.later == 5_000


def test_the_estimate_is_no_less_than_the_truth(tmp_path: Path) -> None:
    given = load(preset(tmp_path, 600))
    seconds = 600 * _seconds_an_update(given.network, given.training, 1)
    started = time.process_time()
    opened(given)
    assert time.process_time() - started < 20 * seconds  # on a machine that is slow


async def test_it_is_a_run_that_is_told_and_esc_stops(tmp_path: Path) -> None:
    desk = Desk.of(load(preset(tmp_path, 10_000_000)))
    app = TuibpApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        while desk.state.update == 0 or not desk.training:
            await pilot.pause(0.05)
        assert "10,000,000 updates first; esc stops" in app.text()
        await pilot.press("escape")
        assert not desk.training
        assert 0 < desk.state.update < 10_000_000
        made = desk.state.update
        await pilot.press("backspace")
        await pilot.pause(0.2)
        assert desk.state.update == 0 < made


async def test_it_ends_where_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(description, "AT_ONCE", 0.001)
    desk = Desk.of(load(preset(tmp_path, 200)))
    app = TuibpApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        while desk.later or desk.training:
            await pilot.pause(0.05)
        assert desk.state.update == 200
        assert "200 updates are made" in app.text()


def test_commands_without_a_terminal_begin_after_the_whole_opening(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(description, "AT_ONCE", 0.001)
    given = load(preset(tmp_path, 200))
    assert given.opening.later == 200
    assert main(["play", given.source, "--keys", "", "--json"]) == 0
    assert '"update": 200' in capsys.readouterr().out
    as_opened = load_as_opened(Namespace(target=given.source))
    descent = Descent(given.network, given.data, given.training)
    descent.run(200)
    assert as_opened.network.digest() == descent.snapshot().digest()


@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_preset_is_trained_before_its_first_picture(name: str) -> None:
    assert not load(name).opening.later
