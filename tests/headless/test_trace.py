"""`tuibp trace` against published numbers, and its table against the same numbers."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuibp.cli import main

TRUTH = tomllib.loads((Path(__file__).parent.parent / "ground_truth.toml").read_text(encoding="utf-8"))


def trace(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["trace", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_trace_of_mazur_agrees_in_every_digit(capsys: pytest.CaptureFixture[str]) -> None:
    found, true = trace(capsys, "mazur"), TRUTH["mazur_first_pass"]
    steps = {(s["step"], s["layer"]): s for s in found["steps"]}
    expected = {
        ("feedforward", 2, "z"): "z2",
        ("feedforward", 2, "a"): "a2",
        ("feedforward", 3, "z"): "z3",
        ("feedforward", 3, "a"): "a3",
        ("output_error", 3, "delta"): "delta3",
        ("backpropagate", 2, "delta"): "delta2",
        ("gradient", 3, "grad_w"): "grad_w3",
        ("gradient", 2, "grad_w"): "grad_w2",
        ("gradient", 3, "grad_b"): "delta3",
        ("gradient", 2, "grad_b"): "delta2",
    }
    for (step, layer, field), name in expected.items():
        np.testing.assert_allclose(steps[step, layer][field], true[name], rtol=1e-12, atol=0)
    assert found["cost"] == pytest.approx(true["C"], rel=1e-12)


def test_trace_has_the_contract_s_shape(capsys: pytest.CaptureFixture[str]) -> None:
    found = trace(capsys, "mazur")
    assert found["network"] == {"sizes": [2, 2, 2], "activations": ["sigmoid", "sigmoid"], "cost": "quadratic"}
    assert found["example"] == {"index": 1, "x": [0.05, 0.1], "y": [0.01, 0.99]}
    assert [list(step) for step in found["steps"]] == [
        ["step", "layer", "a"],
        ["step", "layer", "z", "a"],
        ["step", "layer", "z", "a"],
        ["step", "layer", "delta"],
        ["step", "layer", "delta"],
        ["step", "layer", "grad_w", "grad_b"],
        ["step", "layer", "grad_w", "grad_b"],
    ]
    assert [step["layer"] for step in found["steps"]] == [1, 2, 3, 3, 2, 3, 2]


def test_a_sigmoid_neuron_gives_the_course_notes_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """f = σ(w·x + b): with y = 0 and a cost whose δ is known, δ/(a − y) is f's own slope."""
    file = tmp_path / "neuron.toml"
    file.write_text(
        'title = "One neuron"\nabout = "From a course."\n[network]\nsizes = [2, 1]\nactivations = "sigmoid"\n'
        'cost = "quadratic"\nweights = [[[2, -3]]]\nbiases = [[-3]]\n'
        "[data]\nexamples = [{ x = [-1, -2], y = [0] }]\n",
        encoding="utf-8",
    )
    true = TRUTH["sigmoid_neuron_cs231n"]
    found = trace(capsys, str(file))
    assert found["steps"][1]["a"][0] == pytest.approx(true["f"], rel=1e-12)
    gradient = found["steps"][-1]
    by_f = np.array([*gradient["grad_w"][0], gradient["grad_b"][0]]) / true["f"]
    np.testing.assert_allclose(by_f, true["df_dw"], rtol=1e-12)


def test_examples_are_counted_from_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert trace(capsys, "xor", "--example", "4")["example"] == {"index": 4, "x": [1.0, 1.0], "y": [0.0]}


@pytest.mark.parametrize("number", ["0", "5", "-1"])
def test_an_example_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str], number: str) -> None:
    assert main(["trace", "xor", "--example", number]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "1 to 4" in err


def test_the_table_tells_the_seven_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "mazur"]) == 0
    out = capsys.readouterr().out
    assert [line[0] for line in out.splitlines() if line[:1].isdigit()] == list("1223455")
    assert "     1    0.751365    0.010000    0.138499" in out
    assert "BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)" in out
    assert out.rstrip().endswith("C = 0.2983711088")


@pytest.mark.parametrize("preset", ["digits", "iris", "deep-sigmoid", "exploding", "modified-neuron", "nand"])
def test_no_line_of_the_table_is_wider_than_a_hundred_columns(capsys: pytest.CaptureFixture[str], preset: str) -> None:
    assert main(["trace", preset]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_numbers_that_are_not_finite_are_strings_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text(
        'title = "Large"\nabout = "Overflows."\n[network]\nsizes = [1, 1, 1]\nactivations = "linear"\n'
        'cost = "quadratic"\nweights = [[[1e200]], [[1e200]]]\nbiases = [[0], [0]]\n'
        "[data]\nexamples = [{ x = [1], y = [0] }]\n",
        encoding="utf-8",
    )
    with np.errstate(all="ignore"):
        found = trace(capsys, str(file))
    assert found["cost"] == "inf"
    assert found["steps"][2]["z"] == ["inf"]
