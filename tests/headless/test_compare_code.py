"""`tuibp compare mine.py`: somebody's code in a bounded child, and what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tuibp.cli import main
from tuibp.files import own_code

BOOK = """
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def prime(z):
    return sigmoid(z) * (1.0 - sigmoid(z))

def backprop(weights, biases, x, y):
    grad_b, grad_w = [0.0 * b for b in biases], [0.0 * w for w in weights]
    a, zs, seen = x, [], [x]
    for w, b in zip(weights, biases):
        zs.append(w @ a + b)
        a = sigmoid(zs[-1])
        seen.append(a)
    delta = (seen[-1] - y) * prime(zs[-1])
    grad_b[-1], grad_w[-1] = delta, delta @ seen[-2].T
    for l in range(2, len(weights) + 1):
        delta = (weights[-l + 1].T @ delta) * prime(zs[-l])
        grad_b[-l], grad_w[-l] = delta, delta @ seen[-l - 1].T
    return grad_b, grad_w
"""


def compared(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, dict[str, Any], str]:
    mine = tmp_path / "mine.py"
    mine.write_text(code)
    status = main(["compare", str(mine), "--json", *options])
    told = capsys.readouterr()
    return status, json.loads(told.out) if told.out else {}, told.err


def test_the_book_s_own_code_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found, __ = compared(BOOK, tmp_path, capsys)
    assert (status, found["agrees"]) == (0, True)
    assert any("one example at a time" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        ("weights[-l + 1].T @ delta", "weights[-l + 1] @ delta", "w_not_transposed"),
        ("weights[-l + 1].T @ delta", "weights[-l + 1].reshape(weights[-l + 1].shape[::-1]) @ delta",
         "reshape_for_transpose"),
        ("* prime(zs[-1])", "", "slope_missing_output"),
        ("prime(zs[-l])", "prime(seen[-l])", "slope_of_a"),
        ("seen[-1] - y", "y - seen[-1]", "sign_of_error"),
        ("delta @ seen[-l - 1].T", "delta @ seen[-l - 1].T; grad_b[-l] = 0 * delta", "bias_output_only"),
    ],
)  # fmt: skip
def test_a_slip_in_code_is_named(
    right: str, wrong: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert right in BOOK
    status, found, __ = compared(BOOK.replace(right, wrong), tmp_path, capsys)
    assert (status, found["mistakes"][0]["name"], found["indistinguishable"]) == (1, name, [])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True: pass", "not done after 2 s"),
        ("import os\nwhile True: os.fork()", "not done after 2 s"),
        ("x = bytearray(10**11)", "MemoryError"),
        ("import os\nos._exit(0)", "ended before it gave anything back"),
        ("import sys\nsys.exit(3)", "line 2: SystemExit"),
        ("def backprop(weights, biases, x, y):\n    while True: print('x' * 10**6)", "not done after 2 s"),
        ("def backprop(weights biases)", "line 1: SyntaxError"),
        ("y = 1", "no function backprop"),
        ("def backprop(weights, biases, x, y):\n    return weights[9]", "line 2: IndexError"),
    ],
)
def test_code_that_does_harm_is_told_in_one_line(
    code: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_code, "SECONDS", 2 if "not done" in reason else 60)
    status, __, told = compared(code, tmp_path, capsys)
    assert (status, told.count("\n")) == (2, 1)
    assert reason in told
    assert "mine.py" in told


def test_writing_into_its_arguments_harms_nothing_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = BOOK.replace("    return grad_b", "    weights[0][...] = 7.0\n    return grad_b")
    status, found, __ = compared(code, tmp_path, capsys)
    assert (status, found["agrees"]) == (0, True)
    assert any("writes into its arguments" in note for note in found["notes"])


ROWS = """
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
def backprop(W, b, X, y):
    acts = [X]
    for w, bias in zip(W, b):
        acts.append(sigmoid(acts[-1] @ w + bias))
    d = (acts[-1] - y) * acts[-1] * (1 - acts[-1])
    dW, db = [], []
    for i in reversed(range(len(W))):
        dW.insert(0, acts[i].T @ d / len(X))
        db.insert(0, d.mean(axis=0))
        if i:
            d = (d @ W[i].T) * acts[i] * (1 - acts[i])
    return dW, db
