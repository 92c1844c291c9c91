"""`perturb`, `paths` and `race` as a person or a program calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuibp.cli import main
from tuibp.core.five_steps import walk
from tuibp.files import load

DEEP = """
[network]
sizes = [30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30]
activations = "sigmoid"
cost = "quadratic"
init = { scheme = "gaussian", seed = 1 }
[data]
examples = [{ x = [X], y = [X] }]
""".replace("X", ", ".join(["0.5"] * 30))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(list(words)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_perturb_tells_the_contracts_object(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "perturb", "mazur", "--weight", "2,1,2", "--delta", "0.3")
    assert list(seen) == [
        "parameter",
        "delta",
        "gradient",
        "cost_before",
        "cost_after",
        "actual",
        "predicted",
        "ripple",
    ]
    assert seen["parameter"] == {"layer": 2, "j": 1, "k": 2, "value": 0.2}
    assert seen["gradient"] == pytest.approx(0.000877135468948693, rel=1e-12)
    assert seen["cost_before"] == pytest.approx(0.2983711087600027, rel=1e-12)
    assert seen["actual"] == seen["cost_after"] - seen["cost_before"]
    assert seen["predicted"] == seen["gradient"] * 0.3
    assert [list(r) for r in seen["ripple"]] == [["layer", "dz", "da", "dz_first_order", "da_first_order"]] * 2
    assert [r["layer"] for r in seen["ripple"]] == [2, 3]
    assert seen["ripple"][0]["dz"][1] == 0.0


def test_perturb_takes_a_bias_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "perturb", "xor", "--bias", "3,1", "--delta", "-0.1", "--example", "2")
    preset = load("xor")
    found = walk(preset.network, preset.data.example(1))
    assert seen["parameter"]["k"] is None
    assert seen["gradient"] == found.grad_b(2)[0]


def test_perturb_shows_the_change_layer_by_layer(capsys: pytest.CaptureFixture[str]) -> None:
    text = lines(capsys, "perturb", "mazur", "--weight", "2,1,2", "--delta", "0.3")
    assert text[0] == "mazur  2·2·2  sigmoid, quadratic  example 1 of 1"
    assert text[1] == "w²₁₂  0.2 → 0.5    Δ +0.3"
    assert any("the other 1 do not move" in line for line in text)
    assert any(line.startswith("  difference") for line in text)
    assert max(map(len, text)) <= 100


def test_paths_tells_the_contracts_object(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "paths", "mazur", "--weight", "2,1,2", "--top", "5")
    assert list(seen) == ["parameter", "paths_total", "sum", "backprop", "top"]
    assert seen["paths_total"] == 2
    assert seen["sum"] == pytest.approx(seen["backprop"], rel=1e-10)
    assert [path["neurons"][0] for path in seen["top"]] == [1, 1]
    assert {path["neurons"][-1] for path in seen["top"]} == {1, 2}
    for path in seen["top"]:
        assert np.prod(path["factors"]) == pytest.approx(path["product"])
    assert sum(path["product"] for path in seen["top"]) == pytest.approx(seen["sum"])


def test_paths_through_ten_layers_are_counted_exactly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text(DEEP)
    seen = told(capsys, "paths", str(tmp_path / "deep.toml"), "--weight", "2,1,2", "--top", "20")
    assert seen["paths_total"] == 30**9
    assert len(seen["top"]) == 20


def test_a_count_beyond_doubles_is_a_string(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    longer = DEEP.replace("sizes = [30,", "sizes = [30, 30, 30,")
    (tmp_path / "deep.toml").write_text(longer)
    seen = told(capsys, "paths", str(tmp_path / "deep.toml"), "--weight", "2,1,2", "--top", "1")
    assert seen["paths_total"] == str(30**11)


def test_paths_shows_the_sum_beside_backpropagation(capsys: pytest.CaptureFixture[str]) -> None:
    text = lines(capsys, "paths", "deep-sigmoid", "--weight", "2,2,1", "--top", "3")
    assert text[1].startswith("512 ways from w²₂₁ to C.")
    every, backprop = (
        next(line for line in text if line.startswith(f"  {word}")) for word in ("all paths", "backprop")
    )
    assert every.split()[-1] == backprop.split()[-1]
    assert any(line.startswith("  and 509 more") for line in text)


def test_race_makes_every_pass_on_digits(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "race", "digits")
    assert list(seen) == [
        "parameters",
        "forward_passes_needed",
        "forward_passes_run",
        "seconds_forward_pass",
        "seconds_backprop",
        "seconds_finite_difference",
        "extrapolated",
        "speedup",
        "max_rel_error",
    ]
    assert (seen["parameters"], seen["forward_passes_needed"], seen["forward_passes_run"]) == (2260, 2261, 2261)
    assert seen["extrapolated"] is False
    assert seen["speedup"] > 100
    assert 0.0 < seen["max_rel_error"] < 1e-4


def test_a_race_of_a_few_passes_says_that_it_is_extrapolated(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "race", "digits", "--passes", "20")
    assert (seen["forward_passes_run"], seen["extrapolated"]) == (20, True)
    assert seen["seconds_finite_difference"] == pytest.approx(2261 * seen["seconds_forward_pass"])
    assert any("extrapolated" in line for line in lines(capsys, "race", "digits", "--passes", "20"))


def test_a_million_weights_race_a_few_passes(capsys: pytest.CaptureFixture[str]) -> None:
    seen = told(capsys, "race", "million", "--passes", "200")
    assert seen["forward_passes_run"] == 200
    assert seen["extrapolated"] is True
    assert seen["forward_passes_needed"] == seen["parameters"] + 1 > 900_000


def test_a_race_shows_its_sweep_and_the_diagonal_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n".join(lines(capsys, "race", "xor", "--sweep", "--diagonal"))
    assert "best forward" in text
    assert "best central" in text
    assert "2,000" in text


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("perturb xor --weight 2,9,1 --delta 0.1", "layer 2 has neurons 1 to 3, not 9"),
        ("perturb xor --weight 5,1,1 --delta 0.1", "no layer 5"),
        ("perturb xor --weight 2,1 --delta 0.1", "L,J,K"),
        ("perturb xor --weight 2,1,1 --delta 0", "--delta"),
        ("perturb xor --weight 2,1,1 --delta nan", "--delta"),
        ("perturb xor --weight 2,1,1 --delta inf", "--delta"),
        ("perturb xor --weight 2,1,1 --delta=-inf", "--delta"),
        ("perturb xor --weight 2,1,1 --delta 1e999", "--delta"),
        ("perturb xor --weight 2,1,1 --delta x", "--delta"),
        ("perturb xor --weight 2,1,1", "--delta"),
        ("perturb xor --delta 0.1", "--weight"),
        ("perturb xor --weight 2,1,1 --bias 2,1 --delta 0.1", "not allowed"),
        ("perturb xor --weight 2,1,1 --delta 0.1 --example 5", "--example"),
        ("paths xor --weight 2,1,1 --top 0", "--top"),
        ("paths xor --weight 2,1,1 --top -3", "--top"),
        ("paths xor --bias 1,1", "no layer 1"),
        ("race xor --passes 0", "--passes"),
        ("race xor --passes -1", "--passes"),
        ("race no-such-preset", "no-such-preset"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_bad_input_gets_one_line_and_exit_two(
    capsys: pytest.CaptureFixture[str], words: str, reason: str, form: list[str]
) -> None:
    assert main([*words.split(), *form]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tuibp: ")
    assert err.count("\n") == 1
    assert reason in err
