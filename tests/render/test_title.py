from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from rich.segment import Segment

from tests.render.made import preset, scene
from tuibp.core.divergence import divergence_of
from tuibp.core.network import explicit
from tuibp.core.nudge import Nudge
from tuibp.render.lines import blank, row_of, text_of
from tuibp.render.message import laid_over, message_rows, with_message
from tuibp.render.nudge_title import nudge_line
from tuibp.render.numbers import steady
from tuibp.render.title import step_line, title_line
from tuibp.session.curve import Costs, LearningCurve
from tuibp.session.state import State

NUDGE = Nudge("parameter", 0.1, 2, 0, 1)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (100, " mazur  2·2·2  sigmoid, quadratic                    example 1/1    update 0    η 0.5    C 0.298371"),
        (72, " mazur  2·2·2  sigmoid" + " " * 12 + "example 1/1    update 0    C 0.298371"),
        (30, " mazur  2·2·2      C 0.298371"),
    ],
)
def test_what_matters_least_leaves_the_title_first(width: int, line: str) -> None:
    drawn = title_line(scene(preset("mazur")), width)
    assert Segment.get_line_length(drawn) == width
    assert text_of(drawn).rstrip() == line


def test_a_neuron_of_another_kind_is_named_with_its_function() -> None:
    drawn = text_of(title_line(scene(preset("modified-neuron"), compact=True), 100))
    assert drawn.startswith(" modified-neuron  2·3·1  sigmoid + relu")


def test_the_last_change_of_the_cost_stands_beside_it() -> None:
    state = scene(preset("mazur")).state
    later = State(state.preset, state.network, 0, 1, state.place, state.settings)
    curve = LearningCurve.of([Costs.of(np.array([0.3]))], 0)
    assert "C 0.298371    −0.0016" in text_of(
        title_line(replace(scene(preset("mazur"), curve=curve), state=later), 120)
    )


def test_a_slow_line_is_named() -> None:
    slow = replace(scene(preset("mazur")), line="slow line 9.6 kB/s")
    assert "slow line 9.6 kB/s" in text_of(title_line(slow, 120))


def test_where_there_is_little_room_a_slow_line_is_named_before_what_the_grid_shows_too() -> None:
    picture = scene(preset("digits"), compact=True)
    slow = replace(picture, line="slow line 9.6 kB/s", state=replace(picture.state, update=431, example=1495))
    assert text_of(title_line(slow, 80)).strip().startswith("digits  ")
    assert "slow line 9.6 kB/s  " in text_of(title_line(slow, 80))
    assert "64·30·10" not in text_of(title_line(slow, 80))


def test_the_step_line_says_where_one_stands() -> None:
    assert text_of(step_line(scene(preset("mazur"), 4), 120)).rstrip() == (
        " 1 Input  ›  2 Feedforward  ›  3 Output error  ›  4 Backpropagate layer 2  ›  5 Gradient"
        "                    step 4 of 5"
    )
    assert text_of(step_line(scene(preset("mazur"), 3, compact=True), 80)).rstrip() == (
        " 1 Input › 2 Feedforward › 3 Output error › 4 Backpropagate › 5 Gradient    3/5"
    )


def test_a_finer_step_names_its_neuron_and_term() -> None:
    assert "2 Feedforward layer 3 neuron 1 term 2" in text_of(
        step_line(scene(preset("mazur"), 2, neuron=0, term=1), 140)
    )


def test_steps_lose_their_names_where_the_line_is_short() -> None:
    for width in (20, 30, 48, 60, 72):
        line = step_line(scene(preset("mazur"), 4, compact=True), width)
        assert Segment.get_line_length(line) == width
        assert "4" in text_of(line)


