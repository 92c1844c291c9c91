"""The panels of a nudge, of paths, of the race and of the picker."""

from __future__ import annotations

import itertools
import re

import pytest
from rich.segment import Segment

from tests.render.made import SIZES, drawing, many, preset, scene, small, text
from tuibp.core.diagonal import Widths
from tuibp.core.epsilon import sweep
from tuibp.core.nudge import Nudge
from tuibp.core.paths import paths
from tuibp.core.race import Careful, Race
from tuibp.files import summaries
from tuibp.render.lines import text_of, width_of
from tuibp.render.notebook import notebook
from tuibp.render.nudge_curve import error_curve, landing_line, parameter_curve
from tuibp.render.nudge_text import delta_cost, told
from tuibp.render.numbers import duration
from tuibp.render.paths_table import many as counted
from tuibp.render.paths_table import paths_line, paths_table
from tuibp.render.picker import picker_list, picker_preview, picker_title
from tuibp.render.race_lanes import race_lanes, race_line, verdict
from tuibp.render.scene import Panel
from tuibp.render.setting import Setting
from tuibp.render.sweep import sweep_plot, sweep_text, widths_table, widths_text
from tuibp.session.experiments import Experiment

NUDGE = Nudge("parameter", 0.1, 2, 0, 1)
NUDGES = [
    NUDGE, Nudge("parameter", -2.0, 1, 0, None), Nudge("demon", 0.3, 1, 0), Nudge("parameter", 1e-9, 1, 0, 0),
    Nudge("direction", 0.5, direction="gradient"), Nudge("direction", 0.5, direction="random", seed=3),
]  # fmt: skip


def picture(panel: Panel) -> str:
    return drawing(text(panel.lines))


def test_a_change_is_followed_to_the_cost_by_its_equations() -> None:
    nudge = Nudge("parameter", 0.4, 1, 1, 1)
    assert picture(delta_cost(scene(preset("mazur"), 6, nudge=nudge), 44, 22)) == drawing("""
        (48) Δa²₂ ≈ ∂a²₂/∂w²₂₂ · Δw
                  = 0.0241 · 0.4000 = +0.009625

        (49) Δa³₂ ≈ ∂a³₂/∂a²₂ · Δa²₂
                  = 0.0965 · 0.0096 = +0.000929

        (47) ΔC ≈ ∂C/∂w²₂₂ · Δw
                = 0.0010 · 0.4000

        first order  +0.000398
        exact        +0.000397
        difference   −1.198e−6   0.3 %

        + ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
        + ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇

        Halve Δ and the difference falls to a
        quarter: it is of second order.
    """)


@pytest.mark.parametrize(
    ("at", "line"),
    [((25, 5), "(48) Δa²₂₆ ≈ ∂a²₂₆/∂w²₂₆,₆ Δw"), ((122, 454), "(48) Δa²₁₂₃ ≈ ∂a²/∂w² · Δw")],
    ids=["26,6", "123,455"],
)
def test_an_equation_of_large_indices_is_whole_in_a_narrow_panel(at: tuple[int, int], line: str) -> None:
    wide = small((500, 200, 3), "sigmoid", "quadratic")
    drawn = picture(delta_cost(scene(wide, 6, nudge=Nudge("parameter", 0.2, 1, *at), compact=True), 32, 12))
    assert drawn.split("\n")[0].strip() == line


def test_the_cost_is_drawn_with_where_the_weight_stood_and_stands() -> None:
    panel = parameter_curve(scene(preset("mazur"), 6, nudge=NUDGE), 42, 10)
    assert panel.title == "C as a function of w³₁₂"
    assert text(panel.lines).count("●") + text(panel.lines).count("◆") >= 1
    assert text(panel.lines).split("\n")[-1].split() == ["−3.55", "4.45"]


def test_the_error_of_the_prediction_has_a_slope_of_two() -> None:
    panel = error_curve(scene(preset("mazur"), 6, nudge=NUDGE), 31, 10)
    assert panel.title == "error over Δ"
    assert float(panel.note.removeprefix("slope ")) == pytest.approx(2.0, abs=0.05)


def test_a_learning_rate_that_lands_beyond_the_lowest_point_is_named() -> None:
    assert landing_line(scene(preset("mazur"), 6)) == (
        "η = 0.5 goes 0.8 % of the way to the lowest point of C on this line."
    )


@pytest.mark.parametrize("nudge", NUDGES)
@pytest.mark.parametrize("ascii", [False, True])
def test_every_nudge_of_every_network_has_its_panels(nudge: Nudge, ascii: bool) -> None:
    for of in many():
        if nudge.layer > of.network.last or (nudge.k or 0) >= of.network.sizes[max(nudge.layer - 1, 0)]:
            continue
        drawn = scene(of, 3, nudge=nudge, ascii=ascii)
        assert not ascii or landing_line(drawn).isascii()
        for width, height in SIZES[:5]:
            for panel in (f(drawn, width, height) for f in (delta_cost, parameter_curve, error_curve)):
                assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
                assert not ascii or (panel.title + panel.note + text(panel.lines)).isascii()


