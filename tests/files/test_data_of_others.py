"""Data sets as they come: MNIST's four files, Keras's and scikit-learn's arrays, with as little memory as they need."""

from __future__ import annotations

import gzip
import struct
import time
import zlib
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.files.described import naming
from tests.files.fuzz import changed
from tuibp.files import BadInput, Preset, load
from tuibp.files.csv_file import read_csv
from tuibp.files.csv_plain import plain_rows
from tuibp.files.table import Table

random = np.random.default_rng(6)


def idx(array: Any, kind: int = 0x08) -> bytes:
    """The bytes of an IDX file, by the format's description."""
    sides = struct.pack(f">{array.ndim}I", *array.shape)
    return struct.pack(">BBBB", 0, 0, kind, array.ndim) + sides + array.astype(array.dtype.newbyteorder(">")).tobytes()


def opened(folder: Path, file: str, n_in: int = 12, more: str = "") -> Preset:
    (folder / "p.toml").write_text(naming(file, [n_in, 10], more))
    return load(str(folder / "p.toml"))


def refused(folder: Path, file: str, n_in: int = 12, more: str = "") -> str:
    with pytest.raises(BadInput) as caught:
        opened(folder, file, n_in, more)
    assert str(caught.value).isprintable()
    return str(caught.value)


IMAGES, LABELS = random.integers(0, 256, (9, 3, 4), np.uint8), random.integers(0, 10, 9).astype(np.uint8)


def mnist(folder: Path, packed: bool = False) -> Path:
    """MNIST's four files, of nine images: six to train on."""
    folder.mkdir(exist_ok=True)
    for part, rows in (("train", slice(0, 6)), ("t10k", slice(6, 9))):
        for name, array in (("images-idx3", IMAGES), ("labels-idx1", LABELS)):
            content = idx(array[rows])
            path = folder / f"{part}-{name}-ubyte"
            path.with_name(path.name + ".gz" * packed).write_bytes(gzip.compress(content) if packed else content)
    (folder / "README").touch()
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_mnists_folder_is_its_images_and_labels_and_its_test_is_held_out(packed: bool, tmp_path: Path) -> None:
    mnist(tmp_path / "mnist", packed)
    data = opened(tmp_path, "mnist", more="scale = 255").data
    assert np.array_equal(data.x, IMAGES.reshape(9, 12) / 255)
    assert data.labels is not None
    assert data.labels.tolist() == LABELS.tolist()
    assert (data.train.tolist(), data.test.tolist()) == (list(range(6)), [6, 7, 8])
    assert data.image == (3, 4)
    images = f"mnist/train-images-idx3-ubyte{'.gz' * packed}"
    assert len(opened(tmp_path, images).data) == 6
    assert len(opened(tmp_path, "mnist", more="holdout = 0.5").data.test) in (4, 5)


@pytest.mark.parametrize(("kind", "dtype"), [(0x09, "i1"), (0x0B, "i2"), (0x0C, "i4"), (0x0D, "f4"), (0x0E, "f8")])
def test_every_kind_of_number_of_idx_is_read(kind: int, dtype: str, tmp_path: Path) -> None:
    values = random.integers(-100, 100, (5, 12)).astype(dtype)
    (tmp_path / "my-images-idx3-ubyte").write_bytes(idx(values, kind))
    (tmp_path / "my-labels-idx1-ubyte").write_bytes(idx(LABELS[:5]))
    assert np.array_equal(opened(tmp_path, "my-images-idx3-ubyte").data.x, values)


def damaged(name: str, content: bytes) -> bytes:
    return {
        "empty": b"",
        "no IDX": b"\x89PNG" + content,
        "an unknown kind": content[:2] + b"\x07" + content[3:],
        "no dimensions": content[:3] + b"\0" + content[4:],
        "cut": content[:-1],
        "cut in its header": content[:9],
        "too long": content + b"\0",
        "a promise of 4 GB": content[:4] + b"\xff\xff\xff\xff" + content[8:],
    }[name]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "no IDX",
        "an unknown kind",
        "no dimensions",
        "cut",
        "cut in its header",
        "too long",
        "a promise of 4 GB",
    ],
)
def test_a_damaged_idx_file_is_one_line(name: str, packed: bool, tmp_path: Path) -> None:
    folder = mnist(tmp_path / "mnist", packed)
    for path in folder.glob("train-images*"):
        content = damaged(name, gzip.decompress(path.read_bytes()) if packed else path.read_bytes())
        path.write_bytes(gzip.compress(content) if packed else content)
    assert "train-images-idx3-ubyte" in refused(tmp_path, "mnist")


@pytest.mark.parametrize("cut", [3, 20, -5, -1])
def test_damaged_packing_is_one_line(cut: int, tmp_path: Path) -> None:
    path = mnist(tmp_path / "mnist", True) / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:cut])
    assert "is damaged" in refused(tmp_path, "mnist")


def test_a_packed_file_that_grows_without_end_is_refused_soon(tmp_path: Path) -> None:
    folder = mnist(tmp_path / "mnist", True)
    pack = zlib.compressobj(1, zlib.DEFLATED, 31)
    content = [pack.compress(struct.pack(">BBBBIII", 0, 0, 8, 3, 6, 3, 4))]
    content += [pack.compress(bytes(1 << 24)) for _each in range(3)]
    (folder / "train-images-idx3-ubyte.gz").write_bytes(b"".join([*content, pack.flush()]))
    started = time.process_time()
    assert "shorter or longer" in refused(tmp_path, "mnist")
    assert time.process_time() - started < 0.5


