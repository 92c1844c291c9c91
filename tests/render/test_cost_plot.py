from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.segment import Segment

from tests.render.made import SIZES, drawing, many, preset, scene, small, text
from tuibp.core.judged import Judged
from tuibp.render.cost_plot import cost, reduced
from tuibp.render.lines import text_of
from tuibp.render.plot import curve
from tuibp.session.curve import CostRecorder, LearningCurve
from tuibp.session.plots import PLOTS
from tuibp.session.shares import as_curve


def line(costs: NDArray[np.float64], now: int | None = None) -> LearningCurve:
    """As a run of the program keeps these costs."""
    kept = CostRecorder()
    kept.add(costs)
    return LearningCurve.of([kept.seen()], 0, now)


def run(n: int, now: int | None = None) -> LearningCurve:
    """A cost that falls by half each 50 updates."""
    return line(0.4 * 0.5 ** (np.arange(n) / 50), now)


def judged(held_out: float) -> Judged:
    """A network with this share of the held-out examples right."""
    return Judged(held_out + 0.04, held_out, 0.1, 0.1, 0.1, 0.0, (0.5,), (0.5,))


def test_without_a_run_the_panel_says_what_will_fill_it() -> None:
    panel = cost(scene(preset("mazur")), 31, 7)
    assert panel.note == "of this example"
    assert "◆" in text(panel.lines)
    assert text(panel.lines).splitlines()[-1].strip() == "u one step downhill   t train"
    assert drawing(text(cost(scene(preset("mazur")), 31, 4).lines)) == drawing("""
        C here is 0.298371.
        u takes one step downhill,
        t trains; the curve grows.
    """)


def test_a_run_is_a_curve_between_its_numbers() -> None:
    lines = [text_of(line) for line in cost(scene(preset("mazur"), curve=run(300)), 44, 8).lines]
    assert lines[0].startswith(" 0.4 ┤")
    assert lines[6].startswith("   0 ┤")
    assert lines[7].split() == ["0", "300"]
    assert "⠁" <= lines[0][6] <= "⣿"


def test_where_one_stands_in_a_run_is_marked() -> None:
    drawn = scene(preset("mazur"), curve=run(300, 100))
    panel = cost(drawn, 44, 8)
    assert panel.note == "at 100 of 300"
    assert sum(text_of(line).count("●") for line in panel.lines) == 1
    assert "●" not in text(cost(scene(preset("mazur"), curve=run(300)), 44, 8).lines)


def test_costs_that_are_not_finite_are_left_out() -> None:
    broken = np.full(40, 0.3)
    broken[10], broken[20], broken[30] = np.nan, np.inf, -np.inf
    for plot in PLOTS:
        assert cost(scene(preset("mazur"), curve=line(broken), plot=plot), 44, 8).lines


def test_a_log_scale_leaves_out_what_is_not_positive() -> None:
    costs = np.array([1.0, 0.1, 0.0, -1.0, 0.001])
    panel = cost(scene(preset("mazur"), curve=line(costs), plot="log cost"), 44, 8)
    assert panel.title == "Cost · log"
    assert [text_of(line).split()[0] for line in panel.lines if "┤" in text_of(line)] == ["1", "0.01", "0.001"]


def test_a_long_run_is_reduced_to_what_its_columns_can_show() -> None:
    costs = np.random.default_rng(0).random(100_000) + 1.0
    costs[50_000] = 9.0
    short = reduced(LearningCurve(np.arange(100_000), costs, 100_000, 100_000), 40)
    assert len(short.y) <= 4 * 40
    assert short.window == 25


def test_vanishing_errors_are_bars_that_shrink() -> None:
    of = small((2, 8, 8, 8, 2), "sigmoid", "quadratic")
    panel = cost(scene(of, 11, plot="errors"), 44, 8)
    lines = [text_of(line) for line in panel.lines]
    bars = [line.count("▇") for line in lines[:4]]
    assert bars == sorted(bars)
    assert "each layer back" in text(panel.lines).lower() or "becomes" in text(panel.lines)


