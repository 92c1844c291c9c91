"""The proof's picture: every line of every equation fits, its numbers are the proof's, and what is to come is a dot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.render.views import scene, state
from tuibp.core.network import Network
from tuibp.core.proof import Equation, Proof, prove
from tuibp.render import proof_lines as proof_page
from tuibp.render.lines import Line, Row, rows_of, text_of, width_of
from tuibp.render.proof_lines import proof_lines, proof_title
from tuibp.render.proof_network import proof_network
from tuibp.render.scene import Scene
from tuibp.render.typeset import typeset

PRESETS = ("mazur", "digits", "deep-sigmoid", "iris", "xor", "modified-neuron", "single-neuron")


def proofs(drawn: Scene) -> Iterator[Proof]:
    network: Network = drawn.state.network
    wanted: list[tuple[Equation, int, int | None]] = [("BP1", network.last, None), ("BP3", 1, None), ("BP4", 1, 0)]
    if network.last > 1:
        wanted.append(("BP2", 1, None))
    for equation, layer, k in wanted:
        yield prove(network, drawn.state.shown, equation, layer, 0, k)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("width", "height"), [(51, 20), (74, 33)])
def test_every_line_fits_and_says_what_it_comes_to(preset: str, width: int, height: int) -> None:
    drawn = scene(state(preset), compact=True)
    for proof in proofs(drawn):
        for at, line in enumerate(proof.lines):
            rows = [text_of(row) for row in proof_lines(drawn, proof, at, width, height).lines]
            assert len(rows) == height
            text = "\n".join(rows)
            assert "✗" not in text
            assert text.count("✓") >= 1
            assert f"line {at + 1} of {len(proof.lines)}" in text_of(proof_title(drawn, proof, at, 80))
            if line.dropped.size:
                assert f"{line.dropped.size} × 0" in text
            said = " ".join(" ".join(rows).split())
            assert " ".join(typeset(line.why).split()[-3:]) in said


@pytest.mark.parametrize("preset", PRESETS)
def test_the_grid_lights_what_the_line_speaks_of(preset: str) -> None:
    drawn = scene(state(preset), compact=True)
    accent = drawn.palette.badge
    for proof in proofs(drawn):
        line = proof.lines[0]
        panel = proof_network(drawn, proof, line, 27, 20)
        assert all(sum(segment.cell_length for segment in row) == 27 for row in panel.lines)
        lit = [s for row in panel.lines for s in row if s.style in (accent, drawn.palette.accent)]
        assert lit, proof.about


def test_wires_of_the_line_are_in_the_accent_and_the_others_fainter() -> None:
    drawn = scene(state("mazur"), compact=True)
    proof = prove(drawn.state.network, drawn.state.shown, "BP2", 1, 0)
    line = next(line for line in proof.lines if line.number == "(44)")
    assert line.lit.weights == ((2, 0, 0), (2, 1, 0))
    wires = {
        segment.style
        for row in proof_network(drawn, proof, line, 27, 20).lines
        for segment in row
        if any("⠀" < sign <= "⣿" for sign in segment.text)
    }
    assert wires == {drawn.palette.accent_line, drawn.palette.faint}


def test_small_layers_are_boxes_with_z_and_what_the_line_speaks_of() -> None:
    drawn = scene(state("mazur"), compact=True)
    proof = prove(drawn.state.network, drawn.state.shown, "BP2", 1, 0)
    line = next(line for line in proof.lines if line.number == "(44)")
    text = "\n".join(text_of(row) for row in proof_network(drawn, proof, line, 27, 20).lines)
    z = drawn.state.walk.z(1)[0]
    slope = drawn.state.walk.a(1)[0] * (1 - drawn.state.walk.a(1)[0])
    assert f"z  {z:.4f}" in text
    assert f"σ′ {slope:.4f}".replace("0.", " 0.", 1) in text or f"σ′ {slope:.4f}" in text


def test_in_ascii_there_is_nothing_else() -> None:
    drawn = scene(state("mazur"), compact=True, ascii=True)
    for proof in proofs(drawn):
        for at in range(len(proof.lines)):
            rows = proof_lines(drawn, proof, at, 51, 20).lines
            assert all(text_of(row).isascii() for row in rows), [text_of(row) for row in rows]
            assert text_of(proof_title(drawn, proof, at, 80)).isascii()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("width", [27, 51, 74])
def test_no_line_is_cut_and_both_sides_have_their_mark(
    preset: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line of BP2 has three factors and their product in a row: at 80×24 it ended in the middle of a number,
    and its check mark had no room."""
    drawn = scene(state(preset), compact=True)
    seen: list[Line] = []

    def remembered(lines: list[Line], width: int, height: int, indent: int = 0) -> list[Row]:
        seen.extend(lines)
        return rows_of(lines, width, height, indent)

    monkeypatch.setattr(proof_page, "rows_of", remembered)
    for proof in proofs(drawn):
        for at, line in enumerate(proof.lines):
            seen.clear()
            proof_lines(drawn, proof, at, width, 60)
            texts = ["".join(text for text, _style in drawn_line) for drawn_line in seen]
            assert all(width_of(part) <= width - 1 for part in seen), texts
            own = 0 if line.addends else len(line.left)
            assert sum("✓" in text for text in texts) >= at + own, texts


def test_where_there_is_room_earlier_lines_keep_their_numbers() -> None:
    drawn = scene(state("mazur"), compact=True)
    proof = prove(drawn.state.network, drawn.state.shown, "BP2", 1, 0)
    last = len(proof.lines) - 1
    low, high = ("\n".join(text_of(row) for row in proof_lines(drawn, proof, last, 51, h).lines) for h in (14, 33))
    a = drawn.state.walk.a(1)
    assert f"0.4·{a[0]:.4f} + 0.45·{a[1]:.4f} + 0.6" in high
    assert "2 cases" in low
    assert "0.4·" not in low
