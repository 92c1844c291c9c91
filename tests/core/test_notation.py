"""Names and numbers as explanations write them."""

from __future__ import annotations

import math

import pytest

from tuibp.core.notation import of_neuron, percent, short, weight, weights_into, weights_out_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.5, "0.5"),
        (0.4999, "0.50"),
        (0.0045, "0.0045"),
        (0.186816, "0.19"),
        (-0.0045, "−0.0045"),
        (1.0, "1"),
        (3.14159, "3.14"),
        (99.996, "100.00"),
        (1234.5, "1234"),
        (0.000123, "0.00012"),
        (1.2345e-7, "1.2e−7"),
        (2e-7, "2e−7"),
        (1e8, "1e8"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "nan"),
    ],
)
def test_a_number_in_a_sentence_has_the_digits_that_count(value: float, text: str) -> None:
    assert short(value) == text


def test_a_share_is_a_whole_per_cent_unless_it_is_tiny() -> None:
    assert [percent(s) for s in (0.665, 1.0, 0.0042, 0.0)] == ["66 %", "100 %", "0.4 %", "0 %"]


def test_names_count_from_one_and_part_indices_of_two_digits() -> None:
    assert of_neuron("z", 1, 0) == "z^2_1"
    assert weight(2, 0, 8) == "w^3_19"
    assert weight(2, 0, 9) == "w^3_1,10"
    assert (weights_into(1, 8), weights_into(1, 9)) == ("w^2_9k", "w^2_10,k")
    assert (weights_out_of(2, 8), weights_out_of(2, 9)) == ("w^3_k9", "w^3_k,10")
