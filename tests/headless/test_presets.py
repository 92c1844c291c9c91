"""`tuibp presets` and `tuibp convert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.files.samples import assert_same, rich_preset
from tuibp.cli import main
from tuibp.files import load, preset_names, save, summaries


def test_presets_prints_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(preset_names())
    assert "64·30·10  Handwritten digits" in lines[0]
    assert max(map(len, lines)) <= 80


def test_presets_as_json_is_one_object_that_agrees_with_the_networks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets", "--json"]) == 0
    told = {preset["name"]: preset for preset in json.loads(capsys.readouterr().out)["presets"]}
    for name in preset_names():
        if name != "million":
            network = load(name).network
            assert told[name]["sizes"] == list(network.sizes)
            assert told[name]["parameters"] == network.parameters.size
            assert told[name]["cost"] == network.cost


def test_a_list_of_presets_draws_no_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a network was built")

    monkeypatch.setattr("tuibp.core.network.Network.__post_init__", never)
    summaries.cache_clear()
    assert [summary.name for summary in summaries()] == list(preset_names())


@pytest.mark.parametrize("ending", ["json", "npz", "safetensors"])
def test_convert_keeps_every_bit(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in.json", rich_preset())
    assert main(["convert", str(tmp_path / "in.json"), str(tmp_path / f"out.{ending}")]) == 0
    assert_same(load(str(tmp_path / f"out.{ending}")), rich_preset())
    assert capsys.readouterr().out == ""


def test_convert_takes_a_presets_name(tmp_path: Path) -> None:
    assert main(["convert", "iris", str(tmp_path / "iris.npz")]) == 0
    assert_same(load(str(tmp_path / "iris.npz")), load("iris"))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["convert", "mazur", "out.exe"], "out.exe: give a name that ends in .json .npz .safetensors"),
        (["convert", "mazr", "out.json"], "mazr: there is no such preset; did you mean mazur?"),
        (["convert", "mazur", "/nowhere/out.json"], "/nowhere/out.json: cannot be written"),
        (["convert", "mazur"], "OUT"),
        (["presets", "--all"], "--all"),
    ],
)
def test_what_cannot_be_done_gets_one_line_and_status_2(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("tuibp: ")
    assert told.err.count("\n") == 1
    assert reason in told.err
