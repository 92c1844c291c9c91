"""`tuibp diagnose` as a person or a program calls it, and `--at`, which it ends with."""

from __future__ import annotations

import json

import pytest

from tuibp.app.desk import Desk
from tuibp.app.spot import go_to
from tuibp.cli import main
from tuibp.files import BadInput, load


def test_an_ill_network_is_explained_within_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", "ill-eta"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "η is too high" in lines[2]
    assert "[training] eta = 6" in out
    assert " tuibp ill-eta --at 1,3,1" in lines


def test_a_network_that_learns_is_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", "xor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["healthy"], found["findings"]) == (True, [])


def test_bad_input_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", "nowhere.toml"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_ctrl_c_ends_it_with_nothing_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed() -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.perf_counter", pressed)
    assert main(["diagnose", "xor"]) == 130
    assert capsys.readouterr() == ("", "")


def test_at_opens_at_the_update_layer_and_neuron() -> None:
    desk = Desk.of(load("digits"))
    go_to(desk, "12,2,7")
    assert desk.state.update == 12
    assert desk.view.cursor is not None
    assert (desk.view.cursor.layer, desk.view.cursor.j) == (1, 6)


@pytest.mark.parametrize(
    "text", ["", "1", "1,2", "0,9,1", "0,2,31", "99999999,2,1", "a,b,c", "-1,2,1", "0,0,1", "0,1,0"]
)
def test_a_spot_that_is_nowhere_is_one_line(text: str) -> None:
    with pytest.raises(BadInput, match="--at"):
        go_to(Desk.of(load("digits")), text)
