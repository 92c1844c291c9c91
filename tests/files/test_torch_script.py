"""A preset written as a PyTorch script gives tuibp's numbers: outputs, cost, and the parameters after one update."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.files.samples import rich_preset
from tuibp.cli import main
from tuibp.core.descent import Descent
from tuibp.core.gradient import cost, outputs
from tuibp.core.network import initialise
from tuibp.core.training import batch_rows
from tuibp.files import BadInput, Preset, load, save

CHILD = """
import json, runpy, sys
import torch
torch.set_num_threads(1)
found = {}
for name in sys.argv[1:]:
    made = runpy.run_path(name)
    after = [(layer.weight.tolist(), layer.bias.tolist()) for layer in made["layers"]]
    found[name] = {"after": after, "x": made["x"].tolist(), "y": made["y"].tolist()}
    print(json.dumps(found[name]))
"""


def presets() -> dict[str, Preset]:
    found = {name: load(name) for name in ("mazur", "xor", "iris", "modified-neuron", "digits", "linear-neurons")}
    found["rich"] = rich_preset()
    for optimiser in ("momentum", "rmsprop", "adam", "adamw"):
        training = replace(load("iris").training, optimiser=optimiser, l2=0.5, epsilon=1e-3)
        found[optimiser] = replace(load("iris"), training=training)
    found["softmax"] = with_network("iris", ("leaky_relu", "softmax"), "cross_entropy")
    found["logsigmoid"] = with_network("iris", ("relu", "sigmoid"), "log_likelihood")
    return found


def with_network(name: str, activations: tuple[str, ...], cost: str) -> Preset:
    preset = load(name)
    sizes = (preset.network.sizes[0], 5, preset.network.sizes[-1])
    return replace(preset, network=initialise(sizes, activations, cost, "scaled", 4))


def test_the_numbers_are_those_of_pytorch(tmp_path: Path) -> None:
    if find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    files = {str(tmp_path / f"{name}.py"): preset for name, preset in presets().items()}
    for file, preset in files.items():
        save(file, preset)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *files], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    lines = iter(done.stdout.splitlines())
    for preset in files.values():
        a, before, after, told = next(lines), next(lines), next(lines), json.loads(next(lines))
        agrees(preset, json.loads(a.removeprefix("outputs ")), before, after, told)


def agrees(preset: Preset, a: Any, before: str, after: str, told: dict[str, Any]) -> None:
    network, training = preset.network, preset.training
    rows = preset.data.train[batch_rows(training, len(preset.data.train), 0)]
    x, y = preset.data.x[rows], preset.data.y[rows]
    assert (told["x"], told["y"]) == (x.tolist(), y.tolist())
    descent = Descent(network, preset.data, training)
    descent.run(1)
    updated = descent.snapshot()
    assert np.allclose(a, outputs(network, x), rtol=1e-12, atol=1e-15)
    for (w, b), ours_w, ours_b in zip(told["after"], updated.weights, updated.biases, strict=True):
        assert np.allclose(w, ours_w, rtol=1e-11, atol=1e-13)
        assert np.allclose(b, ours_b, rtol=1e-11, atol=1e-13)
    assert np.isclose(float(before.split()[-1]), cost(network, x, y), rtol=1e-12)
    assert np.isclose(float(after.split()[-1]), cost(updated, x, y), rtol=1e-10)


def test_a_script_is_python_that_imports_pytorch_alone_and_holds_the_weights_to_the_bit(tmp_path: Path) -> None:
    preset = replace(load("mazur"), title='"""\n import os  # \\')
    save(tmp_path / "net.py", preset)
    tree = ast.parse((tmp_path / "net.py").read_text("utf-8"))
    imported = {
        getattr(n, "module", None) or n.names[0].name for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)
    }
    assert imported == {"torch", "torch.nn"}
    (given,) = (n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "weights")
    assert isinstance(given, ast.List)
    for call, w in zip(given.elts, preset.network.weights, strict=True):
        assert isinstance(call, ast.Call)
        assert np.array_equal(ast.literal_eval(call.args[0]), w)


def test_too_many_numbers_for_a_script_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"would hold 1,0.*, more than the 200,000 of a script; write \.npz"):
        save(tmp_path / "net.py", load("million"))


def test_convert_says_what_network2_cannot_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "xor", str(tmp_path / "x.json")]) == 0
    assert "network2.py knows sigmoid layers alone" in capsys.readouterr().err
    for source, out in (("mazur", "m.json"), ("xor", "x.py")):
        assert main(["convert", source, str(tmp_path / out)]) == 0
        assert capsys.readouterr().err == ""
