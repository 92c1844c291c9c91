"""The equation panel on the published example, as pictures, and on everything else without an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.render import views
from tests.render.made import SIZES, drawing, drawn_for, many, places, preset, scene, small, text
from tuibp.core.steps import Quantity
from tuibp.core.training import Training
from tuibp.files import preset_names
from tuibp.files.preset import Preset
from tuibp.render.broken import broken
from tuibp.render.equation import MARGIN, equation, told
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.lines import Line, folded, text_of, width_of
from tuibp.render.paragraphs import GENERAL, Paragraph, fitted
from tuibp.render.scene import Panel, Scene
from tuibp.render.subject import subject_of
from tuibp.session.answered import explained
from tuibp.session.commands import Update, apply
from tuibp.session.view import Cursor

PANELS = ((32, 12), (44, 23), (40, 16), (27, 4))
"""Insides of the equation's panel at 80×24, 120×40, 100×30 and 48×14."""


def mazur(stop: int, cursor: Cursor | None = None, width: int = 44, height: int = 22) -> Panel:
    return equation(scene(preset("mazur"), stop, cursor=cursor), width, height)


def picture(panel: Panel) -> str:
    return drawing(text(panel.lines))


def test_an_activation_is_told_from_its_sum_to_its_number() -> None:
    assert picture(mazur(1)) == drawing("""
        FF   aˡ = σ(wˡ aˡ⁻¹ + bˡ)

        z²₁ = Σₖ w²₁ₖ a¹ₖ + b²₁

             w²₁₁ a¹₁ = 0.150000 · 0.050000
                      = 0.007500
             w²₁₂ a¹₂ = 0.200000 · 0.100000
                      = 0.020000
             b²₁      = 0.350000

        z²₁ = 0.377500

        a²₁ = σ(z²₁) = 0.593270

        Near 0, where σ is steepest: 0.1 more of
        z²₁ moves a²₁ by about 0.024.
    """)


def test_an_output_error_is_told_with_numbers_in_place_of_names() -> None:
    assert picture(mazur(3, width=32, height=12)) == drawing("""
        BP1  δᴸ = ∇ₐC ⊙ σ′(zᴸ)
        δ³₁ = (a³₁ − y₁) · σ′(z³₁)
            = (0.751 − 0.010) · 0.187
            = 0.7414 · 0.1868
            = 0.1385
        σ′(z³₁) = a³₁ (1 − a³₁)
                = 0.7514 · 0.2486
        Output too high: lowering z³₁
        lowers C.
    """)


def test_a_hidden_error_shows_each_blame_that_comes_back() -> None:
    assert picture(mazur(4)) == drawing("""
        BP2   δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)

        δ²₁ = (Σₖ w³ₖ₁ δ³ₖ) · σ′(z²₁)

             w³₁₁ δ³₁ = 0.400000 · 0.138499
                      = 0.055399
             w³₂₁ δ³₂ = 0.500000 · −0.038098
                      = −0.019049

        δ²₁ = (0.055399 − 0.019049) · 0.241301
            = 0.008771

        σ′(z²₁) = a²₁ (1 − a²₁)
                = 0.593270 · 0.406730

        Output 1 is too high and asks for less,
        through a positive weight. Lowering z²₁
        lowers C.
    """)


def test_on_a_small_screen_terms_are_a_line_each_and_add_up() -> None:
    assert picture(mazur(4, width=32, height=12)) == drawing("""
        BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹)
                ⊙ σ′(zˡ)
        δ²₁ = (Σₖ w³ₖ₁ δ³ₖ) · σ′(z²₁)
         0.400 ·  0.138 =  0.055  k=1
         0.500 · −0.038 = −0.019  k=2
        δ²₁ = 0.0364 · 0.2413
            = 0.0088
        σ′(z²₁) = a²₁ (1 − a²₁)
                = 0.5933 · 0.4067
        Output 1 is too high and asks
        for less, through a positive
        weight. Lowering z²₁ lowers C.
    """)


