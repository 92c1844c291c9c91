"""Settings as a person types and turns them: one set of rules says what fits."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibp.core.training import Training
from tuibp.files.errors import BadInput
from tuibp.session.settings import changed, scaled, typed

NAMES = ("eta", "batch_size", "l2", "train_biases", "epochs", "seed")


@given(name=st.sampled_from(NAMES), text=st.text(max_size=8) | st.floats().map(str) | st.integers().map(str))
def test_whatever_is_typed_is_refused_or_taken_as_it_was_typed(name: str, text: str) -> None:
    with suppress(BadInput):
        settings = changed(Training(), name, typed(text), examples=30)
        assert getattr(settings, name) == float(text)


@pytest.mark.parametrize(("name", "text"), [("eta", "0"), ("batch_size", "31"), ("batch_size", "2.5"), ("l2", "-1")])
def test_what_does_not_fit_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadInput):
        changed(Training(), name, typed(text), examples=30)


@pytest.mark.parametrize("name", NAMES)
def test_a_number_of_hundreds_of_digits_is_refused_whatever_its_kind(name: str) -> None:
    for value in (10**400, -(10**400)):
        with pytest.raises(BadInput):
            changed(Training(), name, value, examples=30)


def test_half_and_twice_keep_a_count_whole_and_turn_what_is_true_or_false() -> None:
    assert (scaled(0.3, 0.5), scaled(0.3, 2.0)) == (0.15, 0.6)
    assert (scaled(1, 0.5), scaled(10, 0.5), scaled(10, 2.0)) == (1, 5, 20)
    assert scaled(True, 0.5) is False
