from __future__ import annotations

import pytest

from tuibp.app.output.gate import BURST, LIVE, LIVE_BURST, LOST_AFTER, MUTE_AFTER, SILENT_AFTER, Gate
from tuibp.app.output.rate import LineRate


def test_the_next_frame_waits_for_the_report_on_the_last() -> None:
    gate = Gate()
    gate.sent(100, 0.0)
    assert not gate.open(1.0, 0)
    assert gate.answered(1.5) == (100, 1.5)
    assert gate.open(1.5, 0)


def test_a_terminal_that_has_answered_is_never_taken_for_mute() -> None:
    gate = Gate()
    gate.sent(100, 0.0)
    gate.answered(0.1)
    gate.sent(100, 1.0)
    assert not gate.open(1e6, 0)


def test_a_mute_terminal_is_served_by_what_it_has_taken() -> None:
    gate = Gate()
    gate.sent(100, 0.0)
    assert not gate.open(MUTE_AFTER - 0.1, 0)
    assert not gate.open(MUTE_AFTER, 10)
    assert gate.open(MUTE_AFTER, 0)
    assert gate.look_again(0.5) == pytest.approx(MUTE_AFTER - 0.5)


def test_a_report_from_before_the_first_frame_opens_nothing() -> None:
    gate = Gate(strays=1)
    gate.sent(100, 0.0)
    assert gate.answered(0.1) is None
    assert not gate.open(0.1, 0)
    assert gate.answered(0.2) == (100, 0.2)


def test_a_report_from_before_that_never_comes_is_not_waited_for() -> None:
    gate = Gate(strays=1)
    gate.sent(100, 0.0)
    assert gate.answered(MUTE_AFTER + 1) == (100, MUTE_AFTER + 1)


def test_reports_that_nobody_asked_for_change_nothing() -> None:
    gate = Gate()
    assert gate.answered(0.0) is None
    gate.sent(100, 1.0)
    assert not gate.open(1.0, 0)


def test_inside_a_multiplexer_bytes_are_budgeted() -> None:
    gate = Gate(budget=1000.0)
    gate.sent(int(BURST), 0.0)
    gate.answered(0.01)
    assert gate.open(0.01, 0), "a first screen goes at once"
    gate.sent(500, 0.02)
    gate.answered(0.03)
    assert not gate.open(0.4, 0)
    assert gate.look_again(0.4) == pytest.approx(0.1)
    assert gate.open(0.5, 0)


def test_a_budget_saves_up_while_nothing_is_sent_but_no_more_than_a_burst() -> None:
    gate = Gate(budget=1000.0)
    assert gate.credit(0.0) == BURST
    gate.sent(int(BURST), 0.0)
    assert gate.credit(0.0) == 0.0
    assert gate.credit(1.0) == pytest.approx(1000.0)
    assert gate.credit(1e6) == BURST


def test_a_line_is_silent_when_nothing_has_moved_for_long() -> None:
    gate = Gate()
    gate.sent(100, 0.0)
    gate.answered(0.1)
    gate.sent(100, 1.0)
    assert not gate.silent(SILENT_AFTER, 0)
    assert gate.silent(1.0 + SILENT_AFTER, 0)
    gate.answered(1.0 + SILENT_AFTER)
    assert not gate.silent(1.0 + SILENT_AFTER, 0)


def test_keys_long_after_a_request_show_that_its_report_was_lost() -> None:
    gate = Gate()
    gate.sent(100, 0.0)
    assert not gate.lost(5.0, 5.0)
    assert gate.lost(LOST_AFTER + 1, LOST_AFTER + 1)
    assert not gate.lost(LOST_AFTER + 1, 1.0)


def test_the_rate_of_a_line_is_found_behind_any_delay() -> None:
    for delay in (0.0, 0.2):
        rate = LineRate()
        for size in (0, 5000, 300, 900, 400, 2000, 300, 350):
            rate.learn(size, delay + size / 9600)
        assert rate.value == pytest.approx(9600)
        assert rate.slow


def test_a_fast_line_is_not_called_slow_for_one_late_report() -> None:
    rate = LineRate()
    for size, seconds in ((0, 0.002), (5000, 0.25), (300, 0.003), (5000, 0.004), (300, 0.002)):
        rate.learn(size, seconds)
    assert not rate.slow


def test_frames_of_one_size_tell_no_rate() -> None:
    rate = LineRate()
    for _ in range(10):
        rate.learn(300, 0.05)
    assert rate.value is None


def test_what_paints_by_itself_saves_up_no_burst_that_keys_would_have_to_wait_behind() -> None:
    gate = Gate(budget=1000.0)
    gate.sent(100, 0.0)
    gate.sent(100, 50.0, answer=False)
    assert gate.credit(50.5) <= LIVE_BURST
    assert gate.credit(50.0 + LIVE) > LIVE_BURST
    gate.sent(10_000, 90.0)
    assert gate.credit(90.0) == pytest.approx(BURST - 10_000), "an answer may be large"
