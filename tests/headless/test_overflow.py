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
    assert capsys.readouterr().err == "tuibp: Update 1: C overflowed, a of layer 2 at 1e+300. η = 1 is too large.\n"
    assert not out.exists()


def test_costs_that_are_almost_out_of_range_have_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(preset(tmp_path, "1e100", "1e54"))
    path.write_text(path.read_text().replace("eta = 1.0", "eta = 0.0"))
    assert main(["train", str(path)]) == 0
    assert "█" * 24 in capsys.readouterr().out
