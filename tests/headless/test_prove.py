"""`tuibp prove`: a proof as JSON and as text, and what it refuses."""

from __future__ import annotations

import json

import pytest

from tuibp.cli import main


@pytest.mark.parametrize(
    ("words", "equation", "about", "numbers"),
    [
        (["--neuron", "3,1"], "BP1", "δ^3_1", ["(36)", "(37)", "(38)", "(39)", ""]),
        (["--neuron", "2,1"], "BP2", "δ^2_1", ["(40)", "(41)", "(42)", "(43)", "(44)", "(45)"]),
        (["--bias", "2,2"], "BP3", "∂C/∂b^2_2", ["", "", "", "(BP3)"]),
        (["--weight", "3,2,1"], "BP4", "∂C/∂w^3_21", ["", "", "", "(BP4)"]),
    ],
)
def test_the_object_is_the_contracts(
    capsys: pytest.CaptureFixture[str], words: list[str], equation: str, about: str, numbers: list[str]
) -> None:
    assert main(["prove", "mazur", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (err, found["equation"], found["about"]) == ("", equation, about)
    assert [line["number"] for line in found["lines"]] == numbers
    for line in found["lines"]:
        apart = max(abs(a - b) for a, b in zip(line["left"], line["right"], strict=True))
        assert apart == line["max_difference"] <= 1e-12
        assert all(number == 0.0 for number in line["dropped"])
        assert line["symbols"]
        assert line["why"]


def test_bp2_ends_with_the_books_number(capsys: pytest.CaptureFixture[str]) -> None:
    main(["prove", "mazur", "--neuron", "2,1", "--json"])
    last = json.loads(capsys.readouterr().out)["lines"][-1]
    assert last["left"] == pytest.approx([0.00877135468948693], rel=1e-12)


def test_the_text_has_every_line_with_its_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "digits", "--neuron", "2,1"]) == 0
    out = capsys.readouterr().out
    for number in ("(40)", "(41)", "(42)", "(43)", "(44)", "(45)"):
        assert f"  {number}  " in out
    assert "✗" not in out
    assert "measured zeros" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--neuron", "1,1"], "layer 1 is the input"),
        (["--neuron", "9,1"], "there are layers 1 to 3"),
        (["--weight", "2,1"], "--weight takes L,J,K"),
        (["--bias", "2,7"], "neurons 1 to 2"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    assert main(["prove", "mazur", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert reason in err
