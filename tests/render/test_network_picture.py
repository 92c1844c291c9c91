"""The network panel as pictures that a review can read, and what every one of them must hold."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rich.segment import Segment

from tests.render.views import preset, scene, state, text, wide
from tuibp.core.nudge import Nudge
from tuibp.core.paths import paths
from tuibp.files.preset import Preset
from tuibp.render.boxes import SHORT
from tuibp.render.glyphs import UNICODE
from tuibp.render.lens import SYMBOLS, shown
from tuibp.render.lines import text_of
from tuibp.render.network import layout_of, network
from tuibp.render.paths_network import paths_network
from tuibp.render.scene import Scene
from tuibp.render.typeset import typeset
from tuibp.session.commands import ChooseExample, GoTo, SetNudge, Step, Train
from tuibp.session.cursor import Cursor

SMALL, LARGE = (47, 12), (72, 23)


def picture(scene: Scene, width: int, height: int) -> str:
    return "\n" + text(network(scene, width, height).lines)


NUDGED = state("xor", ChooseExample(1), SetNudge(Nudge("parameter", 0.4, 1, 1, 1)))

MAZUR_AT_STEP_3_IN_A_SMALL_WINDOW = r"""
 1 input        2 sigmoid        3 sigmoid
                ╭ 1 ────────╮    ╭ 1 ────────╮
 ╭ 1 ─────╮     │ z  0.3775 │    │ z  1.1059 │
 │ 0.0500 │     │ a  0.5933 │⠤⠤⠤⢤│ a  0.7514 │
 ╰────────╯     │ δ       · │   ⡇│ δ  0.1385 │
                ╰───────────╯  ⡸ ╰─── y 0.01 ╯
                              ⢀⠇
                ╭ 2 ────────╮ ⡜  ╭ 2 ────────╮
 ╭ 2 ─────╮     │ z  0.3925 │⢰⠁  │ z  1.2249 │
 │ 0.1000 │     │ a  0.5969 │⠎   │ a  0.7729 │
 ╰────────╯     │ δ       · │    │ δ −0.0381 │
                ╰───────────╯    ╰─── y 0.99 ╯"""

MAZUR_AT_STEP_4_IN_A_LARGE_WINDOW = r"""

  1  input               2  sigmoid      ◂── BP2 3  sigmoid           y


                         ╭ 1 ──────────╮         ╭ 1 ──────────╮
  ╭ 1 ────────╮          │ z  0.500387 │   −0.63 │ z −1.874399 │
  │  0.050000 │⢤⠤⠤⠤⠤⠤⠤⠤⠤⡤│ a  0.622550 │⡤ ⠤ ⠤ ⠤ ⠤│ a  0.133034 │   0.01
  ╰───────────╯⠈⢆      ⡰⠁│ δ −0.003714 │⠘⡄     ⠠⠂│ δ  0.014190 │
                ⠈⢆    ⡰⠁ │∂b         · │ ⠘⡄   ⠠⠂ │∂b         · │
                 ⠈⢆  ⡰⠁  ╰─────────────╯  ⠘⡄ ⠠⠂  ╰─────────────╯
                  ⠈⢆⡰⠁                     ⠘⡤⠂
                   ⡔⢣                       ⠷⡀
                  ⡜  ⢣                      0.82
                 ⡜    ⢣  ╭ 2 ──────────╮  ⠆   ⠱⡀ ╭ 2 ──────────╮
  ╭ 2 ────────╮ ⡜      ⢣ │ z  0.501694 │ ⠆     ⠱⡀│ z  2.172810 │
  │  0.100000 │⠼⠤⠤⠤⠤⠤⠤⠤⠤⠧│ a  0.622857 │⠦⠤⠤⠤⠤⠤⠤⠤⠵│ a  0.897781 │   0.99
  ╰───────────╯          │ δ −0.003658 │         │ δ −0.008463 │
                         │∂b         · │         │∂b         · │
                         ╰─────────────╯         ╰─────────────╯


  ━━ positive  ╍╍ negative weight   ─ computed now   ─ read now
