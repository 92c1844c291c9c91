"""`explain --batch`: the mini-batch that training takes next, as JSON and as a table."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tuibp.cli import main
from tuibp.core.descent import Descent
from tuibp.files import load
from tuibp.session.commands import opened


@pytest.mark.parametrize("preset", ["iris", "digits"])
def test_the_examples_are_those_that_training_takes_next(capsys: pytest.CaptureFixture[str], preset: str) -> None:
    assert main(["explain", preset, "--weight", "2,3,2", "--batch", "--json"]) == 0
    out, err = capsys.readouterr()
    found, state = json.loads(out), opened(load(preset))
    descent = Descent(state.network, state.preset.data, state.settings, state.update)
    rows = state.preset.data.train[descent.rows(state.update)]
    assert (err, found["examples"]) == ("", [row + 1 for row in rows.tolist()])
    before = state.network.w(1)[2, 1]
    descent.run(1)
    assert descent.snapshot().w(1)[2, 1] == pytest.approx(before - state.settings.eta * found["mean"], rel=1e-12)
    assert found["mean"] == pytest.approx(float(np.mean(found["shares"])), rel=1e-12)
    assert found["agreement"]["down"] + found["agreement"]["up"] <= len(rows)


def test_the_table_has_a_bar_for_each_example_and_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "iris", "--bias", "2,3", "--batch"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("│" in line for line in lines) == 11
    assert max(map(len, lines)) <= 80


def test_an_example_and_the_batch_are_not_asked_for_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "iris", "--bias", "2,3", "--batch", "--example", "1"]) == 2
    assert "takes no --example" in capsys.readouterr().err
