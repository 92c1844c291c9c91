"""Updates with each optimiser against PyTorch's own on bare tensors: forward, backward and step on a mini-batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from tests.benchmarks.networks import batch, sigmoid_network
from tests.benchmarks.timing import best, ratio, side_by_side, table, verdict
from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.network import Array, Network
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.training import Training

SIZES = ((64, 30, 10), (784, 30, 10))
BATCHES = (10, 32)
UPDATES = 20
ETA = 1e-3
THEIRS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {"weight_decay": 0.0}),
}
MODES: tuple[dict[str, bool], ...] = ({}, {"foreach": True}, {"fused": True})
"""Ways in which PyTorch can do the same step; the fastest that it has is compared."""


def run() -> None:
    """Print the table; without PyTorch only our own figures."""
    rows = []
    for sizes in SIZES:
        for size in BATCHES:
            rows += [_row(sizes, size, name) for name in OPTIMISERS]
    table(["network", "batch", "optimiser", "examples/s", "PyTorch", "times faster", ""], rows)


def _row(sizes: tuple[int, ...], size: int, name: str) -> list[str]:
    network, (x, y) = sigmoid_network(sizes), batch(sizes, size * UPDATES)
    descent = Descent(network, DataSet.of(x, y), Training(ETA, size, optimiser=name))
    things: list[Callable[[], object]] = [partial(descent.run, UPDATES), *_pytorch(network, x, y, size, name)]
    ours, *theirs = side_by_side(*things, rounds=31)
    label = ["-".join(map(str, sizes)), str(size), name, f"{size * UPDATES / best(ours):,.0f}"]
    if not theirs:
        return [*label, "", "", ""]
    fastest = min(theirs, key=best)
    faster = ratio(fastest, ours)
    return [*label, f"{size * UPDATES / best(fastest):,.0f}", f"{faster:.1f}", verdict(faster, 1.0)]


def _pytorch(network: Network, x: Array, y: Array, size: int, name: str) -> list[Callable[[], object]]:
    """The same updates, once for each of MODES that the optimiser has."""
    try:
        import torch
    except ImportError:
        return []
    torch.set_num_threads(1)
    kind, constants = THEIRS[name]
    made: list[Callable[[], object]] = []
    for mode in MODES:
        tensors = [torch.tensor(np.array(part), requires_grad=True) for part in (*network.weights, *network.biases)]
        try:
            optimiser = getattr(torch.optim, kind)(tensors, lr=ETA, **constants, **mode)
        except (RuntimeError, TypeError):
            continue
        batches = [
            (torch.from_numpy(x[at : at + size]), torch.from_numpy(y[at : at + size])) for at in range(0, len(x), size)
        ]
        made.append(partial(_updates, torch, optimiser, tensors, batches))
    return made


def _updates(torch: Any, optimiser: Any, tensors: list[Any], batches: list[Any]) -> None:
    layers = len(tensors) // 2
    for x, y in batches:
        a = x
        for w, b in zip(tensors[:layers], tensors[layers:], strict=True):
            a = torch.sigmoid(torch.addmm(b, a, w.t()))
        cost = (a - y).square().sum() * (0.5 / len(x))
        optimiser.zero_grad()
        cost.backward()
        optimiser.step()
