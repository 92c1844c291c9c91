"""Numbers keep their width, their point and their sign's column."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibp.render.glyphs import ASCII, UNICODE, Glyphs
from tuibp.render.numbers import (
    NumberFormat,
    alone,
    percent,
    plain,
    scientific,
    shared,
    significant,
    steady,
    times_ten,
)  # fmt: skip

ANY = st.floats(allow_nan=True, allow_infinity=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
GLYPHS = st.sampled_from([UNICODE, ASCII])


@given(st.lists(FINITE, min_size=1, max_size=8), st.sampled_from([4, 5, 6, 7, 9]), st.booleans(), st.booleans(), GLYPHS)
def test_numbers_of_a_shared_scale_are_equally_wide(
    values: list[float], width: int, plus: bool, short: bool, glyphs: Glyphs
) -> None:
    form = shared(values, width, plus=plus, short=short, glyphs=glyphs)
    assert {len(text) for text in form.column([*values, None, math.nan, math.inf])} == {width}


@given(st.lists(FINITE, min_size=1, max_size=8), ANY, st.sampled_from([7, 9, 12]))
def test_a_plain_format_is_as_wide_for_numbers_that_it_did_not_foresee(
    values: list[float], other: float, width: int
) -> None:
    assert len(plain(values, width)(other)) == width


@given(st.lists(st.floats(-999, 999), min_size=1, max_size=8), st.sampled_from([6, 7, 9]))
def test_points_stand_in_line(values: list[float], width: int) -> None:
    points = {text.find(".") for text in shared(values, width, least=0.0).column(values)}
    assert len(points) == 1


@given(st.floats(-1e6, 1e6), st.sampled_from([7, 9, 12]))
def test_a_number_alone_reads_as_the_number(value: float, width: int) -> None:
    text = alone(value, width).strip().replace("−", "-").replace("e-", "e-")
    assert float(text) == pytest.approx(value, rel=0.06, abs=10.0 ** -(width - 3))


@given(st.lists(FINITE, min_size=1, max_size=5), st.sampled_from([4, 6, 9]))
def test_ascii_formats_are_ascii(values: list[float], width: int) -> None:
    form = shared(values, width, glyphs=ASCII)
    assert "".join([*form.column([*values, None]), form.label, significant(values[0], 3, ASCII)]).isascii()


def test_errors_are_written_in_thousandths_with_their_exponent_said_once() -> None:
    form = shared([0.1459, -0.1239, 0.0002], 6, least=1.0, most_decimals=1, plus=True)
    assert form.label == "×10⁻³"
    assert form.column([0.1459, -0.1239, 0.0002, 0.0, None]) == ["+145.9", "−123.9", "  +0.2", "   0.0", "     ·"]


def test_a_small_number_stays_in_line_as_long_as_scientific_form_shows_no_more_digits_of_it() -> None:
    form = plain([-1.251, 0.0034], 6)
    assert form.column([-1.251, 0.0034, -0.0091, 0.00034]) == ["−1.251", " 0.003", "−0.009", "  3e−4"]
    assert plain([1.0], 9)(0.0000034) == " 3.400e−6"


def test_the_short_form_drops_the_zero_before_the_point() -> None:
    form = shared([0.95, 0.38], 4, short=True, most_decimals=2)
    assert form.column([0.95, 0.38, 0.999, 0.0, -0.3]) == [" .95", " .38", " 1.0", " .00", "−.30"]


def test_the_sign_has_a_column_of_its_own() -> None:
    form = plain([1.0], 7)
    assert form.column([0.0381, -0.0381]) == [" 0.0381", "−0.0381"]


def test_a_number_too_small_for_its_decimals_becomes_scientific() -> None:
    assert plain([1.0], 7).column([3e-7, -8.8e-4]) == [" 3.0e−7", "−8.8e−4"]


def test_a_number_that_is_not_finite_says_so() -> None:
    assert NumberFormat(6, 2).column([math.nan, math.inf, -math.inf]) == ["   nan", "   inf", "  −inf"]


@pytest.mark.parametrize("value", [5e-324, 1.7e308, -1e-310])
def test_the_ends_of_the_range_of_doubles_can_be_written(value: float) -> None:
    form = shared(np.array([value]), 6, least=1.0)
    assert len(form(value)) == 6
    assert len(alone(value, 7)) == 7


@pytest.mark.parametrize(
    ("value", "said"), [(-2.6e-4, "−2.60e−4"), (0.0146, "0.0146"), (2260, "2260"), (0, "0"), (999.6, "1000")]
)
def test_a_number_in_a_sentence_is_short(value: float, said: str) -> None:
    assert significant(value) == said


def test_a_number_that_was_typed_has_no_zeros_at_its_end() -> None:
    assert [significant(v, 6, typed=True) for v in (1e-4, -2.5e-7, 0.5)] == ["1e−4", "−2.5e−7", "0.5"]


def test_a_power_of_ten_is_said_in_superscripts_or_as_an_exponent() -> None:
    assert (times_ten(-12), times_ten(-12, ASCII), times_ten(0)) == ("×10⁻¹²", "e-12", "")


def test_a_number_above_one_beside_large_ones_is_not_scientific() -> None:
    assert plain([-51692.0], 6)(-5.4) == "    −5"


@given(size=st.floats(min_value=0.0), room=st.integers(3, 20))
def test_scientific_form_fits_its_room_whatever_the_number_is(size: float, room: int) -> None:
    assert len(scientific(size, room)) <= room


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.665, "66.5 %"), (0.996, "99.6 %"), (1.0, "100 %"), (3.2e-7, "3.20e−5 %"), (5e4, "5e6 %")],
)
def test_a_share_has_the_digits_that_count(share: float, said: str) -> None:
    assert percent(share) == said


def test_a_number_that_is_watched_keeps_its_point_while_three_digits_of_it_are_seen() -> None:
    assert [steady(v) for v in (0.0, 0.1, -0.01234, 0.001234, 1.5e6)] == [
        "0.0000", "0.1000", "−0.0123", "0.001234", "1.500e6",
    ]  # fmt: skip
    assert (steady(0.2, plus=True), steady(-0.0), steady(0.298371, 6)) == ("+0.2000", "0.0000", "0.298371")
