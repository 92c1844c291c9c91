"""The gradient of a mini-batch against PyTorch's fastest way to it: bare tensors and `torch.autograd.grad`.

Beside it stands how many times faster it would be if it were matrix products alone, of numpy's BLAS at its best.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from tests.benchmarks.machine import torch
from tests.benchmarks.networks import BATCHES, NETWORKS, batch, sigmoid_network
from tests.benchmarks.timing import best, microseconds, ratio, side_by_side, table, verdict
from tuibp.core.gradient import WIDE, Workspace, aligned, gradient
from tuibp.core.network import Array, Network, views

GOALS: dict[tuple[int, ...], dict[int, float]] = {
    (64, 30, 10): {1: 4.0, 10: 4.0, 32: 4.0, 256: 2.0},
    (784, 30, 10): {1: 3.0, 10: 3.0, 32: 3.0},
}
WIDER = {10: 1.3, 32: 1.3, 256: 1.3}
"""The goals of the wider networks."""


def run() -> None:
    """Print the table."""
    module, rows = torch(), []
    for sizes in NETWORKS:
        network = sigmoid_network(sizes)
        for size in BATCHES:
            x, y = batch(sizes, size)
            workspace = Workspace(network, size)
            ours: list[Callable[[], object]] = [partial(workspace.fill, x, y), partial(gradient, network, x, y)]
            ours.append(_products(network, x))
            with np.errstate(all="ignore"):
                filled, fresh, bare, *theirs = side_by_side(*ours, *(_fastest(module, network, x, y) if module else ()))
            cells = ["-".join(map(str, sizes)), str(size), *map(microseconds, (filled, fresh, bare))]
            if theirs:
                faster, goal = ratio(theirs[0], filled), GOALS.get(sizes, WIDER).get(size)
                cells += [
                    microseconds(theirs[0]),
                    f"{faster:.2f}",
                    f"{ratio(theirs[0], bare):.2f}",
                    str(goal or ""),
                    verdict(faster, goal) if goal else "",
                ]
            rows.append(cells)
    heads = ["network", "mini-batch", "workspace µs", "gradient() µs", "products µs"]
    table(heads + (["torch µs", "times faster", "at most", "goal ≥", ""] if module else []), rows)
    if module is None:
        print("\nPyTorch is not installed here: `pip install torch` beside tuibp adds its column.")


def _products(network: Network, x: Array) -> Callable[[], object]:
    """The products a wᵀ, δ w and δᵀ a of all layers, each by its faster call, and nothing else.

    Instead of one example's δᵀ a, a row is copied.
    """
    m, layers, random = len(x), range(1, network.layer_count), np.random.default_rng(3)
    a, delta = ([random.uniform(size=(m, n)) for n in network.sizes] for _ in range(2))
    grad_w, _ = views(aligned(network.parameters.size), network.sizes)
    calls: list[Callable[[], object]] = [partial(a[i - 1].dot, network.w(i).T, np.empty_like(a[i])) for i in layers]
    calls += [partial(delta[i].dot, network.w(i), np.empty_like(a[i - 1])) for i in reversed(layers[1:])]
    for i in reversed(layers):
        if m == 1:
            calls.append(partial(np.copyto, grad_w[i - 1], a[i - 1]))
        elif grad_w[i - 1].size >= WIDE:
            calls.append(partial(np.matmul, delta[i].T, a[i - 1], grad_w[i - 1]))
        else:
            calls.append(partial(delta[i].T.dot, a[i - 1], grad_w[i - 1]))
    return lambda: [call() for call in calls]


def _fastest(torch: ModuleType, network: Network, x: Array, y: Array) -> list[Callable[[], Any]]:
    """Of several ways to write it, the fastest alone."""
    forms = _forms(torch, network, x, y)
    times = [best(seconds) for seconds in side_by_side(*forms, rounds=15)]
    return [forms[times.index(min(times))]]


def _forms(torch: ModuleType, network: Network, x: Array, y: Array) -> list[Callable[[], Any]]:
    """Ways to write it."""
    rows, wanted = torch.from_numpy(x.copy()), torch.from_numpy(y.copy())
    share = torch.tensor(0.5 / len(x))
    linear = torch.nn.functional.linear
    square = torch.nn.functional.mse_loss
    as_ours = [
        torch.from_numpy(p.copy()).requires_grad_()
        for pair in zip(network.weights, network.biases, strict=True)
        for p in pair
    ]
    turned = [
        torch.from_numpy(p.T.copy()).requires_grad_()
        for pair in zip(network.weights, network.biases, strict=True)
        for p in pair
    ]

    def with_linear() -> Any:
        a = rows
        for w, b in zip(as_ours[::2], as_ours[1::2], strict=True):
            a = torch.sigmoid(linear(a, w, b))
        return torch.autograd.grad(square(a, wanted, reduction="sum"), as_ours, share)

    def with_addmm() -> Any:
        a = rows
        for w, b in zip(turned[::2], turned[1::2], strict=True):
            a = torch.sigmoid(torch.addmm(b, a, w))
        return torch.autograd.grad(square(a, wanted, reduction="sum"), turned, share)

    def with_addmm_in_place() -> Any:
        a = rows
        for w, b in zip(turned[::2], turned[1::2], strict=True):
            a = torch.addmm(b, a, w).sigmoid_()
        return torch.autograd.grad(square(a, wanted, reduction="sum"), turned, share)

    return [with_linear, with_addmm, with_addmm_in_place]
