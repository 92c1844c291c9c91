"""Step 3 shows the outputs as a table in place of weights that it does not read."""

from tests.render.views import scene, state, text
from tuibp.render.matrix import matrix
from tuibp.session.commands import GoTo
from tuibp.session.cursor import Cursor


def test_step_3_of_mazur_is_the_table_of_the_picture() -> None:
    panel = matrix(scene(state("mazur", GoTo(3)), compact=True), 47, 7)
    assert (panel.title, panel.note) == ("Outputs", "what makes each error")
    head, first, second, _blank, *told = [line.split() for line in text(panel.lines).rstrip().split("\n")[1:]]
    assert head == ["a", "y", "a", "−", "y", "σ′", "δ"]
    assert first == ["1", "0.7514", "0.01", "0.7414", "0.1868", "0.1385"]
    assert second == ["2", "0.7729", "0.99", "−0.2171", "0.1755", "−0.0381"]
    words = " ".join(word for line in told for word in line)
    assert "raise z³₁ by 0.1 and C grows by about 0.0138. d tries it." in words


def test_where_the_cost_cancels_the_slope_it_has_no_column() -> None:
    for name in ("xor", "iris"):
        lines = text(matrix(scene(state(name, GoTo(3)), compact=True), 46, 7).lines)
        assert "δ = a − y" in lines
        assert "σ′" not in lines


def test_a_hidden_neuron_under_the_cursor_brings_its_weights_back() -> None:
    assert matrix(scene(state("mazur", GoTo(3)), cursor=Cursor(1, 0)), 46, 7).title == "w²"
