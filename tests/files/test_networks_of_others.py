"""Networks as other programs and people's own code save them: read as they are meant, or refused with a way out."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pickle
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tuibp.cli import main
from tuibp.core.gradient import outputs
from tuibp.files import BadInput, load, save
from tuibp.files.foreign import WAYS, way_out
from tuibp.files.plus import with_options
from tuibp.session.history import History
from tuibp.session.saved import read, write
from tuibp.session.view import View

draw: Any = np.random.default_rng(4).standard_normal
SHAPES = [(4, 5), (5, 5), (5, 3)]
"""Of weights whose columns are neurons."""


def by_columns(x: Any, layers: Any) -> Any:
    """Sigmoid layers as people write them with an example a row: x @ W + b."""
    for w, b in layers:
        x = 1 / (1 + np.exp(-(x @ w + b)))
    return x


@pytest.mark.parametrize(
    ("weight", "bias", "row"),
    [
        ("", "", False),
        ("dense_{n}/kernel:0", "dense_{n}/bias:0", False),
        ("coefs_{n}", "intercepts_{n}", False),
        ("W{n}", "b{n}", True),
        ("layer.{n}.weight", "layer.{n}.bias", False),
    ],
)
def test_weights_whose_columns_are_neurons_are_turned(weight: str, bias: str, row: bool, tmp_path: Path) -> None:
    layers = [(draw(shape), draw((1, shape[1]) if row else shape[1])) for shape in SHAPES]
    if weight:
        names = [name.format(n=n).replace("dense_0/", "dense/") for n in range(3) for name in (weight, bias)]
        arrays: Any = dict(zip(names, [array for layer in layers for array in layer], strict=True))
        np.savez(tmp_path / "n.npz", **arrays)
    else:
        np.savez(tmp_path / "n.npz", *[array for layer in layers for array in layer])
    network = load(str(tmp_path / "n.npz")).network
    x = draw((7, 4))
    assert np.allclose(outputs(network, x), by_columns(x, layers), rtol=1e-12)


def test_squares_of_keras_keep_the_order_of_its_names(tmp_path: Path) -> None:
    names = ["dense_10", "dense", "dense_2"]
    kernels = {f"{name}/kernel:0": draw((3, 3)) for name in names}
    np.savez(tmp_path / "n.npz", **kernels, **{f"{name}/bias:0": draw(3) for name in names})
    network = load(str(tmp_path / "n.npz")).network
    for layer, name in enumerate(("dense", "dense_2", "dense_10"), start=1):
        assert np.array_equal(network.w(layer), kernels[f"{name}/kernel:0"].T)


def test_what_the_shapes_leave_open_is_said(tmp_path: Path) -> None:
    for name, said in (("W1", "rows of the weights are taken for neurons"), ("fc.weight", "")):
        np.savez(tmp_path / "n.npz", **{name: draw((2, 2))})
        notes = load(str(tmp_path / "n.npz")).notes
        assert any(said in note for note in notes)
        assert any("rows" in note for note in notes) is bool(said)


@pytest.mark.parametrize("arrays", [((20, 3), (20,)), ((20, 3), (20, 1)), ((20, 3), (20, 2)), ((20, 28, 28), (20,))])
def test_arrays_without_names_that_are_data_are_not_taken_for_a_network(arrays: Any, tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", *map(draw, arrays))
    with pytest.raises(BadInput, match=r"holds no weights but arr_0 20×"):
        load(str(tmp_path / "d.npz"))


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """A network without activations, cost and data, 4-5-3."""
    np.savez(tmp_path / "bare.npz", W1=draw((5, 4)), W2=draw((3, 5)))
    return str(tmp_path / "bare.npz")


def test_what_a_file_leaves_open_is_said_and_can_be_given(bare: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", bare, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["network"] == {"sizes": [4, 5, 3], "activations": ["sigmoid"] * 2, "cost": "quadratic"}
    assert "names no activations, no cost: sigmoid, quadratic are assumed" in err
    assert "examples: they are made up" in err
    given = ["--activations", "tanh,softmax", "--cost", "log_likelihood"]
    assert main(["trace", bare, "--json", *given]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["network"]["activations"] == ["tanh", "softmax"]
    assert json.loads(out)["network"]["cost"] == "log_likelihood"
    assert "assumed" not in err
    assert main(["trace", bare, "--activations", "tanh"]) == 0
    assert "names no cost: quadratic is assumed" in capsys.readouterr().err


def test_data_can_be_given_for_a_network_of_a_file(bare: str, tmp_path: Path) -> None:
    (tmp_path / "of; mine.csv").write_text("1,2,3,4,a\n5,6,7,8,b\n9,9,9,9,c\n")
    preset = load(with_options(bare, None, None, str(tmp_path / "of; mine.csv")))
    assert preset.data.x[0].tolist() == [1, 2, 3, 4]
    assert preset.data.names == ("a", "b", "c")
    assert np.array_equal(preset.network.parameters, load(bare).network.parameters)
    assert not any("made up" in note for note in preset.notes)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--activations", "tanh,elu"], r"network.activations[2]: unknown 'elu'; there are"),
        (["--activations", "tanh,tanh,tanh"], "must be one name, or 2 for 3 layers"),
        (["--cost", "log_likelihood", "--activations", "tanh"], "network.cost: cost log_likelihood needs outputs"),
        (["--cost", "categorical_crossentropy"], "did you mean log_likelihood?"),
        (["--data", "nowhere.csv"], "nowhere.csv: there is no such file"),
        (["--data", "data.parquet"], 'pandas.read_parquet("data.parquet")'),
    ],
)
def test_what_is_given_wrongly_is_one_line(
    given: list[str], said: str, bare: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", bare, *given]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_cost_is_not_given_to_targets_that_it_does_not_take(tmp_path: Path) -> None:
    network = {"weights": [[[1.0, 2.0]]], "biases": [[0.5]], "activations": "sigmoid"}
    data = {"x": [[0, 1], [1, 0]], "y": [[-1], [1]]}
    (tmp_path / "n.json").write_text(json.dumps({**network, "data": data}))
    with pytest.raises(BadInput, match=r"network\.cost: takes y from 0 to 1, and the data has y from -1 to 1"):
        load(with_options(str(tmp_path / "n.json"), None, "cross_entropy", None))


def test_a_session_with_what_was_given_goes_on_without_the_file(bare: str) -> None:
    target = with_options(bare, "tanh,softmax", "log_likelihood", None)
    history = History.open(load(target))
    content = write(history, View())
    Path(bare).unlink()
    assert read(content).history.state.network.activations == ("tanh", "softmax")


def test_examples_that_were_made_up_are_not_handed_on(bare: str, tmp_path: Path) -> None:
    save(tmp_path / "n.json", load(bare))
    assert "data" not in json.loads((tmp_path / "n.json").read_text())


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("lr", "eta"),
        ("learning_rate", "eta"),
        ("optimizer", "optimiser"),
        ("weight_decay", "l2"),
        ("max_iter", "epochs"),
    ],
)
def test_a_key_of_another_program_is_told_ours(word: str, near: str, tmp_path: Path) -> None:
    text = '[network]\nsizes = [1, 1]\nactivations = "sigmoid"\ncost = "quadratic"\ninit = { scheme = "zeros" }\n'
    (tmp_path / "p.toml").write_text(f"{text}[data]\nx = [[1]]\ny = [[1]]\n[training]\n{word} = 1\n")
    with pytest.raises(BadInput, match=f"training.{word}: there is no such key; did you mean {near}\\?"):
        load(str(tmp_path / "p.toml"))


@pytest.mark.parametrize("word", ["elu", "gelu", "softplus"])
def test_a_function_that_there_is_not_is_not_taken_for_another(word: str) -> None:
    with pytest.raises(BadInput, match=f"unknown '{word}'; there are sigmoid"):
        load(f'xor + [network] activations = "{word}"')


def lines_for(path: Path) -> str:
    """The two lines of the refusal of this file, as they are printed."""
    with pytest.raises(BadInput) as caught:
        load(str(path))
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 400  # the command line cuts what is longer
    return said.split(" of it: ", 1)[1]


@pytest.mark.parametrize("ending", WAYS)
def test_a_file_that_is_not_opened_gets_two_lines_of_python(ending: str, tmp_path: Path) -> None:
    for name in (f"my net's{ending}", f"{'x' * 200}{ending}"):
        (tmp_path / name).write_bytes(b"\x80\x04cos\nsystem\n(S'touch hacked'\ntR.")
        compile(lines_for(tmp_path / name), "lines", "exec")
    assert way_out(tmp_path / "net.toml") == ""


def test_the_lines_for_pickles_arrays_and_arff_do_what_they_say(tmp_path: Path) -> None:
    layers = [(draw(shape), draw(shape[1])) for shape in SHAPES]
    model = SimpleNamespace(coefs_=[w for w, __ in layers], intercepts_=[b for __, b in layers])
    (tmp_path / "net.pkl").write_bytes(pickle.dumps(model))
    digits = [(draw((n, 4)), np.arange(n) % 3) for n in (6, 2, 5)]
    with gzip.open(tmp_path / "mnist.pkl.gz", "wb") as file:
        file.write(pickle.dumps(tuple(digits)))
    (tmp_path / "d.arff").write_text("@relation r\n@attribute A numeric\n@DATA\n1,2,Yes\n3,4,No\n")
    np.save(tmp_path / "x.npy", draw((3, 2)))
    np.save(tmp_path / "y.npy", np.array([0, 1, 0]))
    with contextlib.chdir(tmp_path):
        for name in ("net.pkl", "mnist.pkl.gz", "d.arff", "x.npy"):
            exec(lines_for(Path(name)))
    x = draw((3, 4))
    assert np.allclose(outputs(load(str(tmp_path / "net.npz")).network, x), by_columns(x, layers), rtol=1e-12)
    assert np.load(tmp_path / "mnist.npz")["x_test"].shape == (5, 4)
    assert (tmp_path / "d.csv").read_text() == "1,2,Yes\n3,4,No"
    assert sorted(np.load(tmp_path / "x.npz")) == ["x", "y"]


TORCH = """
import json, torch
torch.manual_seed(3)
model = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3), torch.nn.Softmax(dim=1))
torch.save(model.state_dict(), "net.pt")
x = torch.rand(9, 4)
print(json.dumps([x.tolist(), model(x).tolist()]))
"""


def test_a_network_that_pytorch_saved_gives_the_same_outputs(tmp_path: Path) -> None:
    if find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    (tmp_path / "net.pt").touch()
    code = f"{TORCH}\n{lines_for(tmp_path / 'net.pt')}"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=tmp_path, env=dict(os.environ))
    x, a = map(np.array, json.loads(done.stdout))
    network = load(with_options(str(tmp_path / "net.npz"), "tanh,softmax", "log_likelihood", None)).network
    assert np.abs(outputs(network, x) - a).max() < 1e-6
