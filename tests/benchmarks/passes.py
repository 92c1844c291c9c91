"""How many forward passes a forward and a backward pass together cost.

For one example it cannot be less than a pass forward and writing as many numbers as the gradient has: `at least`.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tests.benchmarks.networks import BATCHES, NETWORKS, batch, sigmoid_network
from tests.benchmarks.timing import microseconds, ratio, side_by_side, table, verdict
from tuibp.core.gradient import Workspace
from tuibp.core.network import Array


def goal(sizes: tuple[int, ...], batch_size: int) -> float:
    """The most forward passes that it may cost."""
    if batch_size == 1:
        return 3.5
    return 2.0 if sizes == (64, 30, 10) else 2.4


def run() -> None:
    """Print the table."""
    rows = []
    for sizes in NETWORKS:
        network = sigmoid_network(sizes)
        for size in BATCHES:
            x, y = batch(sizes, size)
            workspace = Workspace(network, size)
            with np.errstate(all="ignore"):
                forward, both, least = side_by_side(
                    partial(workspace.forward, x),
                    partial(workspace.fill, x, y),
                    partial(_forward_and_write, workspace, x),
                )
            passes, most = ratio(both, forward), goal(sizes, size)
            name = "-".join(map(str, sizes))
            rows.append(
                [
                    name,
                    str(size),
                    microseconds(forward),
                    microseconds(both),
                    f"{passes:.2f}",
                    f"{ratio(least, forward):.2f}" if size == 1 else "",
                    f"{most}",
                    verdict(passes, most, True),
                ]
            )
    table(["network", "mini-batch", "forward µs", "both µs", "passes", "at least", "goal ≤", ""], rows)


def _forward_and_write(workspace: Workspace, x: Array) -> None:
    workspace.forward(x)
    workspace.flat.fill(0.5)
