"""`tuibp explain`: one number as JSON and as a table, and what it refuses."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tuibp.cli import main


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["explain", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_hidden_error_is_told_as_bp2(capsys: pytest.CaptureFixture[str]) -> None:
    found = explain(capsys, "mazur", "--neuron", "2,1", "--quantity", "delta")
    assert (found["equation"], found["quantity"], found["layer"], found["j"], found["k"]) == (
        "BP2",
        "delta",
        2,
        1,
        None,
    )
    assert [[f["name"] for f in t["factors"]] for t in found["terms"]] == [["w^3_11", "δ^3_1"], ["w^3_21", "δ^3_2"]]
    assert [f["name"] for f in found["times"]] == ["σ'(z^2_1)"]
    inner = sum(t["value"] for t in found["terms"])
    assert inner * math.prod(f["value"] for f in found["times"]) == pytest.approx(0.00877135468948693, rel=1e-12)
    assert found["result"] == pytest.approx(0.00877135468948693, rel=1e-12)
    assert "Lowering z^2_1 lowers C" in found["meaning"]


@pytest.mark.parametrize(
    ("arguments", "quantity", "equation"),
    [
        (["--neuron", "1,2"], "a", "x"),
        (["--neuron", "2,1"], "delta", "BP2"),
        (["--neuron", "3,1"], "delta", "BP1"),
        (["--neuron", "3,1", "--quantity", "gradient"], "gradient", "BP3"),
        (["--neuron", "3,1", "--quantity", "z"], "z", "FF"),
        (["--weight", "2,1,2"], "gradient", "BP4"),
        (["--weight", "2,1,2", "--quantity", "gradient"], "gradient", "BP4"),
        (["--bias", "2,1"], "gradient", "BP3"),
    ],
)
def test_what_is_asked_for_decides_the_quantity(
    capsys: pytest.CaptureFixture[str], arguments: list[str], quantity: str, equation: str
) -> None:
    found = explain(capsys, "mazur", *arguments)
    assert (found["quantity"], found["equation"]) == (quantity, equation)


def test_a_weight_counts_its_indices_from_one(capsys: pytest.CaptureFixture[str]) -> None:
    found = explain(capsys, "mazur", "--weight", "2,2,1")
    assert (found["layer"], found["j"], found["k"]) == (2, 2, 1)
    assert found["result"] == pytest.approx(0.0004977127352608599, rel=1e-12)


def test_the_example_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "xor", "--neuron", "1,2", "--example", "2")["result"] == 1.0
    assert explain(capsys, "xor", "--neuron", "1,2", "--example", "3")["result"] == 0.0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--neuron", "4,1"], "layers 1 to 3"),
        (["--neuron", "2,3"], "neurons 1 to 2"),
        (["--neuron", "0,1"], "layers 1 to 3"),
        (["--neuron", "2"], "L,J"),
        (["--neuron", "a,b"], "L,J"),
        (["--neuron", "1,1", "--quantity", "delta"], "input"),
        (["--weight", "1,1,1"], "layer 1"),
        (["--weight", "2,1,3"], "neurons 1 to 2"),
        (["--weight", "2,1"], "L,J,K"),
        (["--weight", "2,1,1", "--quantity", "z"], "a weight has a gradient"),
        (["--bias", "2,1", "--quantity", "a"], "a bias has a gradient"),
        (["--bias", "2,9"], "neurons 1 to 2"),
        (["--neuron", "2,1", "--example", "2"], "examples 1 to 1"),
        (["--neuron", "2,1", "--weight", "2,1,1"], "not allowed"),
        (["--neuron", "2,1", "--quantity", "slope"], "slope"),
        ([], "required"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["explain", "mazur", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert complaint in err


def test_the_table_goes_from_the_general_equation_to_the_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "mazur", "--neuron", "2,1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:] == [
        "  BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)",
        "       δ²₁ = (Σₖ w³ₖ₁ δ³ₖ) · σ′(z²₁)",
        "",
        "  w³₁₁ · δ³₁     0.400000 ·    0.138499      0.055399",
        "  w³₂₁ · δ³₂     0.500000 ·   −0.038098     −0.019049",
        "                                         ────────────",
        "  sum                                        0.036350",
        "",
        "  δ²₁ = 0.0363503 · 0.241301    (times σ′(z²₁))",
        "      = 0.008771354689",
        "",
        "  Output 1 is too high and asks for less, through a positive weight.",
        "  Lowering z²₁ lowers C.",
    ]


def test_a_long_sum_shows_its_largest_terms_and_how_many_are_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "digits", "--neuron", "2,13", "--quantity", "z"]) == 0
    assert "45 more terms" in capsys.readouterr().out


def test_an_activation_is_shown_with_the_sum_inside(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "mazur", "--neuron", "2,1", "--quantity", "a"]) == 0
    out = capsys.readouterr().out
    assert "  z²₁                                        0.377500" in out
    assert "  a²₁ = 0.5932699921" in out


def test_softmax_and_cross_entropy_say_what_they_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert "collapses" in explain(capsys, "iris", "--neuron", "3,1")["note"]
    assert "cancel" in explain(capsys, "xor", "--neuron", "3,1")["note"]
    assert explain(capsys, "mazur", "--neuron", "3,1")["note"] == ""
