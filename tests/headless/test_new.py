"""`tuibp new`: a preset that opens, for whatever data people have; nothing is overwritten, nothing half written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.files.fuzz import changed
from tests.files.test_data_of_others import mnist
from tuibp.cli import main
from tuibp.core.epochs import train
from tuibp.files import load, preset_folder

random = np.random.default_rng(12)


def new(path: Path, *words: str) -> dict[str, Any]:
    """The tables that are written for this data, beside it."""
    assert main(["new", str(path), *words]) == 0
    out = path.with_suffix(".toml")
    load(str(out))
    return tomllib.loads(out.read_text("utf-8"))


def table(path: Path, rows: Any, header: str = "", end: str = "\n") -> Path:
    lines = [*([header] if header else []), *(",".join(map(str, row)) for row in rows)]
    path.write_text(end.join(lines) + end, encoding="utf-8")
    return path


def test_words_are_classes_with_a_probability_each_and_the_preset_learns(tmp_path: Path) -> None:
    (tmp_path / "iris.csv").write_bytes((preset_folder() / "iris.csv").read_bytes())
    made = new(tmp_path / "iris.csv")
    assert made["network"]["sizes"] == [4, 8, 3]
    assert (made["network"]["activations"], made["network"]["cost"]) == (["tanh", "softmax"], "log_likelihood")
    assert (made["data"]["scale"], made["data"]["holdout"]) == ("standard", 0.2)
    preset = load(str(tmp_path / "iris.toml"))
    assert preset.data.names == ("setosa", "versicolor", "virginica")
    *__, last = train(preset.network, preset.data, preset.training, preset.training.epochs)
    assert last.test_accuracy is not None
    assert last.test_accuracy > 0.9


@pytest.mark.parametrize(
    ("targets", "sizes", "function", "cost"),
    [
        ("yes no", [3, 8, 1], "sigmoid", "cross_entropy"),
        ("0 1", [3, 8, 1], "sigmoid", "cross_entropy"),
        ("1 2", [3, 8, 1], "sigmoid", "cross_entropy"),
        ("-1 1", [3, 8, 1], "tanh", "quadratic"),
        ("0.1 0.9", [3, 8, 1], "sigmoid", "cross_entropy"),
        ("1 2 3 4", [3, 8, 4], "softmax", "log_likelihood"),
        ("0 1 3 4", [3, 8, 5], "softmax", "log_likelihood"),
        ("a b c d", [3, 8, 4], "softmax", "log_likelihood"),
        ("2.5 7 8.25 1", [3, 8, 1], "linear", "quadratic"),
        ("1870 1912 1999 2024", [3, 8, 1], "linear", "quadratic"),
    ],
)
def test_the_output_and_the_cost_follow_from_the_targets(
    targets: str, sizes: list[int], function: str, cost: str, tmp_path: Path
) -> None:
    words = targets.split()
    rows = [[*random.random(3), words[at % len(words)]] for at in range(12)]
    network = new(table(tmp_path / "d.csv", rows))["network"]
    assert network["sizes"] == sizes
    assert (network["activations"][-1], network["cost"]) == (function, cost)


@pytest.mark.parametrize(
    ("inputs", "scale"),
    [
        (random.random((60, 3)), "none"),
        (random.integers(0, 100, (60, 3)) * [1, 100, 10_000], "standard"),
        (random.integers(0, 256, (60, 64)), 255),
        (random.integers(0, 17, (60, 64)), 16),
        (random.standard_normal((60, 64)), "standard"),
    ],
)
def test_the_scale_follows_from_the_inputs(inputs: Any, scale: object, tmp_path: Path) -> None:
    inputs.flat[0] = inputs.max()
    data = new(table(tmp_path / "d.csv", [[*row, at % 2] for at, row in enumerate(inputs.tolist())]))["data"]
    assert data["scale"] == scale
    assert ("image" in data) is isinstance(scale, int)
    assert data["holdout"] == 0.2


def test_a_column_of_the_class_can_be_named_and_one_that_numbers_rows_is_left_out(tmp_path: Path) -> None:
    path = table(tmp_path / "d.csv", [[at, f"{'ab'[at % 2]}", at / 10, at / 7] for at in range(9)], "id,kind,u,v")
    made = new(path, "--label", "kind", "--hidden", "5,4")
    assert made["network"]["sizes"] == [2, 5, 4, 1]
    assert made["data"]["label"] == "kind"
    assert "holdout" not in made["data"]
    assert load(str(tmp_path / "d.toml")).data.names == ("a", "b")


def test_mnists_folder_and_keras_arrays_keep_what_they_hold_out(tmp_path: Path) -> None:
    mnist(tmp_path / "mnist")
    assert main(["new", str(tmp_path / "mnist")]) == 0
    preset = load(str(tmp_path / "mnist.toml"))
    assert (preset.data.image, len(preset.data.test)) == ((3, 4), 3)
    assert preset.data.x.max() <= 1.0
    y = np.eye(3)[np.arange(8) % 3]
    np.savez(tmp_path / "k.npz", x_train=random.random((8, 5)), y_train=y, x_test=random.random((8, 5)), y_test=y)
    assert new(tmp_path / "k.npz")["network"]["sizes"] == [5, 8, 3]
    assert len(load(str(tmp_path / "k.toml")).data.test) == 8


def test_every_choice_has_a_comment(tmp_path: Path) -> None:
    new(table(tmp_path / "d.csv", [[*random.random(3), at % 2] for at in range(60)]))
    lines = (tmp_path / "d.toml").read_text("utf-8").splitlines()
    for key in ("sizes", "activations", "init", "scale", "holdout", "eta"):
        (at,) = (at for at, line in enumerate(lines) if line.startswith(f"{key} ="))
        assert lines[at - 1].startswith("# "), key


def test_sizes_alone_make_a_preset_with_examples_to_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2,3,1"]) == 0
    assert load("2-3-1.toml").network.sizes == (2, 3, 1)
    assert main(["new", "4,4,3", "--out", "mine.toml"]) == 0
    assert load("mine.toml").data.y.shape == (4, 3)


def test_what_is_there_is_not_overwritten_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "d.csv", [[1, 0], [2, 1]])
    (tmp_path / "d.toml").write_text("mine")
    assert main(["new", str(path)]) == 2
    assert "d.toml: exists; --force overwrites it" in capsys.readouterr().err
    assert (tmp_path / "d.toml").read_text() == "mine"
    assert main(["new", str(path), "--force"]) == 0


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("", [], "holds no examples"),
        ("1\n2\n", [], "has one column"),
        ("1,2,a\n1,x,b\n", [], "line 2: 'x' is not a number (column 2)"),
        ("1,2,a\n", ["--label", "9"], "label: must be from 1 to 3"),
        ("u,v,c\n1,2,a\n", ["--label", "w"], "label: unknown 'w'"),
        ("1,2,a\n", ["--hidden", "many"], "--hidden takes numbers"),
        ("1,2,a\n", ["--hidden", "0"], "--hidden: a layer has from 1 to"),
        ("1,2,a\n", ["--out", "d.csv"], "a preset's name ends in .toml"),
        ("1,2,a\n", ["--out", "{folder}/sub/d.toml"], "must be in the folder of"),
        ('x"\x00,2,"a\n', [], "d.csv: "),
    ],
)
def test_what_cannot_be_is_one_line_and_leaves_no_file(
    content: str, words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.csv").write_text(content)
    (tmp_path / "sub").mkdir()
    assert main(["new", str(tmp_path / "d.csv"), *(word.format(folder=tmp_path) for word in words)]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["d.csv", "sub"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("2", "name two layers or more"),
        ("2,0,1", "name two layers or more"),
        ("2,9999999,1", "a layer has from 1 to 1,000,000 neurons"),
        (".", "name the preset to write, with --out"),
        ("..", "name the preset to write, with --out"),
        ("/", "name the preset to write, with --out"),
        ("", "is empty"),
        ("784,30,10", "nobody types examples of more than 20 numbers"),
        ("nowhere.csv", "there is no such file"),
        ("nowhere.parquet", "pandas.read_parquet"),
        ("mazur", "is none of .csv .npz"),
    ],
)
def test_a_word_that_is_no_data_is_one_line(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", word]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_spoilt_data_is_one_line_and_leaves_no_file_or_makes_a_preset_that_opens(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], whole: bool
) -> None:
    path, out = tmp_path / f"d.{ending}", tmp_path / "d.toml"
    table(path, [[at, at * 0.5, "abc"[at % 3]] for at in range(30)], "id,u,kind")
    if ending == "npz":
        np.savez(path, x_train=random.random((9, 4)), y_train=np.arange(9) % 3, allow_pickle=False)
    good, chance, refusals = path.read_bytes(), Random(ending), 0
    for _each in range(1_500 if whole else 20):
        path.write_bytes(changed(good, chance))
        out.unlink(missing_ok=True)
        status = main(["new", str(path)])
        err = capsys.readouterr().err
        assert status in (0, 2)
        assert out.exists() is (status == 0)
        assert all(map(str.isprintable, err.splitlines()))
        refusals += status == 2
        if status == 0:
            load(str(out))
        else:
            assert err.count("\n") == 1
    assert refusals > 2
