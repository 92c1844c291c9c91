"""Two hundred kinds of damage and more: every value of a file replaced by every kind of wrong one, its bytes cut,
doubled and exchanged. Each is one line and exit status 2, in bounded memory, or opens."""

from __future__ import annotations

import copy
import random
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.files.fuzz import as_toml, changed, good_files
from tuibp.cli import main

GOOD: dict[str, Any] = {
    "title": "T",
    "about": "A",
    "network": {
        "sizes": [2, 3, 1],
        "activations": ["tanh", "sigmoid"],
        "cost": "quadratic",
        "init": {"scheme": "scaled", "seed": 7},
        "modified": [{"layer": 2, "neuron": 1, "activation": "relu"}],
    },
    "data": {"x": [[0, 0], [0, 1]], "y": [[0], [1]], "image": [1, 2], "names": ["a"], "test": [2]},
    "training": {"eta": 0.5, "batch_size": 4, "epochs": 3, "l2": 0.1, "train_biases": True, "seed": 1},
    "open": {"example": 1, "updates": 0},
}
WRONG: dict[str, Any] = {
    "text": "\x1b[31mred",
    "a list": [[[[]]]],
    "a table": {"\u202e": 1},
    "below 0": -1,
    "out of range": 10**30,
    "a fraction": 0.5,
    "not finite": float("nan"),
    "true": True,
}
MEGABYTES = 60
"""By which the process may grow over all of them."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a description, tables and lists among them."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def damaged(path: tuple[Any, ...], value: Any, missing: bool = False) -> dict[str, Any]:
    """The good description with one value replaced, or without it."""
    description = copy.deepcopy(GOOD)
    inside: Any = description
    for key in path[:-1]:
        inside = inside[key]
    if missing:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return description


def text_of(description: dict[str, Any]) -> str:
    return "\n".join(f"{key} = {as_toml(value)}" for key, value in description.items())


def judged(path: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether a file is refused; anything but one line and status 2, or an opened network, is an AssertionError."""
    status = main(["trace", str(path), "--json"])
    out, err = capsys.readouterr()
    assert status in (0, 2), status
    if status == 0:
        return False
    assert out == ""
    assert err.startswith("tuibp: ")
    assert err.endswith("\n")
    assert err[:-1].isprintable(), err
    return True


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def test_every_wrong_value_in_every_place_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused, before = set(), peak()
    for place in places(GOOD):
        for kind, wrong in (*WRONG.items(), ("of 5,000 digits", "huge"), ("missing", None)):
            description = damaged(place, wrong, kind == "missing")
            huge = kind == "of 5,000 digits"
            text = text_of(description)
            path = tmp_path / "d.toml"
            path.write_text(text.replace('"huge"', hex(16**5_000)) if huge else text, encoding="utf-8")
            if judged(path, capsys):
                refused.add((place, kind))
    assert len(refused) >= 200, len(refused)
    assert peak() - before < MEGABYTES


@pytest.mark.parametrize("ending", ["toml", "json", "npz", "safetensors", "csv"])
def test_spoilt_bytes_are_one_line(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], whole: bool
) -> None:
    chance, goods, before = random.Random(ending), good_files(tmp_path), peak()
    for _each in range(2_000 if whole else 25):
        path = tmp_path / f"input.{ending}"
        path.write_bytes(changed(chance.choice(goods[ending]), chance))
        judged(tmp_path / "beside.toml" if ending == "csv" else path, capsys)
    assert peak() - before < MEGABYTES + 40
