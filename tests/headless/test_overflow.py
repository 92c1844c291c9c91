"""Numbers out of range are told by every command: no warning, no traceback, and nothing saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuibp.cli import main

PRESET = """
[network]
sizes = [1, 1]
activations = "linear"
cost = "quadratic"
weights = [[[{w}]]]
biases = [[0.0]]
[data]
examples = [{{ x = [{x}], y = [0] }}]
[training]
eta = 1.0
epochs = 3
"""


def preset(folder: Path, x: str, w: str = "1.0") -> str:
    path = folder / "p.toml"
    path.write_text(PRESET.format(x=x, w=w))
    return str(path)


@pytest.mark.parametrize("command", ["trace", "check", "race", "perturb", "paths", "explain", "train"])
@pytest.mark.parametrize("x", ["1e200", "1e308"])
def test_no_command_warns_where_the_cost_overflows(
    command: str, x: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = {"perturb": ["--weight", "2,1,1", "--delta", "1"], "paths": ["--weight", "2,1,1"]}
    options["explain"] = options["paths"]
    status = main([command, preset(tmp_path, x), *options.get(command, [])])  # a warning is an error in tests
    assert status in (0, 1)
    assert "Warning" not in capsys.readouterr().err


def test_a_network_that_diverged_is_not_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert main(["train", preset(tmp_path, "1e100"), "--epochs", "1", "--out", str(out)]) == 1
    assert capsys.readouterr().err == "tuibp: Update 1: C overflowed, a of layer 2 at 1e300. η = 1 is too large.\n"
    assert not out.exists()


def test_costs_that_are_almost_out_of_range_have_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(preset(tmp_path, "1e100", "1e54"))
    path.write_text(path.read_text().replace("eta = 1.0", "eta = 0.0"))
    assert main(["train", str(path)]) == 0
    assert "█" * 24 in capsys.readouterr().out


def test_nothing_is_called_wrong_or_exact_where_there_is_nothing_to_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", preset(tmp_path, "1e200")]) == 1
    said = capsys.readouterr().out
    assert "disagree" not in said
    assert "nothing to compare: numbers here are beyond 1e308" in said
    assert main(["race", preset(tmp_path, "1e200")]) == 0
    said = capsys.readouterr().out
    assert "exact" not in said
    assert "no number" in said


@pytest.mark.parametrize("x", ["1e100", "1e-3", "1e-100", "1.0"])
def test_a_cost_takes_its_column_and_says_something_however_large_or_small(
    x: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = preset(tmp_path, x)
    Path(target).write_text(Path(target).read_text().replace("eta = 1.0", "eta = 1e-210"))
    assert main(["train", target, "--epochs", "1"]) == 0
    row = capsys.readouterr().out.splitlines()[2]
    assert row.startswith("    1  ")
    assert row[16:18] == "  "
    assert float(row[7:16].replace("−", "-")) == pytest.approx(float(x) ** 2 / 2, rel=5e-3)
