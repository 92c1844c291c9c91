"""`tuibp compare`: somebody's file beside the right numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuibp.cli import main

GRAD_W3 = [[0.03, 0.03], [0.08, 0.07]]
"""As the worksheet prints them, two places."""


def compared(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    status = main(["compare", str(path), "--json", *options])
    return status, json.loads(capsys.readouterr().out)


def test_the_worksheet_s_mistake_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "sheet.json"
    mine.write_text(json.dumps({"grad_w": [[[0.01, 0.01], [0.01, 0.01]], GRAD_W3]}))
    status, found = compared(mine, capsys, "--target", "worksheet")
    assert status == 1
    assert found["taken"]["precision"] == "rounded"
    assert found["first_difference"]["layer"] == 2
    assert found["mistakes"][0]["name"] == "grad_w_for_w_delta"


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_frameworks_orientation_and_names_are_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dtype: type
) -> None:
    random = np.random.default_rng(3)
    w1, w2, x = random.standard_normal((3, 5)), random.standard_normal((5, 2)), random.standard_normal((4, 3))
    y = np.eye(2)[[0, 1, 1, 0]]
    a1 = 1 / (1 + np.exp(-x @ w1))
    a2 = 1 / (1 + np.exp(-a1 @ w2))
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = (d2 @ w2.T) * a1 * (1 - a1)
    arrays = {"W1": w1, "W2": w2, "X": x, "y": y, "dW1": x.T @ d1 / 4, "dW2": a1.T @ d2 / 4, "A1": a1}
    mine = tmp_path / "mine.npz"
    np.savez(mine, **{name: array.astype(dtype) for name, array in arrays.items()})  # type: ignore[arg-type]  # its stub
    status, found = compared(mine, capsys)
    assert (status, found["agrees"], found["taken"]["weights"]) == (0, True, "(n_in, n_out)")
    assert found["taken"]["precision"] == ("float32" if dtype is np.float32 else "float64")


def test_for_people_it_names_the_line_to_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "sheet.json"
    mine.write_text(json.dumps({"grad_w": [[[0.01, 0.01], [0.01, 0.01]], GRAD_W3]}))
    assert main(["compare", str(mine), "--target", "worksheet"]) == 1
    told = capsys.readouterr().out
    assert "First difference: ∂C/∂w²₁₁" in told
    assert "was sent back where" in told
    assert max(len(line) for line in told.splitlines() if str(tmp_path) not in line) <= 80


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "one JSON object"),
        ("{}", "no weights"),
        ('{"weights": [[[1, 2]], [[1, 2]]], "x": [1], "y": [1]}', "do not chain"),
        (
            '{"weights": [[[1, 2], [3, 4], [5, 6]]], "x": [1, 2, 3, 4, 5], "y": [1], "dW": [[1]]}',
            "does not fit 2 neurons",
        ),
        ('{"weights": [[[1, "a"]]], "x": [1], "y": [1]}', "weights: must be numbers"),
        ('{"weights": [[[1, 2]]], "x": [1, 1], "y": [1]}', "holds none of"),
    ],
)
def test_a_file_that_cannot_be_compared_gets_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text(text)
    assert main(["compare", str(mine)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "mine.json" in told
    assert reason in told