def test_a_gradient_stands_beside_its_weight_under_its_own_name() -> None:
    panel = mazur(5, Cursor(2, 0, 1))
    assert panel.title == "∂C/∂w³₁₂"
    assert picture(panel).split("\n\n")[:3] == [
        "BP4   ∂C/∂wˡⱼₖ = aˡ⁻¹ₖ δˡⱼ",
        "∂C/∂w³₁₂ = a²₂ δ³₁\n         = 0.596884 · 0.138499\n         = 0.082668",
        "u w³₁₂ → 0.450000 − 0.5 · 0.082668\n       = 0.408666",
    ]


def test_before_step_five_a_weight_is_told_by_its_part_in_the_sum() -> None:
    panel = mazur(4, Cursor(2, 0, 1))
    assert panel.title == "w³₁₂"
    assert "∂C/∂w³₁₂ comes at step 5" in picture(panel)
    assert "w³₁₂ = 0.450000" in picture(panel)


def test_a_number_that_is_still_to_come_is_a_dot() -> None:
    panel = mazur(1, Cursor(2, 0))
    assert "= ·" in picture(panel)
    assert "it comes at step 2" in picture(panel)
    assert "0.75" not in picture(panel)


def test_a_long_sum_shows_its_largest_terms_and_what_is_left() -> None:
    of = small((64, 30, 10), "sigmoid", "quadratic")
    panel = equation(scene(of, 1), 44, 22)
    rows = [text_of(line) for line in panel.lines if re.search(r"k=\d+ *$", text_of(line))]
    values = [abs(number(row.split("=")[1])) for row in rows]
    assert values == sorted(values, reverse=True)
    left = re.search(r"(\d+) more terms +(\S+)", text(panel.lines))
    assert left is not None
    assert int(left[1]) + len(rows) == 64
    shown = sum(number(row.split("=")[1]) for row in rows) + number(left[2])
    z = float(scene(of, 1).state.walk.z(1)[0] - of.network.b(1)[0])
    assert shown == pytest.approx(z, abs=1e-5)


def test_softmax_with_log_likelihood_says_what_its_sum_comes_to_on_a_small_screen() -> None:
    shown = picture(equation(scene(preset("iris"), 3, cursor=Cursor(2, 0)), 32, 12))
    assert "δ³₁ = a³₁ − y₁ = " in shown


def test_cross_entropy_shows_the_general_form_and_the_cancellation_on_a_small_screen() -> None:
    shown = picture(equation(scene(preset("xor"), 3, cursor=Cursor(2, 0)), 32, 12))
    assert shown.startswith("BP1  δᴸ = ∇ₐC ⊙ σ′(zᴸ)\nδ³₁ = (a³₁ − y₁)\n  / (a³₁ (1 − a³₁)) · σ′(z³₁)\n")
    assert "\n    = a³₁ − y₁ = " in shown


def test_a_quadratic_cost_cancels_nothing() -> None:
    assert "= a³₁ − y₁ =" not in picture(mazur(3, Cursor(2, 0)))


def test_the_equation_itself_is_worth_more_than_a_third_term() -> None:
    shown = picture(equation(scene(preset("digits"), 4, cursor=Cursor(1, 0)), 32, 12))
    assert shown.startswith("BP2")
    assert "more terms" in shown


def test_a_gradient_picture_leaves_room_for_its_equation_and_its_meaning() -> None:
    shown = picture(equation(scene(preset("digits"), 6, cursor=Cursor(1, 0)), 32, 12))
    assert shown.startswith("BP4")
    assert "▀" in shown
    assert "The input picture times δ²₁" in shown