def test_errors_that_are_still_to_come_are_not_shown() -> None:
    of = small((2, 8, 8, 8, 2), "sigmoid", "quadratic")
    assert "come at steps 3 and 4" in text(cost(scene(of, 2, plot="errors"), 60, 8).lines)
    lines = [text_of(line).split()[1] for line in cost(scene(of, 5, plot="errors"), 44, 8).lines[:4]]
    assert lines[:3] == ["·"] * 3
    assert lines[3] != "·"


@pytest.mark.parametrize("width", [1, 2, 3, 10, 40])
@pytest.mark.parametrize("height", [1, 2, 3, 8])
def test_a_curve_fits_any_size_in_braille_and_in_ascii(width: int, height: int) -> None:
    x = np.linspace(0.0, 1.0, 50)
    for ascii in (False, True):
        rows = curve(x, x**2, (0.0, 1.0), (0.0, 1.0), width, height, ascii)
        assert [len(row) for row in rows] == [width] * height
        assert not ascii or all(row.isascii() for row in rows)


def test_what_plotext_cannot_take_is_never_given_to_it() -> None:
    x = np.arange(5.0)
    y = np.array([np.nan, 1.0, np.inf, -np.inf, 1e300])
    assert any(row.strip() for row in curve(x, y, (0.0, 4.0), (0.0, 2.0), 20, 5, False))
    assert not any(row.strip() for row in curve(x, np.full(5, np.nan), (0.0, 4.0), (0.0, 2.0), 20, 5, False))
    assert not any(row.strip() for row in curve(x, y, (0.0, 0.0), (0.0, 2.0), 20, 5, False))
    assert not any(row.strip() for row in curve(x, y, (0.0, np.inf), (0.0, 2.0), 20, 5, False))


def test_every_plot_of_every_network_has_a_picture() -> None:
    for of in many():
        for plot in PLOTS:
            for width, height in SIZES:
                for ascii in (False, True):
                    drawn = scene(of, 3, curve=run(60, 30), plot=plot, ascii=ascii)
                    panel = cost(drawn, width, height)
                    assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
                    assert not ascii or (panel.title + panel.note + text(panel.lines)).isascii()


def test_a_run_of_millions_is_thinned_and_keeps_its_shape() -> None:
    count = 3_000_000
    long = line(np.linspace(1.0, 0.0, count))
    drawn = reduced(long, 40)
    assert len(long.costs) <= 2**16
    assert long.count == count
    assert len(drawn.x) <= 4 * 40
    assert np.all(np.diff(drawn.x) >= 0)
    assert drawn.y[0] == pytest.approx(1.0, abs=0.02)
    assert drawn.y[-1] == pytest.approx(0.0, abs=0.02)


def test_long_counts_are_grouped_as_in_the_title() -> None:
    panel = cost(scene(preset("mazur"), curve=run(12_345, 11_000)), 44, 8)
    assert panel.note == "at 11,000 of 12,345"
    assert text_of(panel.lines[-1]).split() == ["0", "12,345"]


@pytest.mark.parametrize("ascii", [False, True])
def test_the_share_that_is_right_is_a_curve_at_every_size(ascii: bool) -> None:
    updates = np.arange(0, 301, 50)
    held_out = np.linspace(0.1, 0.95, len(updates))
    points = [(update, judged(share)) for update, share in zip(updates.tolist(), held_out.tolist(), strict=True)]
    for here in (None, judged(0.95)):
        for count in (0, 1, len(updates)):
            shares = as_curve(points[:count], here)
            drawn = replace(scene(preset("digits"), curve=run(300), plot="right", ascii=ascii), shares=shares)
            for width, height in SIZES:
                panel = cost(drawn, width, height)
                assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
                assert not ascii or (panel.title + panel.note + text(panel.lines)).isascii()
    assert panel.note == "95 % held out, dotted: trained on"
    assert "0" in text(panel.lines).splitlines()[-1]
    assert "300" in text(panel.lines).splitlines()[-1]


@pytest.mark.parametrize(("right", "said"), [(0.0, "the one example is wrong"), (1.0, "the one example is right")])
def test_of_one_example_no_percentage_is_said(right: float, said: str) -> None:
    here = replace(judged(np.nan), trained=right)
    reached = replace(scene(preset("exploding"), plot="right"), shares=as_curve([], here))
    told = text(cost(reached, 44, 8).lines)
    assert said in told
    assert "%" not in told
