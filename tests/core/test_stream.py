"""Streams: sessions and presets keep seeds alone, so what a seed draws may never change."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import tuibp
from tuibp.core.datasets import circles, spirals, split
from tuibp.core.network import Array, initialise
from tuibp.core.nudge import Nudge, unit
from tuibp.core.stream import Purpose, stream
from tuibp.core.strokes import strokes
from tuibp.core.training import Training, epoch_rows
from tuibp.files.data_table import made_up

NETWORK = initialise([3, 4, 2], "tanh", "quadratic", "scaled", 5)
DRAWN: dict[str, tuple[Callable[[], Array], str]] = {
    "start": (lambda: NETWORK.parameters, "f4e0fb6045931d90"),
    "shuffle": (lambda: epoch_rows(Training(seed=5), 20, 3).astype(np.float64), "14876eec001ea11b"),
    "split": (lambda: np.concatenate(split(20, 0.3, 5)), "e8918f8e834c839c"),
    "circles": (lambda: circles(20, 0.1, 5).x, "2579f7c877360acd"),
    "spirals": (lambda: spirals(20, 0.1, 5).x, "48899c758185507b"),
    "strokes": (lambda: strokes(3, 0.1, 5).x, "5dc00c388ca3b4c7"),
    "direction": (
        lambda: unit(NETWORK, Nudge("direction", 0.1, direction="random", seed=5), NETWORK.parameters),
        "745776ff56362806",
    ),
    "made up": (lambda: made_up(3, 2).x, "f7e02f860a4ef4dd"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_seed_draws_what_it_drew_in_the_first_version(name: str) -> None:
    draw, digest = DRAWN[name]
    assert hashlib.sha256(np.ascontiguousarray(draw(), dtype="<f8").tobytes()).hexdigest()[:16] == digest


def test_no_two_purposes_draw_the_same_numbers() -> None:
    drawn = {stream(7, purpose).random() for purpose in Purpose}
    assert len(drawn) == len(Purpose) == len({*Purpose})


def test_generators_are_made_in_one_place() -> None:
    root = Path(tuibp.__file__).parent
    makers = [
        path.name
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("Generator", "default_rng", "SeedSequence")
    ]
    assert set(makers) == {"stream.py"}