def test_the_note_beside_the_title_is_short_rather_than_cut() -> None:
    shown = scene(preset("iris"), 6, cursor=Cursor(1, 0))
    assert equation(shown, 32, 11).note == "into neuron 1"
    assert equation(shown, 44, 22).note == "4 weights into neuron 1"
    assert equation(scene(preset("nand"), 4, cursor=Cursor(1, 0)), 44, 22).note == "2 weights into neuron 1"


@pytest.mark.parametrize(
    ("formula", "whole"), [("δ = (a + b) / (c (1 − c)) · f", True), ("δ = (aaaa − bbbbbbbb − cccccccc) · f", False)]
)
def test_a_formula_breaks_outside_its_brackets_where_it_can(formula: str, whole: bool) -> None:
    lines = broken(formula, 20)
    assert "".join(lines).replace(" ", "") == formula.replace(" ", "")
    assert all(len(line) <= 20 for line in lines)
    assert all(line.count("(") == line.count(")") for line in lines) == whole


def test_what_went_comes_back_where_something_larger_made_room() -> None:
    line = (("text", Style.null()),)
    small, large, last = Paragraph((line,), 4), Paragraph((line,) * 6, 1), Paragraph((line, line))
    assert len(fitted([small, large, last], 5)) == 3


def test_a_sum_half_way_shows_what_it_comes_to_so_far() -> None:
    shown = scene(preset("mazur"), 1, neuron=1, term=1, cursor=Cursor(1, 1))
    assert picture(equation(shown, 32, 13)).endswith(
        drawing("""
         0.2500 · 0.0500 = 0.0125  k=1
         0.3000 · 0.1000 = 0.0300  k=2
                  so far   0.0425

        1 term is still to come.
    """).strip("\n")
    )


def test_a_row_of_gradients_half_way_shows_those_that_are_there() -> None:
    shown = picture(equation(scene(preset("mazur"), 5, neuron=0, term=0, cursor=Cursor(2, 0)), 32, 13))
    assert "k=1" in shown
    assert "k=2" not in shown
    assert "2 terms are still to come." in shown


def test_an_example_held_out_of_training_says_so() -> None:
    assert "Held out" in picture(equation(views.scene(views.state("digits")), 32, 11))
    assert "eld out" not in picture(mazur(0))


def number(written: str) -> float:
    return float(re.findall(r"[−-]?[\d.]+(?:e[−-]?\d+)?", written)[0].replace("−", "-"))


@pytest.mark.parametrize("height", [22, 14, 10, 7])
def test_the_result_stays_when_the_panel_is_low(height: int) -> None:
    of = small((64, 30, 10), "sigmoid", "quadratic")
    panel = equation(scene(of, 1), 44, height)
    assert "a²₁ = σ(z²₁) = " in text(panel.lines)


def test_decimal_points_of_terms_stand_below_each_other() -> None:
    panel = equation(scene(small((12, 9, 3), "sigmoid", "quadratic"), 1), 44, 22)
    rows = [text_of(line) for line in panel.lines if re.search(r"k=\d+ *$", text_of(line))]
    assert len(rows) > 5
    assert len({tuple(m.start() for m in re.finditer(r"\.", row)) for row in rows}) == 1


@pytest.mark.parametrize("of", many(), ids=lambda p: "·".join(map(str, p.network.sizes)))
def test_every_number_of_every_network_can_be_asked_about(of: Preset, whole: bool) -> None:
    for stop, cursor, sizes in drawn_for(of, SIZES, whole):
        for width, height in sizes:
            panel = equation(scene(of, stop, cursor=cursor), width, height)
            assert [Segment.get_line_length(line) for line in panel.lines] == [width] * height
            assert panel.title


@pytest.mark.parametrize("lens", ["a", "z", "delta", "slope", "grad_b", "term", "rate"])
def test_every_lens_has_an_equation(lens: str) -> None:
    for stop, cursor in places(preset("mazur")):
        assert equation(scene(preset("mazur"), stop, cursor=cursor, lens=lens), 44, 22).title


