"""The loaders against files that nobody would write; `python -m tests.files.fuzz` tries many more."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files.fuzz import KEYS, ODD, fuzz, outcome
from tuibp.files.npy import array_of
from tuibp.files.zip_members import directory, unpacked

VALUES = st.recursive(
    st.sampled_from(ODD) | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
DESCRIPTIONS = st.fixed_dictionaries(
    {}, optional={key: st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8) | VALUES for key in KEYS[:6]}
)


def test_six_hundred_spoilt_files_give_a_preset_or_one_line() -> None:
    assert fuzz(600, seed=1).total() == 600


@settings(max_examples=150, deadline=None)
@given(DESCRIPTIONS)
def test_any_description_gives_a_preset_or_one_line(description: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.json"
        path.write_text(json.dumps(description))
        outcome(path)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["toml", "json", "npz", "safetensors"]), st.binary(max_size=200))
def test_any_bytes_give_a_preset_or_one_line(ending: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"any.{ending}"
        path.write_bytes(content)
        outcome(path)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_an_array_or_a_value_error(content: bytes, begun: bool) -> None:
    head = b"\x93NUMPY\x01\x00\x40\x00{'descr': '<f8', 'fortran_order': False, 'shape': (" if begun else b""
    with pytest.raises(ValueError):
        array_of(head + content)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_zip_file_or_a_value_error(content: bytes) -> None:
    file = io.BytesIO(content + b"PK\x05\x06" + content)
    with contextlib.suppress(ValueError):
        for member in directory(file, len(file.getvalue())):
            assert len(unpacked(file, member)) == member.size
