"""A file that promises more than it holds takes no memory, and a pickle is never opened."""

from __future__ import annotations

import io
import pickle
import struct
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import format as npy_format

from tuibp.files import BadInput, load


class Trap:
    """Unpickling it would be seen."""

    sprung = False

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return setattr, (Trap, "sprung", True)


def header(shape: tuple[int, ...], descr: str = "<f8") -> bytes:
    stream = io.BytesIO()
    npy_format.write_array_header_1_0(stream, {"descr": descr, "fortran_order": False, "shape": shape})
    return stream.getvalue()


def zipped(path: Path, **content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(f"{name}.npy", data)
    return path


def refused(path: Path, reason: str = "") -> None:
    """The file is refused in one line, for little memory."""
    tracemalloc.start()
    try:
        with pytest.raises(BadInput) as caught:
            load(str(path))
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


def test_a_pickled_array_is_refused_and_never_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "pickle.npz", w1=np.array([[Trap()]], dtype=object), b1=np.ones(1))
    refused(tmp_path / "pickle.npz", "objects, not numbers")
    (tmp_path / "bare.npz").write_bytes(pickle.dumps(Trap()))
    refused(tmp_path / "bare.npz", "is not a zip file")
    assert not Trap.sprung


def test_a_header_that_promises_terabytes_is_not_believed(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "h.npz", w1=header((10**6, 10**6)), b1=header((1,))), "shorter or longer")


def test_a_header_whose_size_overflows_is_not_believed(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "h.npz", w1=header((2**62, 2**62)), b1=header((1,))), "shorter or longer")


def test_a_member_that_unpacks_to_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    packed = zipped(tmp_path / "bomb.npz", w1=b"").read_bytes()
    packed = packed.replace(struct.pack("<L", 0) * 2 + struct.pack("<H", 6), struct.pack("<LLH", 2, 10**9, 6))
    (tmp_path / "bomb.npz").write_bytes(packed)
    refused(tmp_path / "bomb.npz")


def test_members_that_share_their_bytes_are_bounded_in_sum(tmp_path: Path) -> None:
    zeros = b"\0" * 60_000_000
    packed = zipped(tmp_path / "one.npz", w1=zeros).read_bytes()
    at = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entries = packed[at:end] * 1_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_000, 1_000, len(entries), at, 0)
    (tmp_path / "many.npz").write_bytes(packed[:at] + entries + tail)
    with pytest.raises(BadInput):
        load(str(tmp_path / "many.npz"))


@pytest.mark.parametrize("cut", [0, 1, 10, 40, 100, 300])
def test_a_file_cut_short_or_changed_is_refused(cut: int, tmp_path: Path) -> None:
    np.savez(tmp_path / "good.npz", w1=np.ones((2, 2)), b1=np.ones(2))
    content = (tmp_path / "good.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(content[:cut])
    refused(tmp_path / "cut.npz")
    changed = bytearray(content)
    changed[170] ^= 0xFF
    (tmp_path / "changed.npz").write_bytes(changed)
    refused(tmp_path / "changed.npz", "damaged")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 8,
        struct.pack("<Q", 2**60) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 60) + b'{"w1":{"dtype":"F64","shape":[1000000,1000000],"data_offsets":[0,8000000000000]}}',
        struct.pack("<Q", 100_000) + b"[" * 100_000,
    ],
)
def test_a_malformed_safetensors_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.safetensors").write_bytes(content)
    refused(tmp_path / "bad.safetensors")


@pytest.mark.parametrize("piece", ["[],", '"ab",', "{},"])
def test_a_json_file_of_millions_of_pieces_is_refused_unparsed(piece: str, tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text('{"network": [' + piece * 2_500_000 + "0]}")
    refused(tmp_path / "many.json", "lists, tables and texts")
