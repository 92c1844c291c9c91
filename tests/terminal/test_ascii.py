from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tuibp.app.output.ascii import to_ascii


@given(st.text())
def test_every_text_becomes_ascii_of_the_same_width(text: str) -> None:
    plain = to_ascii(text)
    assert all(byte <= 0x7F for byte in plain)
    assert len(plain) == sum(map(len, map(to_ascii, text)))


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc", "Cf", "Mn", "Me"))))
def test_ascii_takes_as_many_cells_as_what_it_stands_for(text: str) -> None:
    assert len(to_ascii(text)) == sum(map(cell_len, text))


def test_frames_numbers_and_symbols_stay_readable() -> None:
    assert to_ascii("╭─┬╮│−1.5 δ³₁ ≈ ⊙ σ′ ▸…") == b"+-++|-1.5 d31 ~ * s' >."


def test_escape_sequences_pass_unchanged() -> None:
    assert to_ascii("\x1b[1;38;2;1;2;3mδ\x1b[0m") == b"\x1b[1;38;2;1;2;3md\x1b[0m"