def test_every_place_within_a_step_has_an_equation() -> None:
    for stop in range(7):
        for neuron in (0, 1):
            for term in (None, 0, 1):
                assert equation(scene(preset("mazur"), stop, neuron=neuron, term=term), 44, 22).lines


def test_in_ascii_no_byte_is_above_the_tilde() -> None:
    for of in many():
        for stop, cursor in places(of):
            panel = equation(scene(of, stop, cursor=cursor, ascii=True, depth="none"), 44, 22)
            assert (panel.title + panel.note + text(panel.lines)).isascii()


def test_no_number_is_cut_at_the_edge() -> None:
    for of in many():
        for stop, cursor in places(of):
            for width in (44, 32, 28):
                full = text(equation(scene(of, stop, cursor=cursor), width, 60).lines)
                assert not re.search(r"\d…", full)
                assert all(len(line.rstrip()) <= width for line in full.split("\n"))


@pytest.mark.parametrize("name", preset_names())
def test_no_line_is_longer_than_its_room_or_ends_in_the_middle_of_a_term(name: str, whole: bool) -> None:
    kinds = list(product(PANELS, (UNICODE, ASCII)))
    for stop, cursor, chosen in drawn_for(preset(name), kinds, whole):
        for (width, height), glyphs in chosen:
            of = replace(scene(preset(name), stop, cursor=cursor), glyphs=glyphs)
            for line in lines_told(of, width, height):
                assert width_of(line) <= width - MARGIN, written(line)
                assert not re.search(r"k=\d+[−-]", written(line)), written(line)
                assert not re.search(r"[^=] [=+·⊙×/*−-] ?$", written(line)), written(line)


@pytest.mark.parametrize("name", preset_names())
def test_from_the_equation_to_the_sentence_all_is_seen_on_a_small_screen(name: str) -> None:
    for stop, cursor in places(preset(name)):
        shown = scene(preset(name), stop, cursor=cursor, compact=True)
        paragraphs = [p for p in told(shown, 32, 12)[2] if p.rank <= GENERAL]
        seen = written_lines(fitted(told(shown, 32, 12)[2], 12))
        assert [line for p in paragraphs for line in written_lines(p.lines) if line not in seen] == []


@pytest.mark.parametrize("name", ["spirals", "million", "digits", "iris"])
def test_what_is_seen_of_a_long_sum_adds_up_with_what_is_left(name: str) -> None:
    for stop, cursor in places(preset(name)):
        shown = scene(preset(name), stop, cursor=cursor, compact=True)
        subject = subject_of(shown)
        lines = written_lines(fitted(told(shown, 32, 12)[2], 12))
        listed = [line for line in lines if re.search(r"=.*k=\d+$", line)]
        left = [line for line in lines if "more terms" in line]
        if not left or not listed:
            continue
        quantity: Quantity = "delta" if subject.quantity == "delta" else "z"
        made = explained(shown.state, quantity, subject.layer, subject.j)
        bias = [number(line.split("bias")[1]) for line in lines if " bias " in line]
        values = [number(line.split("=")[1]) for line in listed] + [number(left[0].split("terms")[1]), *bias]
        assert sum(values) == pytest.approx(made.inner, abs=6e-4 * len(values) + 2e-3 * abs(made.inner))


def test_the_equation_stays_above_a_long_sum_on_a_small_screen() -> None:
    assert picture(equation(scene(preset("spirals"), 6, compact=True), 32, 12)) == drawing("""
        BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹)
                ⊙ tanh′(zˡ)
        δ²₁ = (Σₖ w³ₖ₁ δ³ₖ)
            · tanh′(z²₁)
        −0.870 · −0.452 =  0.393  k=14
        −2.458 ·  0.151 = −0.372  k=15
          14 more terms   −0.430
        δ²₁ = −0.4084 · 0.9505
            = −0.3882
        Of the errors that come back,
        −0.91 outweighs 0.50. Raising
        z²₁ lowers C.
    """)


