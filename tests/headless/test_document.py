"""`trace` and `prove` as Markdown: LaTeX formulas that are closed, and the numbers that the screen has."""

from __future__ import annotations

import re

import pytest

from tuibp.cli import main
from tuibp.render.latex import in_markdown, latex


def document(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, "--format", "markdown"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def formulas(text: str) -> list[str]:
    return [block or inline for block, inline in re.findall(r"\$\$(.+?)\$\$|\$([^$]+?)\$", text)]


@pytest.mark.parametrize("preset", ["mazur", "iris", "xor", "modified-neuron"])
@pytest.mark.parametrize("words", [["trace"], ["prove", "--neuron", "2,1"], ["prove", "--neuron", "3,1"],
                                   ["prove", "--weight", "2,1,2"], ["prove", "--bias", "2,1"]])  # fmt: skip
def test_formulas_are_latex_and_closed(capsys: pytest.CaptureFixture[str], preset: str, words: list[str]) -> None:
    text = document(capsys, words[0], preset, *words[1:])
    found = formulas(text)
    assert len(found) > 8
    for formula in found:
        assert formula.isascii(), formula
        assert formula.count("{") == formula.count("}"), formula
        assert not re.search(r"\^\^|__|\^$|_$", formula), formula
    assert "∂" not in re.sub(r"\$.*?\$", "", text.replace("$$", "$"))


def test_the_numbers_are_those_of_the_walk(capsys: pytest.CaptureFixture[str]) -> None:
    assert "0.2983711088" in document(capsys, "trace", "mazur")
    assert "0.008771354689" in document(capsys, "prove", "mazur", "--neuron", "2,1")


def test_json_is_a_format_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    main(["prove", "mazur", "--neuron", "2,1", "--format", "json"])
    by_format = capsys.readouterr().out
    main(["prove", "mazur", "--neuron", "2,1", "--json"])
    assert capsys.readouterr().out == by_format


def test_a_formula_is_written_as_in_the_book() -> None:
    assert latex("δ^2_1 = Σ_k ∂C/∂z^3_k · ∂z^3_k/∂z^2_1") == (
        r"\delta ^{2}_{1} = \sum_{k} \frac{\partial C}{\partial z^{3}_{k}} \cdot "
        r"\frac{\partial z^{3}_{k}}{\partial z^{2}_{1}}"
    )
    assert in_markdown("Lowering z^2_1 lowers C.") == "Lowering $z^{2}_{1}$ lowers C."