"""

DIGITS_FEEDING_FORWARD_IN_A_SMALL_WINDOW = r"""
 1 input 8×8       2 sigmoid a        3 a
                    .97   .11   1.0   0  .05
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .04   .93   .10   1  .15  ◂
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .02  [.02]  .99   2  .01
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   1.0   .00   .79   3  .01
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .00   .78   1.0   4  .01
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .11   1.0   .46   5  .00
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .12   .00   .19   6  .00
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .78   .54   .00   7  .02
 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀   .77   .43   .92   8  .00
                    .00   .01   .19   9  .68
 reads a², w³, b³                      ◂ target"""

MAZUR_WITHOUT_COLOURS_IN_ASCII = r"""
 1 input        2 sigmoid        3 sigmoid
                +[1]--------+    + 1 --------+
 + 1 -----+     | z  0.3775 |    | z  1.1059 |
 | 0.0500 |     | a  0.5933 |----| a  0.7514 |
 +--------+     | d  0.0088 |\   | d  0.1385 |
                +-----------+ \  +--- y 0.01 +

                + 2 --------+  \ + 2 --------+
 + 2 -----+     | z  0.3925 |   \| z  1.2249 |
 | 0.1000 |     | a  0.5969 |    | a  0.7729 |
 +--------+     | d  0.0100 |    | d -0.0381 |
                +-----------+    +--- y 0.99 +"""

A_NUDGE_RIPPLING_THROUGH_XOR = r"""

  1  input               2  tanh                 3  sigmoid           y

                         ╭ 1 ──────────╮
                         │Δz         0 │
                       ⣀⣤│ a  0.264916 │⢄
  ╭ 1 ────────╮   ⣀⡠⠔⠚⠉⢠⠃│Δa         0 │ ⠠⡀
  │  0.000000 │⣴⠒⠉⠁   ⢀⠇ │  ≈        0 │   ⡄
  ╰───────────╯ ⣄⠦   ⢀⠎  ╰─────────────╯    ⢄
                 ⡄ ⠲ ⡜   ╭ 2 ──────────╮     ⠠⡀  ╭ 1 ──────────╮
                  ⡄ ⡜⠑ ⡀ │Δz +0.400000 │  w 0.28 │Δz +0.054655 │
                   ⡴⠁  ⠙⠠│ a  0.610973 │⠤⠤⠤⠤⠤⠤⠤⠤⡤│ a  0.502986 │      1
                  ⡰⠁⡄ ⠠⠆ │Δa +0.193257 │      ⢀⠔⠁│Δa +0.013658 │
                 ⢠⠃ ⠠⡖   │  ≈+0.250685 │     ⢠⠊  │  ≈+0.017723 │
               Δw +0.4⡀  ╰─────────────╯    ⡔⠁   ╰─────────────╯
  ╭ 2 ────────╮⢀⠮⠖    ⠠⡀ ╭ 3 ──────────╮  ⢀⠎
  │  1.000000 │⠾ ⣀     ⠠⡀│Δz         0 │ ⡠⠃
  ╰───────────╯    ⠉ ⠓ ⠢⠠│ a −0.831632 │⠜
                         │Δa         0 │
                         │  ≈        0 │
                         ╰─────────────╯

  Only what lies downstream of w²₂₂ moves; everything else is still."""


def test_mazur_at_step_3_in_a_small_window() -> None:
    assert picture(scene(state("mazur", GoTo(3)), compact=True), *SMALL) == MAZUR_AT_STEP_3_IN_A_SMALL_WINDOW


def test_mazur_at_step_4_in_a_large_window() -> None:
    assert picture(scene(state("mazur", Train(60), GoTo(4))), *LARGE) == MAZUR_AT_STEP_4_IN_A_LARGE_WINDOW


def test_digits_feeding_forward_in_a_small_window() -> None:
    assert (
        picture(
            scene(state("digits", GoTo(1), Step("layer"), Step("layer")), cursor=Cursor(1, 12), compact=True), *SMALL
        )
        == DIGITS_FEEDING_FORWARD_IN_A_SMALL_WINDOW
    )


def test_mazur_without_colours_in_ascii() -> None:
    assert (
        picture(scene(state("mazur", GoTo(4)), compact=True, ascii=True, depth="none"), *SMALL)
        == MAZUR_WITHOUT_COLOURS_IN_ASCII
    )


def test_a_nudge_rippling_through_xor() -> None:
    assert picture(scene(NUDGED, cursor=Cursor(1, 1, 1)), *LARGE) == A_NUDGE_RIPPLING_THROUGH_XOR


def test_a_scale_that_does_not_fit_beside_the_layers_number_stands_below_it() -> None:
    of = preset("deep-sigmoid")
    drawn = scene(state(of, GoTo("end")), lens="delta", compact=True)
    own = replace(drawn, view=replace(drawn.view, scale="layer"))
    lines = text(network(own, 47, 12).lines).splitlines()
    assert lines[0].split() == ["1", "a", "2", "δ", "3", "δ", "4", "δ", "5", "δ", "6", "δ", "y"]
    assert lines[1].split() == ["×10⁻⁶", "×10⁻⁶", "×10⁻³", "×10⁻³", "×10⁻³"]


def test_a_step_half_way_shows_only_what_it_has_reached() -> None:
    half = picture(scene(state("mazur", GoTo(1), Step("neuron")), compact=True), *SMALL)
    assert "z  0.3775" in half
    assert "z  0.3925" not in half
    assert "z       ·" in half


def test_a_term_of_a_sum_is_not_yet_a_number() -> None:
    begun = picture(scene(state("mazur", GoTo(1), Step("term")), compact=True), *SMALL)
    assert "z 0.3" not in begun


def test_the_corner_says_what_is_read_over_boxes_and_the_lens_over_tiles() -> None:
    assert network(scene(state("mazur", GoTo(4))), *LARGE).note == "lens: δ follows the step   reads δ³, w³, z²"
    assert (
        network(scene(state("digits", GoTo(5)), lens="delta"), *LARGE).note
        == "lens: δ   one scale for all layers, ×10⁻³"
    )


def test_computed_boxes_are_lit_and_read_ones_marked() -> None:
    shown = scene(state("mazur", GoTo(4)))
    palette = shown.palette
    lit, marked, quiet = palette.accent_line, palette.quiet, palette.faint
    assert frames(shown) == {1: {quiet.color}, 2: {lit.color}, 3: {marked.color}}


def frames(shown: Scene) -> dict[int, set[object]]:
    """Colours of the frames' lower edges, by layer."""
    found: dict[int, set[object]] = {}
    for strip in network(shown, *LARGE).lines:
        x = 0
        for segment in strip:
            if segment.text.startswith("╰") and segment.style:
                found.setdefault(1 + (x > 15) + (x > 40), set()).add(segment.style.color)
            x += len(segment.text)
    return found


