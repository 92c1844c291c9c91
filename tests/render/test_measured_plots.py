"""Plots of what is measured on the way through a run: held-out cost, decay, gradients, how numbers are spread."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from rich.segment import Segment

from tests.render.made import SIZES, small, text
from tests.render.views import scene, state
from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.five_steps import walk
from tuibp.core.gradient import cost as mean_cost
from tuibp.core.judged import judged
from tuibp.core.layers_read import read_layers
from tuibp.files.preset import Preset
from tuibp.render.cost_plot import cost
from tuibp.render.histogram_plot import _count, histogram
from tuibp.render.lines import text_of
from tuibp.render.scene import Scene
from tuibp.session.curve import LearningCurve
from tuibp.session.plots import plots_of
from tuibp.session.shares import as_curve


def relu() -> Preset:
    """60 points in three classes, 20 held out; some neurons of a relu layer never fire."""
    of = small((2, 12, 3), "relu", "quadratic")
    random = np.random.default_rng(1)
    x, labels = random.normal(size=(60, 2)), np.arange(60) % 3
    network = of.network.with_parameters(random.normal(size=of.network.parameters.size))
    data = DataSet.of(x, np.eye(3)[labels], labels, held_out=1 / 3)
    return replace(of, network=network, data=data, training=replace(of.training, l2=2.0))


@cache
def measured(name: str) -> Scene:
    """After 90 updates, measured four times."""
    of = relu() if name == "relu" else state(name).preset
    of = replace(of, opening=replace(of.opening, updates=0))
    descent, points = Descent(of.network, of.data, of.training), [(0, judged(of.network, of.data, of.training))]
    for update in (30, 60, 90):
        descent.run(30)
        points.append((update, judged(descent.snapshot(), of.data, of.training)))
    now = descent.snapshot()
    shares = as_curve(points, points[-1][1], read_layers(now, of.data))
    curve = LearningCurve(np.arange(90), np.ones(90), 90, 90)
    return replace(scene(state(of).trained(now, 90, None)), curve=curve, shares=shares)


def plotted(name: str, plot: str, **changes: object) -> Scene:
    made = measured(name)
    return replace(made, view=replace(made.view, plot=plot, **changes))  # type: ignore[arg-type]  # View's own fields


@pytest.mark.parametrize("name", ["relu", "deep-sigmoid", "digits"])
@pytest.mark.parametrize("plot", ["held out", "gradients", "histogram", "right"])
def test_every_plot_fits_every_size_also_in_ascii(name: str, plot: str) -> None:
    from tuibp.render.glyphs import ASCII

    for ascii in (False, True):
        made = plotted(name, plot)
        made = replace(made, glyphs=ASCII) if ascii else made
        for width, height in SIZES:
            panel = cost(made, width, height)
            assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
            assert not ascii or (panel.title + panel.note + text(panel.lines)).isascii()


def test_costs_beside_each_other_are_those_of_the_network_as_it_is() -> None:
    made = plotted("relu", "held out")
    network, data = made.state.network, made.state.preset.data
    own, held_out = (mean_cost(network, data.x[rows], data.y[rows]) for rows in (data.train, data.test))
    decay = 2.0 / (2 * 40) * sum(float((w**2).sum()) for w in network.weights)
    said = text(cost(made, 60, 12).lines)
    for name, value in (("held out", held_out), ("trained on", own), ("λ/2n Σw²", decay), ("Σw²", own + decay)):
        assert f"{name} {value:.3g}" in said


def test_without_held_out_examples_and_decay_there_is_no_plot_of_parts() -> None:
    assert "held out" not in plots_of(state("xor"))
    assert "histogram" not in plots_of(state("xor"))
    assert plots_of(state("digits")) == ("cost", "log cost", "right", "held out", "errors", "gradients", "histogram")


def test_where_no_run_was_measured_gradients_are_bars_of_the_example_from_step_5_on() -> None:
    made = scene(state("xor"))
    made = replace(made, view=replace(made.view, plot="gradients"))
    assert "come at step 5" in text(cost(made, 44, 8).lines)
    from tuibp.session.commands import GoTo

    reached = state("xor", GoTo("end"))
    made = replace(made, state=reached)
    norms = [float(np.linalg.norm(walk(reached.network, reached.shown).grad_w(layer))) for layer in (1, 2)]
    lines = [text_of(line) for line in cost(made, 44, 8).lines]
    for line, norm in zip(lines, norms, strict=False):
        assert f"{norm:.2g}" in line


@pytest.mark.parametrize("of", ["a", "z", "delta", "w"])
def test_columns_hold_all_numbers_where_they_belong(of: str) -> None:
    read = measured("relu").shares
    assert read is not None
    assert read.layers is not None
    values = read.layers.values(of, 1)
    found = _count(values, of, 30)
    assert found is not None
    shares, low, high = found
    edges = np.linspace(low, high, 31)
    counts = [int(((values >= a) & (values < b)).sum()) for a, b in pairwise(edges)]
    counts[-1] += int((values == high).sum())
    assert sum(counts) == len(values)
    assert np.abs(shares - np.array(counts) / max(counts)).max() < 0.05
    if low < 0 < high:
        assert np.abs(edges).min() < 1e-9 * (high - low)


def test_silent_neurons_are_counted() -> None:
    made = plotted("relu", "histogram")
    network, data = made.state.network, made.state.preset.data
    fires = (data.x @ network.w(1).T + network.b(1) > 0).any(axis=0)
    assert 0 < (~fires).sum() < 12
    assert f"{(~fires).sum()} of 12 silent" in text(histogram(made, 60, 12).lines)


def test_the_histogram_shows_what_the_lens_shows_and_weights_among_the_weights() -> None:
    made = plotted("relu", "histogram")
    assert histogram(replace(made, lens="delta"), 60, 12).title == "How δ is spread"
    assert histogram(replace(made, lens="z"), 60, 12).title == "How z is spread"
    assert histogram(plotted("relu", "histogram", panel="matrix"), 60, 12).title == "How w is spread"


@pytest.mark.parametrize(
    "values", [np.zeros(5), np.array([np.nan, 1.0]), np.array([1e308, -1e308]), np.array([5e-324])]
)
def test_numbers_at_the_ends_of_what_there_is_have_columns_or_none(values: list[float]) -> None:
    found = _count(np.array(values), "z", 30)
    assert found is None or (np.isfinite(found[0]).all() and found[1] < found[2])
