"""The errors of layers over a run, and the sentence on what one layer back makes of them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.render.views import scene, state, text
from tuibp.core.descent import Descent
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.judged import judged, norms_of, sampled
from tuibp.files import load
from tuibp.render.error_norms import fading
from tuibp.render.error_plot import layerwise, update_at
from tuibp.render.glyphs import UNICODE
from tuibp.render.lines import Row
from tuibp.render.scene import Scene
from tuibp.session.curve import LearningCurve
from tuibp.session.shares import as_curve


@pytest.mark.parametrize("name", ["deep-sigmoid", "iris", "modified-neuron"])
def test_errors_and_gradients_of_a_run_are_those_of_the_five_steps_example_by_example(name: str) -> None:
    of = load(name)
    rows, layers = sampled(len(of.data)), range(1, of.network.layer_count)
    squares, sums = np.zeros(len(layers)), [np.zeros_like(of.network.w(layer)) for layer in layers]
    for row in rows:
        steps = walk(of.network, Example(of.data.x[row], of.data.y[row]))
        squares += [float((steps.delta(layer) ** 2).sum()) for layer in layers]
        for total, layer in zip(sums, layers, strict=True):
            total += steps.grad_w(layer)
    errors, gradients = norms_of(of.network, of.data)
    assert errors == pytest.approx(np.sqrt(squares / len(rows)), rel=1e-10)
    assert gradients == pytest.approx([np.linalg.norm(total / len(rows)) for total in sums], rel=1e-10)


@pytest.mark.parametrize("count", [1, 199, 200, 201, 1797])
def test_the_examples_measured_are_different_ones_of_the_data(count: int) -> None:
    rows = sampled(count)
    assert len(set(rows.tolist())) == len(rows) == min(count, 200)
    assert rows.min() == 0
    assert rows.max() < count


def measured() -> Scene:
    """deep-sigmoid while it trains, measured four times."""
    of = load("deep-sigmoid")
    descent = Descent(of.network, of.data, of.training, 0)
    points = [(0, judged(of.network, of.data, of.training))]
    for update in (100, 200, 300):
        descent.run(100)
        points.append((update, judged(descent.snapshot(), of.data, of.training)))
    curve = LearningCurve(np.arange(300), np.ones(300), 300, 300)
    shown = scene(state("deep-sigmoid"))
    return replace(shown, view=replace(shown.view, plot="errors"), curve=curve, shares=as_curve(points, None))


def rows_of(lines: list[Row]) -> list[str]:
    return text(lines).split("\n")


@pytest.mark.parametrize("size", [(44, 24), (31, 13), (44, 9), (30, 6)])
def test_curves_stand_in_the_order_of_their_layers_each_named_at_its_end(size: tuple[int, int]) -> None:
    panel = layerwise(measured(), *size)
    assert "by layer" in panel.title
    lines = rows_of(panel.lines)
    assert max(map(len, lines)) <= size[0]
    start = size[0] - (10 if size[0] >= 36 else 4)
    names = [found.group(1) for line in lines if (found := re.match(r"\s*(\d)\b", line[start:]))]
    assert names == ["6", "5", "4", "3", "2"]


def test_a_column_of_the_plot_is_a_moment_of_the_run() -> None:
    of = measured()
    at = [update_at(of, 44, x) for x in range(44)]
    told = [update for update in at if update is not None]
    assert told == sorted(told)
    assert told[0] < 20
    assert told[-1] == 300


@pytest.mark.parametrize(
    ("norms", "said"),
    [
        ((1e-4, 1e-3, 1e-2, 0.1), "about 10 times smaller: the first layers hardly learn"),
        ((0.5, 0.7, 1.0), ""),
        ((625.0, 25.0, 1.0), "about 25 times larger"),
        ((1.0, 1.1, 1.2), "about the same size"),
        ((1e-3, 1e-3, 1.0), "From layer 4 back to layer 2 the error becomes 1000 times smaller"),
        ((0.0, 0.1, 1.0), ""),
        ((1.0, np.inf, 1.0), ""),
        ((1.0, 2.0), ""),
    ],
)
def test_the_sentence_says_what_the_norms_are(norms: tuple[float, ...], said: str) -> None:
    told = fading(list(enumerate(norms, start=1)), UNICODE).replace(",", "")
    if said:
        assert said in told
    elif len(norms) < 3 or not all(np.isfinite(norms)) or 0.0 in norms:
        assert told == ""
