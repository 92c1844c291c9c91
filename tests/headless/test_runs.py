"""`tuibp runs`: the runs of saved sessions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tuibp.app.shelf import Shelf
from tuibp.cli import main
from tuibp.core.datasets import accuracy
from tuibp.files import load
from tuibp.session.commands import Reset, SetSetting, Train
from tuibp.session.history import History
from tuibp.session.saved import write
from tuibp.session.view import View


@pytest.fixture
def history() -> History:
    made = History.open(load("iris"))
    for command in (Reset(), Train(60), Reset(), SetSetting("eta", 0.2), SetSetting("optimiser", "adam"), Train(30)):
        made.do(command)
    return made


@pytest.fixture
def saved(history: History, tmp_path: Path) -> Path:
    file = tmp_path / "mine.tuibp"
    file.write_text(write(history, View()))
    return file


def test_each_run_is_a_line_with_its_settings_and_what_it_led_to(
    saved: Path, history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["runs", str(saved)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "η 0.2 · Adam" in last
    state, data = history.state, history.state.preset.data
    assert f"{100 * accuracy(state.network, data.x[data.test], data.y[data.test]):.3g} %" in last


def test_json_and_csv_have_all_of_it(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "runs.csv"
    assert main(["runs", str(saved), "--csv", str(out), "--json"]) == 0
    (session,) = json.loads(capsys.readouterr().out)["sessions"]
    assert [run["updates"] for run in session["runs"]][-2:] == [60, 30]
    last = session["runs"][-1]
    assert (last["settings"]["optimiser"], last["settings"]["eta"]) == ("adam", 0.2)
    rows = [row for row in csv.DictReader(out.read_text().splitlines()) if row["run"] == str(len(session["runs"]))]
    assert len([row for row in rows if row["quantity"] == "mini_batch_cost"]) == 30
    (held_out,) = (row["value"] for row in rows if row["quantity"] == "right_held_out")
    assert float(held_out) == last["end"]["held_out"]
    assert main(["runs", str(saved), "--csv", str(out)]) == 2
    assert "--force overwrites it" in capsys.readouterr().err


def test_without_a_file_it_lists_the_sessions_that_are_kept(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert main(["runs"]) == 0
    assert "No session is kept" in capsys.readouterr().out
    (Shelf().folder / "20210101-000000-1.session").write_text(write(history, View()))
    (tmp_path / "tuibp" / "20200101-000000-1.session").write_text("junk")
    assert main(["runs"]) == 0
    assert "Adam" in capsys.readouterr().out
    assert main(["runs", "--csv", "x.csv"]) == 2


def test_what_is_no_session_is_refused_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "junk.tuibp").write_text("junk")
    assert main(["runs", str(tmp_path / "junk.tuibp")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