def test_what_is_missing_of_a_folder_is_told_by_its_name(tmp_path: Path) -> None:
    folder = mnist(tmp_path / "mnist")
    (folder / "train-labels-idx1-ubyte").rename(folder / "labels")
    assert "its labels, train-labels-idx1-ubyte, are not beside it" in refused(tmp_path, "mnist")
    (folder / "train-images-idx3-ubyte").unlink()
    assert "holds no images as MNIST names them" in refused(tmp_path, "mnist")
    assert "is not named as IDX images are" in refused(tmp_path, "mnist/t10k-labels-idx1-ubyte")
    mnist(folder)
    for role in ("images-idx3", "labels-idx1"):
        (folder / f"other-{role}-ubyte").write_bytes((folder / f"train-{role}-ubyte").read_bytes())
    assert "more than one set of images: other-images-idx3-ubyte, train-images" in refused(tmp_path, "mnist")


def test_keras_arrays_are_images_and_its_test_is_held_out(tmp_path: Path) -> None:
    parts = {"x_train": IMAGES[:6], "y_train": LABELS[:6], "x_test": IMAGES[6:], "y_test": LABELS[6:, None]}
    np.savez_compressed(tmp_path / "mnist.npz", allow_pickle=False, **parts)
    data = opened(tmp_path, "mnist.npz", more="scale = 255").data
    assert np.array_equal(data.x, IMAGES.reshape(9, 12) / 255)
    assert data.labels is not None
    assert data.labels.tolist() == LABELS.tolist()
    assert (data.image, data.test.tolist()) == ((3, 4), [6, 7, 8])


@pytest.mark.parametrize(
    "names",
    [
        ("data", "target"),
        ("images", "labels"),
        ("X_train", "Y_train"),
        ("features", "t"),
        ("test_x", "test_y"),
        ("x_val", "y_val"),
    ],
)
def test_names_that_people_use_are_followed_without_a_word(names: tuple[str, str], tmp_path: Path) -> None:
    whole = {names[0]: IMAGES, names[1]: LABELS, "feature_names": np.zeros(3)}
    if names[0] == "test_x":
        whole = {"test_x": IMAGES[6:], "test_y": LABELS[6:], "train_x": IMAGES[:6], "train_y": LABELS[:6]}
    if names[0] == "x_val":
        whole = {"x_val": IMAGES[6:], "y_val": LABELS[6:], "x": IMAGES[:6], "y": LABELS[:6]}
    np.savez(tmp_path / "d.npz", allow_pickle=False, **whole)
    preset = opened(tmp_path, "d.npz")
    assert np.array_equal(preset.data.x, IMAGES.reshape(9, 12))
    assert preset.data.test.tolist() == ([6, 7, 8] if names[0] in ("test_x", "x_val") else [])
    assert preset.notes == ()


def test_arrays_of_any_names_are_taken_where_only_one_way_fits_and_that_is_said(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", allow_pickle=False, foo=LABELS, bar=IMAGES)
    preset = opened(tmp_path, "d.npz")
    assert np.array_equal(preset.data.x, IMAGES.reshape(9, 12))
    assert "bar is taken for the inputs and foo for the targets" in preset.notes[0]


@pytest.mark.parametrize(
    "arrays",
    [
        {"foo": LABELS, "bar": IMAGES, "baz": LABELS},
        {"foo": LABELS[:5], "bar": IMAGES},
        {"x_train": IMAGES, "labels": LABELS},
        {"x": IMAGES, "y": LABELS, "labels": LABELS},
    ],
)
def test_where_it_is_not_clear_the_arrays_are_listed(arrays: dict[str, Any], tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", allow_pickle=False, **arrays)
    said = refused(tmp_path, "d.npz")
    assert all(f"{name} {'×'.join(map(str, array.shape))}" in said for name, array in arrays.items())


@pytest.mark.parametrize("packed", [False, True])
def test_spoilt_idx_bytes_are_one_line_or_open(packed: bool, tmp_path: Path, whole: bool) -> None:
    (path,) = mnist(tmp_path / "mnist", packed).glob("train-images*")
    good, chance, refusals = path.read_bytes(), Random(packed), set()
    for _each in range(2_000 if whole else 40):
        path.write_bytes(changed(good, chance))
        try:
            opened(tmp_path, "mnist")
        except BadInput as error:
            refusals.add(str(error))
    assert len(refusals) > 1
    assert all(map(str.isprintable, refusals))


PIECES = (b"", b",", b"\n", b"\r\n", b"\r", b'"', b"5", b"e1", b".", b"-", b" ", b"nan", b"_", b"\xff")


def test_numbers_that_are_spoilt_are_told_the_same_whether_read_together_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    good, chance = b"u,v,c\n" + b"".join(b"%d,%d,%d\n" % (i, 7 * i, i % 2) for i in range(40)), Random(5)
    together = 0

    def seen(content: bytes, plain: bool) -> Any:
        monkeypatch.setattr("tuibp.files.csv_file.plain_rows", plain_rows if plain else lambda *_given: None)
        (tmp_path / "d.csv").write_bytes(content)
        table = Table("p.toml", "", {})
        try:
            found = read_csv(tmp_path / "d.csv", 2, 2, table)
        except BadInput as error:
            return str(error)
        assert found.place is not None
        places = [found.place(row) for row in range(len(found.x))]
        return found.x.tolist(), found.targets.tolist(), found.names, places, table.notes

    for _each in range(3_000 if whole else 200):
        content = good
        for _change in range(chance.randrange(3)):
            at = chance.randrange(len(content))
            piece = chance.choice(
                [b"", b",", b"\n", b"\r\n", b"\r", b'"', b"5", b"e1", b".", b"-", b" ", b"nan", b"_", b"\xff"]
            )
            content = content[:at] + piece + content[at + chance.randrange(3) :]
        told = seen(content, True)
        assert told == seen(content, False), content
        together += not isinstance(told, str)
    assert together > 50