def test_the_answer_given_is_bold_and_the_one_wanted_is_pointed_at() -> None:
    shown = scene(state("digits", GoTo(2)), compact=True)
    wanted, given = int(shown.state.shown.y.argmax()), int(shown.state.walk.output.argmax())
    lines = network(shown, *SMALL).lines
    rows = {text_of(line)[37:39].strip(): line for line in lines}
    assert shown.glyphs.target in text_of(rows[str(wanted)])
    bold = [s.text.strip() for s in rows[str(given)] if s.style and s.style.bold]
    assert str(given) in bold


def test_terms_into_the_cursor_add_up_to_its_weighted_input() -> None:
    from tuibp.render.lens import shown as seen

    shown = scene(state("digits", GoTo(5)), lens="term", cursor=Cursor(1, 4))
    terms = seen(shown, 0)
    z, b = shown.state.walk.z(1), shown.state.network.b(1)
    assert terms.lens == "term"
    assert np.isclose(terms.values.sum() + b[4], z[4], rtol=1e-12)


def test_rates_are_the_derivatives_of_the_cost_by_the_activations() -> None:
    from tuibp.core.rate_factors import rate_factors
    from tuibp.render.lens import shown as seen

    shown = scene(state("xor", GoTo(5)), lens="rate")
    rates = rate_factors(shown.state.network, shown.state.walk, shown.state.shown.y)
    for layer in (1, 2):
        assert np.allclose(seen(shown, layer).values, rates.to_cost[layer], rtol=1e-12)


def test_what_a_nudge_does_not_reach_is_zero_and_what_it_reaches_is_both_exact_and_first_order() -> None:
    boxes = picture(scene(NUDGED, cursor=Cursor(1, 1, 1)), *LARGE)
    assert boxes.count("Δa         0") == 2
    assert boxes.count("Δa +0.") == boxes.count("≈+0.") == 2


def test_a_weight_on_a_silent_input_says_why_nothing_moves() -> None:
    silent = state("xor", ChooseExample(0), SetNudge(Nudge("parameter", 0.4, 1, 1, 1)))
    assert "Nothing moves: w²₂₂ multiplies a¹₂, which is 0." in picture(scene(silent), *LARGE)


@pytest.mark.parametrize("name", ["deep-sigmoid", "iris", "digits", "spirals"])
@pytest.mark.parametrize("window", [(80, 10), (118, 16), (20, 4)])
def test_a_path_lights_one_neuron_a_layer(name: str, window: tuple[int, int]) -> None:
    shown = scene(state(name, GoTo(5)), cursor=Cursor(1, 1, 1), compact=True)
    found = paths(shown.state.network, shown.state.shown, 1, 1, 1)
    path = next(found.strongest())
    lines = paths_network(shown, path.neurons, found.rates, *window).lines
    lit = [s for line in lines for s in line if s.style in (shown.palette.badge, shown.palette.accent)]
    assert lit


EVERYTHING = [
    "digits", "mazur", "xor", "single-neuron", "nand", "iris", "circles", "spirals", "deep-sigmoid", "exploding",
    "modified-neuron", (784, 100, 10), (784, 500, 500, 10), (784, 800, 400, 10),
]  # fmt: skip
LOOKS: list[dict[str, Any]] = [
    {}, {"compact": True}, {"light": True}, {"depth": "256"}, {"depth": "16", "compact": True},
    {"depth": "none", "ascii": True}, {"ascii": True, "compact": True},
]  # fmt: skip


