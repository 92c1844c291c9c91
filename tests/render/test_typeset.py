from __future__ import annotations

import pytest

from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.in_ascii import in_words
from tuibp.render.typeset import sentence, typeset

CASES = [
    ("δ^3_1", "δ³₁", "d^3_1"),
    ("w^2_13,7", "w²₁₃,₇", "w^2_13,7"),
    ("w^2_13,k", "w²₁₃,ₖ", "w^2_13,k"),
    ("a^{l-1}_k", "aˡ⁻¹ₖ", "a^{l-1}_k"),
    ("z^12_30", "z¹²₃₀", "z^12_30"),
    ("δ^l = ((w^{l+1})^T δ^{l+1}) ⊙ σ'(z^l)", "δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)", "d^l = ((w^{l+1})^T d^{l+1}) * s'(z^l)"),
    ("∂C/∂w^3_12 = a^2_2 δ^3_1", "∂C/∂w³₁₂ = a²₂ δ³₁", "dC/dw^3_12 = a^2_2 d^3_1"),
    ("∇_a C", "∇ₐC", "grad_a C"),
    ("Σ_k w^2_1k a^1_k", "Σₖ w²₁ₖ a¹ₖ", "sum_k w^2_1k a^1_k"),
    ("exp(z^3_1 − z_max)", "exp(z³₁ − zₘₐₓ)", "exp(z^3_1 - z_max)"),
    ("less z^3_1, less C.", "less z³₁, less C.", "less z^3_1, less C."),
    ("δ^L", "δᴸ", "d^L"),
]


@pytest.mark.parametrize(("markup", "unicode", "ascii"), CASES)
def test_markup_becomes_small_letters_or_ascii(markup: str, unicode: str, ascii: str) -> None:
    assert typeset(markup, UNICODE) == unicode
    assert typeset(markup, ASCII) == ascii


def test_an_index_without_small_letters_stays_as_it_was_written() -> None:
    assert typeset("a^2_q", UNICODE) == "a²_q"


def test_names_of_functions_are_not_taken_for_indices() -> None:
    assert typeset("leaky_relu", UNICODE) == "leaky_relu"


def test_everything_that_can_be_said_has_an_ascii_form() -> None:
    said = "−0.5 · δ ≈ ∂C/∂w → Σ′(z) ⊙ ∇C, ×10⁻³ ± ε ≥ ½ … ‘a’ “b” δ³₁ aˡ⁻¹ₖ ␣ ⌫ ▸ ◂ ● ◆"
    assert in_words(said).isascii()
    assert sentence("a sentence without", ASCII) == "a sentence without"