def test_the_tail_of_a_sentence_goes_before_the_equation() -> None:
    ink = Style.null()
    head, numbers = Paragraph(((("head", ink),),), GENERAL), Paragraph(((("numbers", ink),),))
    sentence = Paragraph(tuple(((f"word word {i},", ink),) for i in range(4)), ellipsis=("…", ink))
    assert written_lines(fitted([head, numbers, sentence], 4)) == ["head", "numbers", "word word 0,", "word word…"]
    assert written_lines(fitted([head, numbers, sentence], 2)) == ["numbers", "word word…"]
    assert written_lines(fitted([head, numbers, sentence], 3)) == ["numbers", "word word 0,", "word word…"]


def written_lines(lines: Iterable[Line]) -> list[str]:
    return [written(line) for line in lines]


def lines_told(of: Scene, width: int, height: int) -> list[Line]:
    """What the panel says, before anything is cut at its edge or left out."""
    return [line for paragraph in told(of, width, height)[2] for line in paragraph.lines]


def written(line: Line) -> str:
    return "".join(text for text, _style in line)


def test_a_general_equation_that_is_wide_in_ascii_is_broken_and_not_cut() -> None:
    shown = picture(equation(scene(preset("digits"), 6, cursor=Cursor(1, 0, 5), ascii=True), 32, 12))
    assert shown.startswith("BP4  dC/dw^l_jk\n       = a^{l-1}_k d^l_j\n")


def test_a_product_of_three_stays_on_its_line() -> None:
    assert "    = −0.319 · 0.074 · 0.850\n" in picture(equation(scene(preset("circles"), 4), 32, 12))


def test_a_line_is_folded_before_a_summand_rather_than_before_a_factor() -> None:
    line = (("u w = 1.5157", Style.null()), (" − 3 × ", Style.null()), ("−0.0062", Style.null()))
    assert [written(part) for part in folded(line, 20, 2)] == ["u w = 1.5157", "  − 3 × −0.0062"]
    assert [written(part) for part in folded(line, 14, 2)] == ["u w = 1.5157", "  − 3", "  × −0.0062"]


def test_scrolling_leaves_nothing_out() -> None:
    of = small((64, 30, 10), "sigmoid", "quadratic")
    lines = [text_of(line) for offset in range(0, 80, 10) for line in equation(scene(of, 1), 44, 10, offset or 1).lines]
    assert {f"k={k}" for k in range(1, 65)} <= {line.split()[-1] for line in lines if line.strip()}


@pytest.mark.parametrize("cursor", [Cursor(1, 0, 1), Cursor(1, 1, bias=True)])
@pytest.mark.parametrize(
    "settings",
    [
        Training(l2=0.7),
        Training(eta=0.25, train_biases=False),
        Training(),
        *(Training(eta=0.05, l2=0.3, optimiser=name) for name in ("momentum", "rmsprop", "adam", "adamw")),
    ],
)
def test_what_the_panel_says_of_an_update_is_what_an_update_does(cursor: Cursor, settings: Training) -> None:
    opened = replace(preset("mazur").opening, updates=3 if settings.optimiser != "sgd" else 0)
    shown = scene(replace(preset("mazur"), training=settings, opening=opened), 6, cursor=cursor)
    told = text(equation(shown, 60, 22).lines)
    after = apply(shown.state, Update()).network
    if cursor.bias and not settings.train_biases:
        assert "held fixed" in told
        assert after.b(1)[cursor.j] == shown.state.network.b(1)[cursor.j]
        return
    result = next(line for line in told[told.index("→ ", told.index(" u ")) :].splitlines()[1:] if "=" in line)
    now = after.b(1)[cursor.j] if cursor.bias else after.w(1)[cursor.j, cursor.k or 0]
    assert number(result.split("=")[1]) == pytest.approx(float(now), abs=1e-6)
