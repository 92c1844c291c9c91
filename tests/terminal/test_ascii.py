from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tuibp.render.in_ascii import CELLS, WORDS, in_cells, in_words

ROOT = Path(__file__).parents[2]
NO_TEXT = {"in_ascii.py", "cells.py", "lines.py"}
"""Their characters are classes of characters."""


@given(st.text())
def test_every_text_becomes_ascii_of_the_same_width(text: str) -> None:
    plain = in_cells(text)
    assert plain.isascii()
    assert len(plain) == sum(map(len, map(in_cells, text)))
    assert in_words(text).isascii()


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc", "Cf", "Mn", "Me"))))
def test_ascii_takes_as_many_cells_as_what_it_stands_for(text: str) -> None:
    assert len(in_cells(text)) == sum(map(cell_len, text))


def test_frames_numbers_and_symbols_stay_readable() -> None:
    assert in_cells("╭─┬╮│−1.5 δ³₁ ≈ ⊙ σ′ ▸…") == "+-++|-1.5 d31 ~ * s' >."


def test_escape_sequences_pass_unchanged() -> None:
    assert in_cells("\x1b[1;38;2;1;2;3mδ\x1b[0m") == "\x1b[1;38;2;1;2;3md\x1b[0m"


def test_a_character_has_one_sign_in_words_and_in_cells_where_its_word_is_no_longer() -> None:
    assert {c for c, word in WORDS.items() if len(word) == 1 and word != CELLS[c]} == set()
    assert all(len(sign) == cell_len(c) for c, sign in CELLS.items())
    assert in_words("η δ³₁ ≤ w²") == "eta d^3_1 <= w^2"


def said_by_the_program() -> set[str]:
    """Characters of one cell, beyond ASCII, in the strings of the source; not in those that only document it."""
    found: set[str] = set()
    for path in (ROOT / "tuibp").rglob("*.py"):
        if path.name in NO_TEXT:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                found |= {c for c in node.value if not c.isascii() and unicodedata.east_asian_width(c) not in "WF"}
    return found


def test_whatever_the_program_writes_can_be_read_in_ascii() -> None:
    said = said_by_the_program()
    assert "‖" in said
    assert {c for c in said if "?" in in_words(c)} == {"\ufffd"}
