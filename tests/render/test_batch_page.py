"""The mini-batch's pictures: means where one example's numbers stood, a bar for each example, and nothing cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.render.views import scene, state
from tuibp.core.mini_batch import MiniBatch, mini_batch
from tuibp.render.batch_matrix import mean_matrix
from tuibp.render.batch_means import of_means
from tuibp.render.batch_pictures import batch_pictures
from tuibp.render.batch_shares import batch_line, batch_title, shares_panel
from tuibp.render.lines import text_of
from tuibp.render.network import network
from tuibp.render.scene import Scene
from tuibp.render.weights import Weights
from tuibp.session.state import State


def drawn(preset: str, ascii_only: bool = False) -> tuple[Scene, MiniBatch]:
    reached: State = state(preset)
    batch = mini_batch(reached.network, reached.preset.data, reached.settings, reached.update)
    return scene(of_means(reached, batch), lens="grad_b", compact=True, ascii=ascii_only), batch


@pytest.mark.parametrize("preset", ["iris", "digits", "mazur", "deep-sigmoid", "xor"])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_share_has_a_bar_to_its_side_and_fits(preset: str, ascii_only: bool) -> None:
    shown, batch = drawn(preset, ascii_only)
    for k in (None, 0):
        shares = batch.shares("gradient", 1, 0, k)
        panel = shares_panel(shown, shares, 32, 20)
        rows = [text_of(row) for row in panel.lines]
        assert all(sum(s.cell_length for s in row) == 32 for row in panel.lines)
        line = shown.glyphs.vertical
        bars = [row for row in rows if line in row]
        assert len(bars) == min(len(batch), len(bars) - 1) + 1
        assert " ".join("".join(rows).split())
        assert not ascii_only or all(row.isascii() for row in rows)
    assert f"mini-batch {batch.number + 1}/{batch.of}" in text_of(batch_title(shown, batch, 80))
    assert "mean of" in text_of(batch_line(shown, batch, 80))


def test_tiles_show_the_means() -> None:
    shown, batch = drawn("iris")
    text = "\n".join(text_of(row) for row in network(replace(shown, lens="a"), 48, 12).lines)
    for mean in np.concatenate([batch.mean_a[1], batch.mean_a[2]]):
        assert any(f"{abs(mean):.{digits}f}"[1:] in text for digits in (3, 4, 5, 6))


def test_the_state_of_means_is_the_mean_of_the_walks() -> None:
    shown, batch = drawn("iris")
    walks = [state("iris").preset.data.example(int(row)) for row in batch.rows]
    assert shown.state.walk.a(0) == pytest.approx(np.mean([e.x for e in walks], axis=0))
    assert shown.state.walk.cost == pytest.approx(batch.cost)


def test_the_matrix_holds_the_mean_of_each_gradient() -> None:
    shown, found = drawn("iris")
    seen = Weights(1, 2, 1, False, True, False)
    panel = mean_matrix(shown, found, seen, 47, 7)
    lines = [text_of(row) for row in panel.lines]
    assert panel.title.startswith("∂C/∂w²")
    power = int(panel.title.partition("×10")[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)
    for j, line in enumerate(lines[1:6]):
        told = [float(v.replace("−", "-")) * 10.0**power for v in line.partition(f"j={j + 1}")[2].split()]
        one_by_one = [found.shares("gradient", 1, j, k).values.mean() for k in range(4)]
        assert told[:4] == pytest.approx(one_by_one, abs=1e-4)
        assert told[4] == pytest.approx(found.shares("gradient", 1, j).values.mean(), abs=1e-4)
    assert all(len(line) == 47 for line in lines)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_examples_that_are_images_are_seen_under_their_number_and_class(ascii_only: bool) -> None:
    shown, batch = drawn("digits", ascii_only)
    data, shares = shown.state.preset.data, batch.shares("gradient", 2, 9, None)
    assert data.labels is not None
    low, high = (shares_panel(shown, shares, width, height) for width, height in ((31, 20), (45, 34)))
    for panel, count in ((low, 3), (high, len(batch))):
        text = "\n".join(text_of(row) for row in panel.lines)
        loudest = batch.rows[np.argsort(-np.abs(shares.values))[:count]].tolist()
        named = [row for row in batch.rows.tolist() if f"{row + 1}: {data.labels[row]}" in text]
        assert sorted(named) == sorted(loudest)
        halves = sum(len(s.text) for row in panel.lines for s in row if set(s.text) == {shown.glyphs.half})
        assert ascii_only or halves == count * 8 * 4


def test_without_images_nothing_is_drawn_below_the_sentence() -> None:
    shown, batch = drawn("iris")
    assert batch_pictures(shown, batch.shares("gradient", 1, 0, None), 31, 20) == []
