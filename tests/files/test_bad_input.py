"""A wrong file gets one line that names the file, the key and the reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuibp.files import BadInput, load

GOOD = """
title = "T"
about = "A"
[network]
sizes = [2, 3, 1]
activations = ["tanh", "sigmoid"]
cost = "quadratic"
init = { scheme = "scaled", seed = 7 }
[data]
examples = [{ x = [0, 0], y = [0] }, { x = [0, 1], y = [1] }]
[training]
eta = 0.5
batch_size = 4
"""

EXAMPLES = "[{ x = [0, 0], y = [0] }, { x = [0, 1], y = [1] }]"
RELU_4 = '{ layer = 2, neuron = 4, activation = "relu" }'
SOFTMAX_1 = '{ layer = 2, neuron = 1, activation = "softmax" }'
ONES = "\nbiases = [[1, 1, 1], [1]]\n[data]"

WRONG = {
    # what is changed, into what, the key that is named, words of the reason
    "missing sizes": ("sizes = [2, 3, 1]", "", "network.sizes", "is missing"),
    "missing cost": ('cost = "quadratic"', "", "network.cost", "is missing"),
    "missing activations": ('activations = ["tanh", "sigmoid"]', "", "network.activations", "is missing"),
    "missing scheme": ('scheme = "scaled", ', "", "network.init.scheme", "is missing"),
    "missing network": ("[network]", "[training]", "", "training"),
    "missing y": (", y = [1]", "", "data.examples[2].y", "is missing"),
    "misspelt key": ("batch_size", "batchsize", "training.batchsize", "did you mean batch_size?"),
    "misspelt table": ("[training]", "[trainig]", "trainig", "did you mean training?"),
    "misspelt inner key": ("seed = 7", "sed = 7", "network.init.sed", "did you mean seed?"),
    "misspelt data key": ("examples", "exampels", "data.exampels", "did you mean examples?"),
    "unknown activation": ('"tanh"', '"tahn"', "network.activations[1]", "did you mean tanh?"),
    "unknown cost": ("quadratic", "quadratik", "network.cost", "did you mean quadratic?"),
    "unknown scheme": ("scaled", "scale", "network.init.scheme", "did you mean scaled?"),
    "too few activations": ('["tanh", "sigmoid"]', '["tanh"]', "network.activations", "2 for 3 layers"),
    "unfit cost": ('"sigmoid"]\ncost = "quadratic"', '"relu"]\ncost = "cross_entropy"', "network.cost", "relu"),
    "x too short": ("x = [0, 0]", "x = [0]", "data.examples[1].x", "must hold 2 numbers, not 1"),
    "y too long": ("y = [1]", "y = [1, 2]", "data.examples[2].y", "must hold 1 numbers, not 2"),
    "nan": ("x = [0, 0]", "x = [nan, 0]", "data.examples[1].x", "not finite"),
    "inf": ("eta = 0.5", "eta = inf", "training.eta", "finite"),
    "overflowing number": ("x = [0, 0]", f"x = [1{'0' * 400}, 0]", "data.examples[1].x", "not finite"),
    "text for a number": ("eta = 0.5", 'eta = "fast"', "training.eta", "must be a number, not the text 'fast'"),
    "number for text": ('title = "T"', "title = 5", "title", "must be text, not the number 5"),
    "true for a number": ("batch_size = 4", "batch_size = true", "training.batch_size", "whole number"),
    "float for a count": ("batch_size = 4", "batch_size = 4.0", "training.batch_size", "whole number"),
    "no update at all": ("batch_size = 4", "batch_size = 0", "training.batch_size", "must be from 1"),
    "table for a list": ("sizes = [2, 3, 1]", "sizes = {}", "network.sizes", "must be a list, not a table"),
    "list for a table": ('{ scheme = "scaled", seed = 7 }', "[7]", "network.init", "must be a table, not a list"),
    "a lone layer": ("[2, 3, 1]", "[2]", "network.sizes", "two layers"),
    "an empty layer": ("[2, 3, 1]", "[2, 0, 1]", "network.sizes[2]", "must be from 1"),
    "huge layers": ("[2, 3, 1]", "[1000000000, 1000000000]", "network.sizes[1]", "must be from 1 to 1,000,000"),
    "huge products": ("[2, 3, 1]", "[1000000, 1000000, 1]", "network.sizes", "weights and biases, more than"),
    "two sources": ("examples =", 'generator = "circles"\nexamples =', "data.", "exactly one of"),
    "unknown example": ("[training]", "[open]\nexample = 3\n[training]", "open.example", "must be from 1 to 2"),
    "absent data file": (f"examples = {EXAMPLES}", 'file = "none.csv"', "none.csv", "there is no such file"),
    "nothing to train on": ("[data]", "[data]\ntest = [1, 2]", "data.test", "leaves no example to train on"),
    "file elsewhere": (f"examples = {EXAMPLES}", 'file = "../x.csv"', "data.file", "in the folder of this file"),
    "absolute file": (f"examples = {EXAMPLES}", 'file = "/etc/passwd"', "data.file", "in the folder of this file"),
    "absent neuron": ("[data]", f"modified = [{RELU_4}]\n[data]", "modified[1].neuron", "must be from 1 to 3"),
    "softmax in a mix": ("[data]", f"modified = [{SOFTMAX_1}]\n[data]", "network.modified", "softmax"),
    "wrong image": ("[data]", "[data]\nimage = [8, 8]", "data.image", "from 1 to 2"),
    "weights alone": ("[data]", "weights = [[[1, 2]]]\n[data]", "network.biases", "is missing"),
    "wrong shape": ("[data]", f"weights = [[[1, 2]], [[1]]]{ONES}", "network.weights[1]", "1×2, sizes ask for 3×2"),
    "ragged rows": ("[data]", f"weights = [[[1, 2], [3]], [[1]]]{ONES}", "network.weights[1][2]", "2 numbers"),
    "text in weights": ("[data]", f'weights = [[[1, "2"]], [[1]]]{ONES}', "network.weights[1][1]", "numbers only"),
}  # fmt: skip


def complaint(path: Path | str) -> str:
    with pytest.raises(BadInput) as caught:
        load(str(path))
    return str(caught.value)


def test_the_file_that_all_others_are_made_of_is_right(tmp_path: Path) -> None:
    path = tmp_path / "good.toml"
    path.write_text(GOOD)
    assert load(str(path)).network.sizes == (2, 3, 1)


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_is_one_line_with_file_key_and_reason(case: str, tmp_path: Path) -> None:
    before, after, key, reason = WRONG[case]
    assert before in GOOD
    path = tmp_path / "wrong.toml"
    path.write_text(GOOD.replace(before, after))
    line = complaint(path)
    assert "\n" not in line
    assert str(tmp_path) in line
    assert key in line
    assert reason in line


def test_a_file_that_is_not_toml_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("title = 'T'\n\nthis is prose\n")
    assert "line 3" in complaint(path)


def test_a_file_that_is_not_json_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"network":\n {]}')
    assert "line 2" in complaint(path)


@pytest.mark.parametrize(
    "text", ['{"network": NaN}', '{"sizes": [2, Infinity]}', "[1, 2]", "3", '{"sizes": 1, "sizes": 2}']
)
def test_json_that_is_no_description_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    assert str(path) in complaint(path)


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_text_that_is_not_utf8_is_told_by_its_line(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"wrong.{ending}"
    path.write_bytes(b"title = 'T'\nabout = '\xff'\n")
    assert "line 2: is not UTF-8" in complaint(path)


@pytest.mark.parametrize("ending", ["toml", "json", "npz", "safetensors"])
def test_a_directory_is_named_as_one(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"folder.{ending}"
    path.mkdir()
    assert "is a directory" in complaint(path)


@pytest.mark.parametrize("ending", ["toml", "json", "npz", "safetensors"])
def test_two_gigabytes_of_zeros_are_refused_before_they_are_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"zeros.{ending}"
    path.touch()
    os.truncate(path, 2_000_000_000)
    assert "holds 2,000 MB, more than" in complaint(path)


@pytest.mark.parametrize("ending", ["toml", "json", "npz", "safetensors"])
def test_an_empty_file_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty.{ending}"
    path.touch()
    assert str(path) in complaint(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert "is not a regular file" in complaint(path)


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_deep_nesting_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"deep.{ending}"
    path.write_text(("a = " if ending == "toml" else "") + "[" * 100_000)
    assert "nested too deeply" in complaint(path)


@pytest.mark.parametrize(
    ("target", "nearest"), [("digts", "digits"), ("Mazur", "mazur"), ("singleneuron", "single-neuron"), ("xor2", "xor")]
)
def test_a_misspelt_preset_gets_the_nearest_right_one(target: str, nearest: str) -> None:
    assert complaint(target) == f"{target}: there is no such preset; did you mean {nearest}?"


@pytest.mark.parametrize(
    "target", ["", ".", "nothing/here.toml", "x.exe", "\0.toml", "a" * 5_000 + ".toml", "\0", "README.md"]
)
def test_a_target_that_is_nothing_gets_one_line(target: str) -> None:
    line = complaint(target)
    assert line
    assert line.isprintable()


def test_text_from_a_file_is_kept_as_printable_data_of_bounded_length(tmp_path: Path) -> None:
    path = tmp_path / "loud.toml"
    title = r'"\u001b]8;;http://x\u0007[bold red]T[/]\u202E"'
    path.write_text(GOOD.replace('"T"', title).replace('"A"', '"' + "a b\\n" * 5_000 + '"'))
    preset = load(str(path))
    assert preset.title == "�]8;;http://x�[bold red]T[/]�"
    assert preset.about.isprintable()
    assert len(preset.about) <= 2_000


def test_a_key_with_control_characters_is_shown_without_them(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(GOOD + '\n["\\u001b[31m"]\nx = 1\n')
    assert complaint(path).isprintable()


def test_a_long_path_still_ends_in_the_files_name(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 20) / ("deeper" * 20)
    folder.mkdir(parents=True)
    (folder / "wrong.toml").write_text(GOOD.replace("batch_size", "batchsize"))
    line = complaint(folder / "wrong.toml")
    assert "wrong.toml: training.batchsize: there is no such key; did you mean batch_size?" in line
    assert len(line) < 300
