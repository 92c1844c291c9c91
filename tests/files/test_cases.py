"""Files as other people have them open as what they are, or one line says what stands in the way."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.files.described import naming
from tuibp.core.five_steps import walk
from tuibp.files import BadInput, Preset, load


def csv(folder: Path, text: str, sizes: str = "[2, 2]", more: str = "", cost: str = "quadratic") -> Preset:
    (folder / "d.csv").write_text(text, encoding="utf-8")
    (folder / "p.toml").write_text(naming("d.csv", sizes, more, cost, scheme="scaled"))
    return load(str(folder / "p.toml"))


def refused(folder: Path, text: str, sizes: str = "[2, 2]", more: str = "", cost: str = "quadratic") -> str:
    with pytest.raises(BadInput) as caught:
        csv(folder, text, sizes, more, cost)
    return str(caught.value)


def safetensors(path: Path, *tensors: tuple[str, tuple[int, ...]], dtype: str = "F32", width: int = 4) -> str:
    header: dict[str, Any] = {}
    content, random = b"", np.random.default_rng(3)
    for name, shape in tensors:
        numbers = random.standard_normal(shape).astype("<f4").tobytes()[: int(np.prod(shape)) * width]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(content), len(content) + len(numbers)]}
        content += numbers
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)
    return str(path)


def test_names_of_two_families_are_ordered_by_their_shapes(tmp_path: Path) -> None:
    tensors = [("classifier.weight", (3, 4)), ("features.0.weight", (5, 4)), ("features.2.weight", (4, 5))]
    biases = [("classifier.bias", (3,)), ("features.0.bias", (5,)), ("features.2.bias", (4,))]
    preset = load(safetensors(tmp_path / "n.safetensors", *tensors, *biases))
    assert preset.network.sizes == (4, 5, 4, 3)
    assert not any("order" in note for note in preset.notes)


def test_a_family_keeps_its_order_where_shapes_would_allow_another(tmp_path: Path) -> None:
    names = ["a.10.weight", "a.9.weight", "z.weight"]
    path = safetensors(tmp_path / "n.safetensors", *zip(names, [(2, 2), (2, 2), (5, 2)], strict=True))
    from_file = [load(path).network.w(layer) for layer in (1, 2)]
    numbers = np.random.default_rng(3).standard_normal((2, 2)).astype("<f4")
    assert np.array_equal(from_file[1], numbers)  # a.10, which stands first in the file


@pytest.mark.parametrize(
    "tensors",
    [
        [("decoder.weight", (6, 2)), ("encoder.weight", (2, 6))],
        [("hidden.weight", (3, 3)), ("input_layer.weight", (3, 3)), ("output.weight", (3, 3))],
        [(f"{letter}.weight", (3, 3)) for letter in "abcdefghijklmnopqrst"],
    ],
)
def test_names_that_several_orders_fit_are_refused_by_naming_them(tensors: Any, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="several fit: ") as caught:
        load(safetensors(tmp_path / "n.safetensors", *tensors))
    assert caught.value.args[0].count(tensors[0][0]) == 2


def test_a_thousand_layers_of_two_families_are_ordered_soon(tmp_path: Path) -> None:
    tensors = [(f"f.{at}.weight", (2, 2)) for at in range(900)]
    preset = load(safetensors(tmp_path / "n.safetensors", ("a.weight", (3, 2)), *tensors))
    assert preset.network.layer_count == 902
    assert preset.network.sizes[-2:] == (2, 3)


def test_bfloat16_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"net\.0\.weight: holds bfloat16, which is not read"):
        load(safetensors(tmp_path / "n.safetensors", ("net.0.weight", (2, 2)), dtype="BF16", width=2))


def test_biases_that_are_not_there_are_zeros_and_that_is_said_once(tmp_path: Path) -> None:
    np.savez(tmp_path / "n.npz", W1=np.ones((3, 2)), W2=np.ones((1, 3)))
    preset = load(str(tmp_path / "n.npz"))
    assert not preset.network.b(1).any()
    assert sum("zeros" in note for note in preset.notes) == 1


def test_data_given_for_a_network_lists_its_arrays_and_opens_where_it_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "Xy.npz", X=np.ones((20, 4)), Y=np.arange(20) % 2)
    with pytest.raises(BadInput, match=r'X 20×4, Y 20; .* \[data\] as file = "Xy.npz"'):
        load(str(tmp_path / "Xy.npz"))
    text = naming("Xy.npz", [4, 2], scheme="scaled")
    (tmp_path / "p.toml").write_text(text)
    assert len(load(str(tmp_path / "p.toml")).data) == 20


@pytest.mark.parametrize(
    ("key", "near"), [("activation", "activations"), ("weigths", "weights"), ("epoch", "epochs"), ("tittle", "title")]
)
def test_a_key_that_is_not_known_gets_the_nearest_of_all(key: str, near: str, tmp_path: Path) -> None:
    flat = {"sizes": [1, 1], "weights": [[[1]]], "biases": [[[1]]], "cost": "CrossEntropyCost"}
    (tmp_path / "n.json").write_text(json.dumps({**({} if near == "weights" else flat), key: "tanh"}))
    with pytest.raises(BadInput, match=f"{key}: there is no such key; did you mean {near}\\?"):
        load(str(tmp_path / "n.json"))


def test_a_key_outside_of_its_table_is_told_where_it_belongs(tmp_path: Path) -> None:
    text = naming("d.csv", [2, 2], scheme="scaled")
    (tmp_path / "p.toml").write_text("eta = 3\n" + text)
    with pytest.raises(BadInput, match=r"eta: stands outside of its table, \[training\]"):
        load(str(tmp_path / "p.toml"))


def test_sizes_follow_from_the_weights(tmp_path: Path) -> None:
    (tmp_path / "n.json").write_text(json.dumps({"weights": [[[1, 2]], [[3]]], "biases": [[[1]], [[2]]]}))
    assert load(str(tmp_path / "n.json")).network.sizes == (2, 1, 1)


LABEL_FIRST = "c,x,z\n1,0.5,0\n0,0.7,1\n"


@pytest.mark.parametrize("label", ['"c"', "1"])
def test_the_column_of_the_class_is_a_key(label: str, tmp_path: Path) -> None:
    data = csv(tmp_path, LABEL_FIRST, more=f"label = {label}").data
    assert data.labels is not None
    assert data.labels.tolist() == [1, 0]
    assert data.x.tolist() == [[0.5, 0], [0.7, 1]]


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "data.label: unknown 'd'" in refused(tmp_path, LABEL_FIRST, more='label = "d"')
    assert "data.label: must be from 1 to 3" in refused(tmp_path, LABEL_FIRST, more="label = 4")


@pytest.mark.parametrize("name", ["label", "Target", "class", "y"])
def test_a_header_that_names_the_class_is_followed_and_said(name: str, tmp_path: Path) -> None:
    preset = csv(tmp_path, LABEL_FIRST.replace("c,x", f"{name},u"))
    assert preset.data.x.tolist() == [[0.5, 0], [0.7, 1]]
    assert name in preset.notes[0]


def test_y_beside_x_is_a_coordinate(tmp_path: Path) -> None:
    preset = csv(tmp_path, "x,y,c\n3,5,0\n4,6,1\n")
    assert preset.data.x.tolist() == [[3, 5], [4, 6]]
    assert preset.notes == ()


def test_labels_that_are_all_equal_are_remarked_on(tmp_path: Path) -> None:
    notes = csv(tmp_path, "1,0,9,8,0\n0,7,0,0,0\n2,0,0,9,0\n", "[4, 3]").notes
    assert len(notes) == 1
    assert "every example has the class 0" in notes[0]


def test_a_row_that_counts_the_columns_is_a_header_and_that_is_said(tmp_path: Path) -> None:
    preset = csv(tmp_path, "0,1,2\n0.1,0.2,0\n0.3,0.4,1\n")
    assert len(preset.data) == 2
    assert "line 1" in preset.notes[0]


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_the_separator_is_found(separator: str, tmp_path: Path) -> None:
    data = csv(tmp_path, "x,y,c\n1,2,a\n3,4,b\n".replace(",", separator)).data
    assert data.x.tolist() == [[1, 2], [3, 4]]
    assert data.names == ("a", "b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,y,c\n1,2,a\n3,4,\n", "line 3: has no label"),
        ("# made by me\nx,y,c\n1,2,a\n3,4,b\n", "line 2: 'x' is not a number (column 1)"),
        ("s,s,label\nm,kg,class\n1,2,a\n", "line 2: 'm' is not a number (column 1)"),
        ("x,y,c\n1,2,a\n3,4,b\n,,\n", "line 4: '' is not a number (column 1)"),
        ("1_0,2,0\n3,4,1\n", "line 1: '1_0' is not a number (column 1)"),
        ("٣,2,0\n3,4,1\n", "line 1: '٣' is not a number (column 1)"),
        ('"1\n",2,0\n3,x,1\n', "line 3: 'x' is not a number (column 2)"),
        ("1,2,0\n\n\n3,x,1\n", "line 4: 'x' is not a number (column 2)"),
        ("1,2,a\n1,2,b\n1,2,c\n", "names 3 classes (a, b, c), the network has 2 outputs"),
        ("1,2,0\n3,4,7\n", "line 2: has a label that is not a whole number from 0 to 1: 7"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(text: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, text)


def test_a_mistake_late_in_a_long_file_is_told_by_its_line(tmp_path: Path) -> None:
    lines = ["1,2,0"] * 5_000
    lines[4_321] = "1,2e,0"
    assert "line 4322: '2e' is not a number (column 2)" in refused(tmp_path, "\n".join(lines))


@pytest.mark.parametrize(("sizes", "labels", "y"), [("[2, 1]", "12", [[0], [1]]), ("[2, 2]", "12", [[1, 0], [0, 1]])])
def test_classes_counted_from_1_are_counted_from_0_and_that_is_said(
    sizes: str, labels: str, y: list[list[int]], tmp_path: Path
) -> None:
    preset = csv(tmp_path, f"x,y,c\n1,2,{labels[0]}\n3,4,{labels[1]}\n", sizes)
    assert preset.data.y.tolist() == y
    assert "counted from 0" in preset.notes[0]


@pytest.mark.parametrize("cost", ["cross_entropy", "log_likelihood"])
def test_a_target_that_the_cost_is_not_made_for_is_refused_with_its_place(cost: str, tmp_path: Path) -> None:
    assert f"line 2: y is -1; the cost {cost} takes" in refused(tmp_path, "1,0,0.5\n0,1,-1\n", "[2, 1]", "", cost)
    text = naming("d.csv", [2, 1], cost=cost, scheme="scaled")
    examples = "examples = [{ x = [0, 1], y = [0.5] }, { x = [1, 0], y = [1.25] }]"
    (tmp_path / "p.toml").write_text(text.replace('file = "d.csv"', examples))
    with pytest.raises(BadInput, match=r"data\.examples\[2\]: y is 1\.25; the cost"):
        load(str(tmp_path / "p.toml"))


def test_softmax_with_cross_entropy_opens_as_it_says_with_one_line(tmp_path: Path) -> None:
    text = naming("d.csv", [2, 3], cost="cross_entropy", activation="softmax", scheme="scaled")
    (tmp_path / "p.toml").write_text(text.replace('file = "d.csv"', "x = [[1.5, 0.5]]\nlabels = [1]"))
    preset = load(str(tmp_path / "p.toml"))
    a = walk(preset.network, preset.data.example(0)).output
    assert preset.network.cost == "cross_entropy"
    assert np.isclose(walk(preset.network, preset.data.example(0)).cost, -np.log([1 - a[0], a[1], 1 - a[2]]).sum())
    assert len(preset.notes) == 1
    assert "log_likelihood" in preset.notes[0]