@pytest.mark.parametrize("width", [48, 80, 120])
def test_a_message_has_lines_of_its_own_and_never_covers_the_steps(width: int) -> None:
    long = "The reason comes first. " + "And then all that belongs to it " * 4
    for message in ("u is gradient descent.", long.strip()):
        said = scene(preset("mazur"), 6, message=message)
        assert text_of(step_line(said, width)) == text_of(step_line(scene(preset("mazur"), 6), width))
        keys = [row_of(((" ␣ step", said.palette.ink),), width)]
        foot, above = with_message([blank(width), *keys], said, width)
        assert foot[1:] == keys
        assert " ".join(" ".join(map(text_of, [*above, foot[0]])).split()) == message
        assert with_message(keys, said, width)[0] == foot[:1]
        panel = [row_of((("panel", said.palette.ink),), width)] * 9
        halves = [laid_over([row_of((), end - start)] * 9, above, start, end) for start, end in ((0, 20), (20, width))]
        for left, right, row in zip(*(half[9 - len(above) :] for half in halves), above, strict=True):
            assert text_of([*left, *right]) == text_of(row)
        assert len(laid_over(panel, above, 0, width)) == 9


def test_a_nudge_has_its_own_line() -> None:
    line = text_of(nudge_line(scene(preset("mazur"), 6, nudge=NUDGE), 120)).rstrip()
    assert line.startswith(" Nudge w³₁₂  0.4500 → 0.5500     Δ +0.1000     step 0.1  { } ×10")
    assert line.endswith("enter keep  esc put back")


def test_the_title_shows_where_the_cost_goes_with_a_nudge() -> None:
    assert "C 0.298371 → 0.306574" in text_of(title_line(scene(preset("mazur"), 6, nudge=NUDGE), 120))


@pytest.mark.parametrize("width", [30, 48, 60, 80, 120, 200])
def test_every_line_is_as_wide_as_asked_and_ascii_where_asked(width: int) -> None:
    for nudge in (None, NUDGE, Nudge("demon", 0.1, 1, 0), Nudge("direction", 0.1, direction="random")):
        drawn = scene(preset("mazur"), 6, nudge=nudge, ascii=True)
        for line in (title_line(drawn, width), step_line(drawn, width), nudge_line(drawn, width)):
            assert Segment.get_line_length(line) == width
            assert text_of(line).isascii()


def test_within_a_layer_neuron_and_term_are_named_before_the_other_steps() -> None:
    line = text_of(step_line(scene(preset("mazur"), 1, neuron=1, term=1, compact=True), 80))
    assert line.startswith(" 1 › 2 Feedforward layer 2 neuron 2 term 2 › 3 › 4 › 5")


def test_a_cost_of_minus_nought_is_nought() -> None:
    assert steady(-0.0, 6) == "0.000000"


def test_what_went_wrong_is_told_to_its_end_on_a_small_screen() -> None:
    network = explicit([[[1e200]], [[1e200]]], [[0.0], [0.0]], "linear", "quadratic")
    divergence = divergence_of(network, np.array([[1e3]]), np.array([[0.0]]), 1234, 9.0)
    assert divergence is not None
    (line,) = map(text_of, message_rows(scene(preset("mazur"), compact=True, message=divergence.reason), 80))
    assert "Update 1234: z of layer 3 overflowed, weights at 1e200. η = 9 is too large." in line


def test_a_small_value_is_written_as_everywhere_else() -> None:
    assert "8.698e−4" in text_of(nudge_line(scene(preset("xor"), nudge=Nudge("parameter", 0.1, 1, 0, 0)), 100))


def test_the_rate_is_the_one_of_the_next_update_and_of_the_optimiser_in_use() -> None:
    from tests.render.views import scene as seen
    from tests.render.views import state

    of = state("digits")
    settings = replace(of.settings, optimiser="adam", eta=0.01, schedule="step", step_epochs=2, step_factor=0.1)
    each = -(-len(of.preset.data.train) // settings.batch_size)
    for update, rate in ((0, "0.01"), (2 * each - 1, "0.01"), (2 * each, "0.001")):
        drawn = text_of(title_line(seen(replace(of, settings=settings, update=update)), 120))
        assert f"Adam η {rate}  " in drawn
    assert "SGD" not in text_of(title_line(seen(of), 120))
