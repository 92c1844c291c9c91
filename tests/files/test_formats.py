"""Network files: the same to the bit in every format, whole or not there, and those of other programs."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.files.samples import assert_same, rich_preset
from tuibp.core.five_steps import walk
from tuibp.core.network import initialise
from tuibp.files import BadInput, load, preset_names, save

ENDINGS = ("json", "npz", "safetensors")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["mazur", "digits", "iris", "circles", "modified-neuron"])
def test_a_preset_comes_back_to_the_bit(name: str, ending: str, tmp_path: Path) -> None:
    preset = load(name)
    save(tmp_path / f"copy.{ending}", preset)
    assert_same(load(str(tmp_path / f"copy.{ending}")), preset)


def test_every_field_survives_the_way_through_all_formats(tmp_path: Path) -> None:
    preset = rich_preset()
    for ending in (*ENDINGS, *reversed(ENDINGS)):
        save(tmp_path / f"copy.{ending}", preset)
        preset = load(str(tmp_path / f"copy.{ending}"))
    assert_same(preset, rich_preset())


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_network_alone_opens_with_examples_made_up(ending: str, tmp_path: Path) -> None:
    network = initialise((3, 4, 2), "tanh", "quadratic", seed=2)
    save(tmp_path / f"alone.{ending}", network)
    preset = load(str(tmp_path / f"alone.{ending}"))
    assert preset.network.digest() == network.digest()
    assert preset.data.x.shape == (10, 3)
    assert preset.data.y.shape == (10, 2)
    assert preset.name == "alone"


BOOK_COSTS = {"QuadraticCost": "quadratic", "CrossEntropyCost": "cross_entropy"}


def loaded_by_the_book(path: Path) -> tuple[list[int], str, list[np.ndarray], list[np.ndarray]]:
    """What `network2.load` makes of a file: (sizes, cost, weights, biases as columns)."""
    data = json.loads(path.read_text("utf-8"))
    cost = BOOK_COSTS[data["cost"]]
    return data["sizes"], cost, [np.array(w) for w in data["weights"]], [np.array(b) for b in data["biases"]]


@pytest.mark.parametrize("name", ["mazur", "digits", "single-neuron-saturated"])
def test_a_network_of_sigmoids_is_written_as_the_book_loads_it(name: str, tmp_path: Path) -> None:
    preset = load(name)
    save(tmp_path / "net.json", preset)
    sizes, cost, weights, biases = loaded_by_the_book(tmp_path / "net.json")
    a = preset.data.x[0][:, None]
    for w, b in zip(weights, biases, strict=True):
        a = 1.0 / (1.0 + np.exp(-(np.dot(w, a) + b)))
    walked = walk(preset.network, preset.data.example(0))
    assert (tuple(sizes), cost) == (preset.network.sizes, preset.network.cost)
    assert all(b.shape == (n, 1) for n, b in zip(sizes[1:], biases, strict=True))
    assert np.allclose(a[:, 0], walked.output, rtol=1e-15, atol=0)
    assert_same(load(str(tmp_path / "net.json")), preset)


@pytest.mark.parametrize("name", ["xor", "modified-neuron", "iris"])
def test_what_the_book_has_not_is_not_written_as_if_it_had(name: str, tmp_path: Path) -> None:
    save(tmp_path / "net.json", load(name))
    with pytest.raises(KeyError):
        loaded_by_the_book(tmp_path / "net.json")


def test_a_network_file_of_the_book_opens(tmp_path: Path) -> None:
    network = initialise((3, 4, 2), "sigmoid", "cross_entropy", seed=2)
    book = {
        "sizes": [3, 4, 2],
        "weights": [w.tolist() for w in network.weights],
        "biases": [b[:, None].tolist() for b in network.biases],
        "cost": "CrossEntropyCost",
    }
    (tmp_path / "net.json").write_text(json.dumps(book))
    opened = load(str(tmp_path / "net.json")).network
    assert opened.digest() == network.digest()
    assert (opened.cost, opened.activations) == ("cross_entropy", ("sigmoid", "sigmoid"))


def test_keys_side_by_side_find_their_tables(tmp_path: Path) -> None:
    flat = {"sizes": [1, 1], "weights": [[[0.6]]], "biases": [[0.9]], "examples": [{"x": [1], "y": [0]}], "eta": 0.15}
    (tmp_path / "flat.json").write_text(json.dumps(flat))
    preset = load(str(tmp_path / "flat.json"))
    assert preset.training.eta == 0.15
    assert preset.data.x.tolist() == [[1.0]]


@pytest.mark.parametrize(
    "names",
    [
        [("0.weight", "0.bias"), ("2.weight", "2.bias"), ("10.weight", "10.bias")],
        [("w1", "b1"), ("w2", "b2"), ("w10", "b10")],
        [("fc1.weight", "fc1.bias"), ("fc2.weight", "fc2.bias"), ("fc3.weight", "fc3.bias")],
        [("weights_0", "biases_0"), ("weights_1", "biases_1"), ("weights_2", "biases_2")],
    ],
)
def test_arrays_named_by_other_programs_are_put_in_order(names: list[tuple[str, str]], tmp_path: Path) -> None:
    network = initialise((3, 4, 2, 5), "sigmoid", "quadratic", seed=2)
    arrays = {}
    for (w, b), layer in reversed(list(zip(names, (1, 2, 3), strict=True))):
        arrays.update({w: network.w(layer), b: network.b(layer)})
    np.savez_compressed(tmp_path / "other.npz", allow_pickle=False, **arrays)
    assert load(str(tmp_path / "other.npz")).network.digest() == network.digest()


def test_biases_without_their_weights_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "half.npz", w1=np.ones((2, 2)), b1=np.ones(2), b2=np.ones(2))
    with pytest.raises(BadInput, match="b2: has no weights"):
        load(str(tmp_path / "half.npz"))


def test_safetensors_without_its_package_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(BadInput, match=r"pip install 'tuibp\[safetensors\]'"):
        save(tmp_path / "net.safetensors", load("mazur"))
    assert not list(tmp_path.iterdir())


def test_an_ending_that_no_format_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"ends in \.json \.npz \.safetensors"):
        save(tmp_path / "net.pickle", load("mazur"))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        save(path, load("mazur"))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_keeps_its_permissions_and_a_link_is_not_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "net.json", tmp_path / "link.json"
    path.touch(0o640)
    link.symlink_to(path)
    with pytest.raises(BadInput, match="is a link"):
        save(link, load("mazur"))
    assert path.read_bytes() == b""
    save(path, load("mazur"))
    assert path.stat().st_mode & 0o777 == 0o640
    assert load(str(path)).network.digest() == load("mazur").network.digest()


def test_a_folder_that_is_not_there_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        save(tmp_path / "none" / "net.json", load("mazur"))


def test_there_are_presets() -> None:
    assert len(preset_names()) >= 14


def test_a_file_without_examples_is_saved_with_those_made_up(tmp_path: Path) -> None:
    save(tmp_path / "alone.npz", initialise((3, 4, 2), "tanh", "quadratic", seed=2))
    preset = load(str(tmp_path / "alone.npz"))
    save(tmp_path / "alone.json", preset)
    assert_same(load(str(tmp_path / "alone.json")), preset)
