"""Exercise sheets: every answer worked out anew from what the sheet gives, by loops and differences."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.oracles import cost_by_formula
from tuibp.cli import main
from tuibp.core.network import explicit

PRESETS = ["mazur", "xor", "single-neuron", "nand", "worksheet", "linear-neurons", "exploding"]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["exercise", *words, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def anew(exercise: Any) -> Callable[[Any], float]:
    """Any number of the five steps, from the weights, biases, x and y of a sheet: differences of C, no formula of δ."""
    given, example = exercise["network"], exercise["example"]
    network = explicit(given["weights"], given["biases"], given["activations"], given["cost"])
    x, y = np.array([example["x"]]), np.array([example["y"]])
    functions: dict[str, Any] = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "linear": lambda z: z}

    def number(item: Any) -> float:
        layer, j = item["layer"] - 1, item["j"] - 1
        if item["quantity"] in ("z", "a"):
            a = np.array(example["x"])
            for w, b, f in zip(given["weights"][:layer], given["biases"], given["activations"], strict=False):
                z = np.array([sum(p * q for p, q in zip(row, a, strict=True)) for row in w]) + b
                a = functions[f](z)
            return float((z if item["quantity"] == "z" else a)[j])
        at = network.index_of(layer, j, None if item["k"] is None else item["k"] - 1)  # ∂C/∂b is δ
        sides = []
        for by in (1e-5, -1e-5):
            moved = network.parameters.copy()
            moved[at] += by
            sides.append(float(cost_by_formula(network, moved, x, y)))
        return (sides[0] - sides[1]) / 2e-5

    return number


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("seed", [(), ("--seed", "4")])
def test_every_answer_is_what_the_sheet_s_numbers_give(
    preset: str, seed: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    if preset == "exploding" and not seed:
        return  # differences say nothing where C bends within a thousandth of a millionth
    for exercise in asked(capsys, "--preset", preset, "--answers", *seed)["exercises"]:
        number = anew(exercise)
        for item in exercise["answers"]:
            assert item["value"] == pytest.approx(number(item), rel=1e-4, abs=1e-8), item
        for item in exercise["numbers"]:
            if item["value"] is not None:
                assert item["value"] == pytest.approx(number(item), rel=1e-4, abs=1e-8), item


def test_one_number_is_left_out_then_two_then_all(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "--count", "4")["exercises"]
    blanks = [[item for item in exercise["numbers"] if item["blank"]] for exercise in found]
    assert [len(left_out) for left_out in blanks] == [1, 2, len(found[0]["numbers"]), len(found[0]["numbers"])]
    assert blanks[0][0]["step"] == "feedforward"
    assert all("answers" not in exercise for exercise in found)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_given_tells_no_blank(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    """∂C/∂b is δ: where one is left out, so is the other."""
    for exercise in asked(capsys, "--seed", str(seed), "--count", "2")["exercises"]:
        by_place = {(i["quantity"], i["layer"], i["j"], i["k"]): i for i in exercise["numbers"]}
        for item in exercise["numbers"]:
            if item["blank"] and item["quantity"] == "delta":
                assert by_place["gradient", item["layer"], item["j"], None]["value"] is None


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_sheet_has_a_line_for_each_blank_and_the_answers_are_apart(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["exercise", "--seed", "3", "--format", form]
    assert main(words) == 0
    sheet = capsys.readouterr().out
    assert main([*words, "--answers"]) == 0
    answers = capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out == sheet
    blanks = re.findall(r"_ \((\d+)\)", sheet)
    assert blanks == re.findall(r"^(?:  |- )\((\d+)\)", answers, re.MULTILINE)
    assert "_______" not in answers.replace("\\", "")


def test_another_seed_is_another_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (asked(capsys, "--seed", seed) for seed in ("1", "2"))
    assert one["exercises"][0]["network"]["weights"] != other["exercises"][0]["network"]["weights"]


@pytest.mark.parametrize("words", [["--preset", "digits"], ["--count", "0"], ["--seed", "-1"], ["--preset", "nope"]])
def test_what_cannot_be_a_sheet_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exercise", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