@pytest.mark.parametrize("nudge", NUDGES)
@pytest.mark.parametrize("ascii", [False, True])
def test_no_line_about_a_nudge_is_longer_than_its_room(nudge: Nudge, ascii: bool) -> None:
    for of in (*many(), *map(preset, ("spirals", "digits", "deep-sigmoid", "exploding"))):
        if nudge.layer > of.network.last or (nudge.k or 0) >= of.network.sizes[max(nudge.layer - 1, 0)]:
            continue
        drawn = scene(of, 3, nudge=nudge, ascii=ascii)
        made = drawn.state.experiment
        assert made is not None
        for width in (40, 36, 30, 25):
            setting = Setting.of(drawn, width)
            lines = [line for paragraph in told(drawn, setting, made) for line in paragraph.lines]
            assert [line for line in lines if width_of(line) > width] == []


def test_a_difference_of_any_size_is_written_with_its_share() -> None:
    far = scene(preset("digits"), 6, nudge=Nudge("parameter", 5000.0, 2, 0, None))
    assert re.search(r"difference +\S+ +\S+ %\n", text(delta_cost(far, 32, 12).lines))


def test_the_notebook_is_a_table_of_experiments() -> None:
    made = [Experiment(i, Nudge("parameter", 0.1 * i, 1, 1, 1), 0, 0, 0.02 * i, 0.025 * i, 0.2) for i in (1, 2)]
    assert picture(notebook(scene(preset("mazur")), 46, 6, made)) == drawing("""
        parameter        Δ first order       exact

        w²₂₂          +0.1   +0.020000   +0.025000
        w²₂₂          +0.2   +0.040000   +0.050000
    """)
    assert "[ and ] make one" in text(notebook(scene(preset("mazur")), 60, 6, []).lines)
    assert "▸w²₂₂         +0.1" in text(notebook(scene(preset("mazur")), 70, 6, made, 0).lines)


def test_paths_are_listed_with_what_they_add_up_to() -> None:
    of = preset("mazur")
    found = paths(of.network, of.data.example(0), 1, 0, 0)
    drawn = scene(of, 6)
    assert text_of(paths_line(drawn, 80, found)).rstrip() == (
        " Paths  2 ways from w²₁₁ to C.  Their sum is ∂C/∂w²₁₁ = 4.386e−4           (53)"
    )
    table = picture(paths_table(drawn, 80, 6, found, list(found.strongest())))
    assert table.rsplit("to ", 1)[0].rstrip() == drawing("""
           path     rate factors           product so far
         ▸ w→1→1→C   +.01  +.07  +.74     +6.68e−4   74 % ▇▇▇▇▇▇
           w→1→2→C   +.01  +.09  −.22     −2.30e−4  100 % ▇▇▇▇▇▇▇▇
           all 2 paths  = backprop        +4.39e−4
    """)


def test_one_path_is_one_way_and_where_nothing_flows_no_share_is_claimed() -> None:
    shown = scene(preset("xor"), 6)
    found = paths(shown.state.network, shown.state.shown, 1, 0, 0)
    assert "1 way from w²₁₁ to C." in text([paths_line(shown, 80, found)])
    table = picture(paths_table(shown, 80, 8, found, list(found.strongest())))
    assert "%" not in table
    assert "the 1 path  = backprop" in table


def test_a_factor_left_out_of_every_line_is_said_in_the_head() -> None:
    shown = scene(preset("deep-sigmoid"), 15)
    found = paths(shown.state.network, shown.state.shown, 1, 0, 0)
    table = picture(paths_table(shown, 80, 10, found, list(itertools.islice(found.strongest(), 4))))
    assert "rate factors, each · +.25" in table
    assert "each" not in picture(paths_table(shown, 120, 10, found, list(itertools.islice(found.strongest(), 4))))


def test_a_sample_of_the_careful_lane_is_extrapolated_and_says_so() -> None:
    careful = Careful(2.0, 1_000, 1_000, 0.1, 5, 4.0, 1e-9)
    lanes = picture(race_lanes(scene(preset("mazur"), 6), 80, 14, Race(50_000, 10, 1e-3, careful, 10, 0.1, 1e-7)))
    assert "≈ 4 s" in lanes


def test_a_large_network_names_its_many_paths() -> None:
    of = small((6,) * 9, "sigmoid", "quadratic")
    found = paths(of.network, of.data.example(0), 1, 1, 0)
    listed = list(itertools.islice(found.strongest(), 5))
    for width, height in SIZES:
        panel = paths_table(scene(of, 6, ascii=True), width, height, found, listed, 2)
        assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
        assert text(panel.lines).isascii()
    assert "279,936" in text(paths_table(scene(of, 6), 80, 9, found, listed).lines)


