"""An example by its number or its label, and nothing by anything else."""

from __future__ import annotations

import pytest

from tuibp.files import load
from tuibp.session.commands import ChooseExample, apply, opened
from tuibp.session.examples import named

DIGITS = apply(opened(load("digits")), ChooseExample(7))


@pytest.mark.parametrize(("text", "row"), [("1", 0), ("12", 11), (" 12 ", 11), (str(len(DIGITS.preset.data)), None)])
def test_a_number_counts_from_one(text: str, row: int | None) -> None:
    assert named(DIGITS, text) == (len(DIGITS.preset.data) - 1 if row is None else row)


@pytest.mark.parametrize("text", ["0", "-1", "", "1.5", "99999999", "9" * 5000, "=", "=11", "x"])
def test_what_names_no_example_is_none(text: str) -> None:
    assert named(DIGITS, text) is None


def test_a_label_is_the_next_one_of_it_and_goes_round_the_end() -> None:
    labels = DIGITS.preset.data.labels
    assert labels is not None
    rows = [row for row, label in enumerate(labels) if label == 3]
    assert named(DIGITS, "=3") == named(DIGITS, " = 3 ") == next(row for row in rows if row > 7)
    assert named(apply(DIGITS, ChooseExample(rows[-1])), "=3") == rows[0]
