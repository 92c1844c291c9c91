"""How long it takes to check every partial derivative of a network the size of digits."""

from __future__ import annotations

from tests.benchmarks.networks import batch, sigmoid_network
from tests.benchmarks.timing import best, side_by_side, table, verdict
from tuibp.core.finite_difference import METHODS, check_gradient

GOAL = 2.0
"""Milliseconds by complex step."""


def run() -> None:
    """Print the table."""
    sizes = (64, 30, 10)
    network, (x, y) = sigmoid_network(sizes), batch(sizes, 1)
    all_times = side_by_side(*(lambda m=method: check_gradient(network, x, y, m) for method in METHODS))
    rows = []
    for method, times in zip(METHODS, all_times, strict=True):
        found, took = check_gradient(network, x, y, method), best(times) * 1e3
        goal = [f"{GOAL}", verdict(took, GOAL, True)] if method == "complex" else ["", ""]
        rows.append([method, f"{found.parameters:,}", f"{took:.2f}", f"{found.max_rel_error:.1e}", *goal])
    table(["method", "parameters", "ms", "worst relative error", "goal ≤ ms", ""], rows)