"""
LISTS = """
import math
def backprop(weights, biases, x, y):
    a = [list(x)]
    for W, b in zip(weights, biases):
        a.append([1 / (1 + math.exp(-sum(w * v for w, v in zip(row, a[-1])) - c)) for row, c in zip(W, b)])
    deltas = [[(p - q) * p * (1 - p) for p, q in zip(a[-1], y)]]
    for W, here in zip(weights[:0:-1], a[-2:0:-1]):
        sent = [sum(W[j][k] * deltas[0][j] for j in range(len(W))) for k in range(len(here))]
        deltas.insert(0, [s * v * (1 - v) for s, v in zip(sent, here)])
    return [[[d * v for v in before] for d in delta] for delta, before in zip(deltas, a)], deltas
"""
CLASS = """
import numpy as np
class Net:
    def __init__(self, layers, learning_rate=0.1):
        self.layers = layers
        self.W = [np.random.randn(b, a) for a, b in zip(layers, layers[1:])]
        self.b = [np.zeros((n, 1)) for n in layers[1:]]
        self.dW = [0.0 * w for w in self.W]
        self.db = [0.0 * b for b in self.b]
    def backward(self, x, y):
        A = [x]
        for w, b in zip(self.W, self.b):
            A.append(1 / (1 + np.exp(-(w @ A[-1] + b))))
        delta = (A[-1] - y) * A[-1] * (1 - A[-1])
        for l in reversed(range(len(self.W))):
            self.dW[l] = delta @ A[l].T / x.shape[1]
            self.db[l] = delta.mean(axis=1, keepdims=True)
            delta = (self.W[l].T @ delta) * A[l] * (1 - A[l])
"""


@pytest.mark.parametrize(
    ("code", "right", "wrong", "name"),
    [
        (ROWS, "", "", ""),
        (ROWS, "d.mean(axis=0)", "d.sum(axis=0)", "mean_missing"),
        (LISTS, "s * v * (1 - v)", "s", "slope_missing_hidden"),
        (CLASS, "", "", ""),
        (CLASS, "self.dW[l] =", "self.dW[l] = 0.0 * self.dW[l] + 2 *", "not one"),
        (CLASS, "self.dW[l] = delta @ A[l].T / x.shape[1]\n            self.db[l] = delta",
         "self.dW[l] += delta @ A[l].T / x.shape[1]\n            self.db[l] += delta", "gradients_not_zeroed"),
    ],
)  # fmt: skip
def test_other_hands_are_understood(
    code: str, right: str, wrong: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows with (n_in, n_out), plain lists, and a class that keeps its gradients; none is told that it has no form."""
    assert right in code
    status, found, told = compared(code.replace(right, wrong) if right else code, tmp_path, capsys)
    assert (status, told) == (bool(name), "")
    if name != "not one":
        assert [m["name"] for m in found["mistakes"]] == [name] * bool(name)
    assert not any("a vector holds" in note for note in found["notes"])


TORCH = """
import torch
def backprop(weights, biases, x, y):
    ws, bs = ([torch.tensor(p, requires_grad=True) for p in parts] for parts in (weights, biases))
    a = torch.tensor(x)
    for w, b in zip(ws, bs):
        a = torch.sigmoid(w @ a + b)
    torch.nn.MSELoss()(a, torch.tensor(y)).backward()
    return [b.grad for b in bs], [w.grad for w in ws]
"""


def test_pytorch_s_own_mean_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", exc_type=ImportError)
    status, found, __ = compared(TORCH, tmp_path, capsys)
    assert (status, [m["name"] for m in found["mistakes"]]) == (1, ["mse_loss"])
