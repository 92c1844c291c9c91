"""Step 1 tells in words what the network is about, what it says of the example and what is right."""

import pytest

from tests.render.made import preset as made_preset
from tests.render.made import scene as made_scene
from tests.render.views import scene, state, text
from tuibp.render.equation import equation
from tuibp.render.lines import text_of
from tuibp.render.matrix import matrix
from tuibp.render.network import network
from tuibp.render.title import title_line
from tuibp.session.commands import ChooseExample, GoTo


def told(name: str, width: int = 44, height: int = 23) -> str:
    return text(equation(scene(state(name)), width, height).lines)


def test_the_answer_and_what_is_right_stand_in_words_with_the_activations_behind_them() -> None:
    shown = state("digits")
    a = shown.walk.output
    assert f"It says 9 ({a[9]:.2f})" in told("digits")
    assert f"It is a 1 ({a[1]:.2f})" in told("digits")
    assert equation(scene(shown), 44, 23).title == "Handwritten digits"


def test_where_the_answer_is_right_that_is_said() -> None:
    assert "That is right." in told("xor")


def test_numbers_that_are_no_classes_stand_beside_what_they_should_be() -> None:
    assert "Right is 0.01, 0.99" in told("mazur")


@pytest.mark.parametrize(("scale", "said"), [("standard", "deviation 1"), ("unit", "moved to 0…1"), ("none", "")])
def test_a_scale_that_the_inputs_were_moved_to_is_said(scale: str, said: str) -> None:
    shown = told(f'iris + [data] scale = "{scale}"')
    assert any(word in shown for word in ("deviation", "moved")) is bool(said)
    assert said in shown


@pytest.mark.parametrize("name", ["digits", "xor", "mazur", "spirals", "iris"])
def test_a_low_panel_tells_whole_sentences_and_never_a_part_of_one(name: str) -> None:
    lines = told(name, 32, 12).split("\n")
    assert len(lines) <= 12
    assert "…" not in "".join(lines)


def test_the_title_says_what_is_wrong_and_what_is_right() -> None:
    wrong, right = (text_of(title_line(scene(state("digits", *at)), 120)) for at in ((), (ChooseExample(3),)))
    assert "says 9 ≠ 1" in wrong
    assert "✓" in right


def test_outputs_show_what_they_say_as_bars_before_the_first_step_and_as_numbers_after_it() -> None:
    before, after = (text(network(scene(state("digits", *to), compact=True), 47, 12).lines) for to in ((), (GoTo(2),)))
    assert "3 says" in before
    assert sum("▇" in line for line in before.split("\n")) >= 2
    assert "▇" not in after


@pytest.mark.parametrize(("width", "height"), [(28, 6), (36, 8), (47, 12), (72, 23), (120, 40)])
@pytest.mark.parametrize("name", ["digits", "million"])
def test_outputs_carry_their_labels_at_every_size(name: str, width: int, height: int) -> None:
    from tuibp.render.network import layout_of

    shown = made_scene(made_preset(name))
    block = layout_of(shown, width, height).block(shown.state.network.last)
    assert block is not None
    assert block.label or block.tile in ("box", "double")


def test_at_step_1_an_image_network_shows_what_each_hidden_neuron_looks_for() -> None:
    panel = matrix(scene(state("digits"), compact=True), 46, 7)
    assert panel.title == "w²: what each neuron looks for"
    assert text(panel.lines).rstrip().split("\n")[-1].split() == ["1", "2", "3", "4", "5"]