def test_counts_beyond_fifteen_digits_are_powers_of_ten() -> None:
    assert counted(30**9, scene(preset("mazur"))) == "19,683,000,000,000"
    assert counted(30**12, scene(preset("mazur"))) == "5.3e17"
    assert counted(30**12, scene(preset("mazur"), ascii=True)) == "5.3e17"


RACE = Race(2260, 2261, 6e-5, Careful(11.2, 2260, 2260, 9e-4, 10, 9e-4, 1e-8), 1131, 0.029, 3.1e-8)


def test_the_race_is_three_lanes_and_a_verdict() -> None:
    assert picture(race_lanes(scene(preset("mazur"), compact=True, depth="none"), 80, 12, RACE)) == drawing(
        """
        Backpropagation  one pass forward, one back
        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━             2 passes     60 µs

        Finite differences  N + 1 passes, one weight at a time
        ━━━━━━━━━━━━━━━━━━━━━━━━───────────────────────        1,131 / 2,261     29 ms

        Only what lies downstream  many weights in one product
        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  work of 11.2 passes    900 µs

        970× faster and exact; the differences are off by up to 3.1e−8 relative.
        All 2,261 passes would take 58 ms: extrapolated from 1,131.
    """
    )
    assert text_of(race_line(scene(preset("mazur"), ascii=True), 80)).isascii()


def test_before_it_starts_a_race_claims_nothing() -> None:
    assert verdict(None) == []
    assert "faster" not in text(race_lanes(scene(preset("mazur")), 80, 12, None).lines)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(6e-5, "60 µs"), (0.0318, "31.8 ms"), (4.2, "4.2 s"), (180.0, "3 min"), (7560.0, "2.1 h")],
)
def test_times_have_the_unit_that_fits(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_a_sweep_shows_each_difference_and_its_best_step() -> None:
    of = preset("mazur")
    points = list(sweep(of.network, of.data.example(0)))
    for ascii in (False, True):
        drawn = scene(of, 6, ascii=ascii)
        for width, height in SIZES:
            for done in (0, 1, 2, len(points)):
                for panel in (f(drawn, width, height, points[:done]) for f in (sweep_plot, sweep_text)):
                    assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
                    assert not ascii or (panel.title + text(panel.lines)).isascii()
    assert "central    best ε" in text(sweep_text(scene(of), 33, 8, points).lines)


def test_the_diagonal_matrix_is_raced_by_width() -> None:
    raced = [Widths(10, 4e-7, 1e-6, 4e-7, True), Widths(1000, 1.6e-4, 1e-4, 6e-7, True)]
    assert "1,000      160 µs        0.6 µs      270×" in text(widths_table(scene(preset("mazur")), 46, 8, raced).lines)
    assert text(widths_table(scene(preset("mazur"), ascii=True), 46, 8, raced).lines).isascii()


def test_a_low_table_of_widths_keeps_the_narrowest_and_the_widest() -> None:
    raced = [Widths(n, 4e-7, 1e-6, 4e-7, True) for n in (10, 20, 50, 100, 200, 500, 1000, 2000)]
    lines = text(widths_table(scene(preset("mazur")), 46, 7, raced).lines).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["10", "100", "200", "500", "1,000", "2,000"]
    assert "to the bit" in text(widths_text(scene(preset("mazur")), 60, 7, raced).lines)


def test_the_picker_lists_networks_and_shows_the_chosen_one() -> None:
    listed = summaries()
    drawn = scene(preset("mazur"), 2, compact=True)
    assert text_of(picker_title(drawn, 80, len(listed))).rstrip().endswith(f"{len(listed)} networks")
    lines = text(picker_list(drawn, 31, 20, listed, 1).lines)
    assert " ▸ mazur                 2·2·2" in lines
    preview = text(picker_preview(drawn, 48, 20, listed[1], drawn).lines)
    assert "2·2·2   sigmoid, quadratic" in preview
    for width, height in SIZES:
        for opened in (None, drawn):
            assert len(picker_preview(drawn, width, height, listed[0], opened).lines) == height
    assert "Nothing is called so." in text(picker_list(drawn, 31, 5, [], 0).lines)


def test_a_weight_on_an_input_of_nought_says_why_nothing_reaches_the_cost() -> None:
    shown = scene(preset("xor"), 6, nudge=Nudge("parameter", 0.1, 1, 0, 0))
    assert "a¹₁ is 0, so nothing reaches" in picture(delta_cost(shown, 44, 22))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_sum_of_a_single_path_is_named_whole(width: int) -> None:
    of = scene(preset("single-neuron"), 4)
    found = paths(of.state.network, of.state.shown, 1, 0, 0)
    assert "the 1 path  = backprop " in text(paths_table(of, width, 9, found, list(found.strongest())).lines)