@pytest.mark.parametrize("name", [e for e in EVERYTHING if isinstance(e, str)])
@pytest.mark.parametrize("lens", ["grad_b", "rate", "delta"])
def test_in_a_small_window_the_headings_name_the_lens_even_where_its_symbol_is_long(name: str, lens: str) -> None:
    shown = scene(state(preset(name), GoTo(5)), lens, compact=True)
    width, height = SMALL
    blocks = layout_of(shown, width, height).blocks[1:-1]  # the last may be a single tile at the edge
    tiles = [b.layer for b in blocks if b.tile in ("single", "double")]
    heading = text(network(shown, width, height).lines).split("\n")[0]
    symbol = {"grad_b": "∂b", "rate": "∂a", "delta": "δ"}[lens]
    assert heading.replace("C/∂", "").count(symbol) >= len(tiles)


@pytest.mark.parametrize("given", EVERYTHING, ids=str)
def test_every_network_can_be_shown_at_every_size_step_and_lens(given: str | tuple[int, ...]) -> None:
    source: Preset = preset(given) if isinstance(given, str) else wide(*given)
    steps = [GoTo(1), GoTo(2), GoTo(3), GoTo(4), GoTo(5)]
    lenses = ("a", "z", "delta", "slope", "grad_b", "term", "rate")
    sizes = [SMALL, LARGE, (20, 6), (33, 9), (200, 60), (1, 1), (0, 0)]
    for turn, step in enumerate(steps):
        reached = state(source, step)
        for n, lens in enumerate(lenses):
            shown = scene(reached, lens, **LOOKS[(turn + n) % len(LOOKS)])
            width, height = sizes[(turn * 2 + n) % len(sizes)]
            panel = network(shown, width, height)
            assert len(panel.lines) == height
            assert {Segment.get_line_length(line) for line in panel.lines} <= {width}
            if shown.glyphs.ascii:
                assert text(panel.lines).isascii()


def test_a_neuron_of_another_kind_says_so_on_its_tile() -> None:
    drawn = scene(state("modified-neuron", GoTo(2)), compact=True)
    assert " 2 relu" in text(network(drawn, 46, 12).lines)


@pytest.mark.parametrize("lens", ["z", "a", "delta", "slope", "grad_b", "term", "rate"])
@pytest.mark.parametrize("name", ["xor", "mazur", "single-neuron", "modified-neuron", "iris"])
def test_a_box_shows_what_the_lens_asks_for_and_keeps_names_apart_from_numbers(name: str, lens: str) -> None:
    of = state(name, GoTo(5))
    drawn = scene(of, lens, compact=True)
    plan = layout_of(drawn, *SMALL)
    rows = text(network(drawn, *SMALL).lines).splitlines()
    for block in (b for b in plan.blocks if b.tile == "box" and b.layer):
        at = block.place(0)
        assert at is not None
        inside = [
            row[at[0] + 1 : at[0] + block.cell_width - 1] for row in rows[at[1] + 1 : at[1] + block.cell_height - 1]
        ]
        labels = [line[: -1 - block.digits] for line in inside]
        seen = shown(drawn, block.layer)
        assert any(label.strip() == typeset(SHORT.get(seen.lens, SYMBOLS[seen.lens]), UNICODE) for label in labels)
        assert all(label.endswith(" ") for label in labels)


def test_three_hidden_neurons_are_boxes_that_share_their_frames_in_a_small_window() -> None:
    drawn = scene(state("xor", GoTo(4)), compact=True)
    hidden = layout_of(drawn, *SMALL).blocks[1]
    assert (hidden.tile, hidden.joined) == ("box", True)
    assert "├ 2 ───" in text(network(drawn, *SMALL).lines)


def test_a_name_that_does_not_fit_its_tile_whole_is_the_number() -> None:
    drawn = text(network(scene(state("spirals"), "a", compact=True), *SMALL).lines)
    assert "secon" not in drawn


@pytest.mark.parametrize("name", ["iris", "mazur", "xor", "linear-neurons"])
def test_no_weight_on_a_wire_is_written_over_a_heading(name: str) -> None:
    for j in range(2):
        for layer in (0, 1):
            told = picture(scene(state(name, GoTo("end")), cursor=Cursor(layer, j), compact=True), *SMALL)
            heading = told.split("\n")[1]
            assert not re.search(r"a\d|\d\.\d", heading), heading


def test_the_cursor_s_brackets_close_beside_the_wanted_output() -> None:
    """The blanks before y's number were written over the closing one."""
    from tests.drive import screen_after

    for name in ("exploding", "deep-sigmoid"):
        rows = [line.partition("│")[0] for line in asyncio.run(screen_after(name, "3")).splitlines()[2:15]]
        assert sum("[" in row for row in rows) == 1
        assert all(("[" in row) == ("]" in row) for row in rows), rows
