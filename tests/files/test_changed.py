"""Lines behind a plus change a preset as the same lines in its file would, and a cure's lines make its copy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from tuibp.core.diagnosis.case import Case
from tuibp.core.diagnosis.causes import CAUSES
from tuibp.core.diagnosis.cures import Cure
from tuibp.core.diagnosis.examination import diagnose
from tuibp.files import BadInput, load, preset_folder
from tuibp.files.changed import case_of, preset_with
from tuibp.files.description import preset_of
from tuibp.files.plus import with_lines


def same(one: Case, other: Case) -> bool:
    return (
        np.array_equal(one.network.parameters, other.network.parameters)
        and np.allclose(one.data.x, other.data.x, rtol=1e-12, atol=1e-12)  # one division in place of two
        and np.array_equal(one.data.y, other.data.y)
        and np.array_equal(one.data.train, other.data.train)
        and (one.network.activations, one.network.cost) == (other.network.activations, other.network.cost)
        and one.training == other.training
    )


def cures_of(name: str) -> Iterator[Cure]:
    """Every cure of every cause, whether or not it is suspected."""
    story = diagnose(case_of(load(name)), perf_counter, 0.0)
    while True:
        try:
            next(story)
        except StopIteration as end:
            readings = end.value.readings
            break
    for cause in CAUSES.values():
        single = cause.name == "labels_out_of_range" and readings.case.data.y.shape[1] != 1
        if not single and not (cause.name == "unbalanced" and readings.case.data.labels is None):
            yield from (cure for cure in cause.cures(readings) if not cure.control and "= " in cure.change)


@pytest.mark.parametrize("name", ["xor", "iris", "ill-dead", "ill-eta"])
def test_the_lines_of_a_cure_make_the_copy_that_it_was_tried_on(name: str) -> None:
    preset, tried = load(name), 0
    for cure in cures_of(name):
        made = preset_with(preset, "it", cure.change)
        assert same(case_of(made), cure.case), cure.change
        tried += 1
    assert tried >= 10


INIT = '{ scheme = "gaussian", seed = 7 }'
EDITS: list[tuple[str, str, dict[str, dict[str, Any]]]] = [
    ("xor", "[training] eta = 0.25; l2 = 0.5", {"training": {"eta": 0.25, "l2": 0.5}}),
    (
        "iris",
        '[data] scale = "unit"; [training] batch_size = 3',
        {"data": {"scale": "unit"}, "training": {"batch_size": 3}},
    ),
    (
        "circles",
        f'[network] activations = ["tanh", "sigmoid"]; cost = "cross_entropy"; init = {INIT}',
        {
            "network": {
                "activations": ["tanh", "sigmoid"],
                "cost": "cross_entropy",
                "init": {"scheme": "gaussian", "seed": 7},
            }
        },
    ),
]


@pytest.mark.parametrize(("name", "lines", "edits"), EDITS)
def test_lines_are_as_if_they_stood_in_the_file(name: str, lines: str, edits: dict[str, dict[str, Any]]) -> None:
    path = preset_folder() / f"{name}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for section, values in edits.items():
        tables[section].update(values)
    assert same(case_of(preset_of(tables, name, path, name, True)), case_of(load(with_lines(name, lines))))


def test_lines_add_up_and_the_last_holds() -> None:
    target = with_lines(with_lines("xor", "[training] eta = 0.25; epochs = 7"), "[training] eta = 0.5")
    preset = load(target)
    assert (preset.training.eta, preset.training.epochs, preset.source) == (0.5, 7, target)


REFUSED = [
    "[training] eta = inf",
    "[training] eta",
    "[training] nosuch = 1",
    "[open] updates = 3",
    "[network] sizes = [9, 1]",
    "[network] sizes = [2]",
    "[network] activations = ['tanh']",
    "[data] file = '/etc/passwd'",
    "[training] eta = 1\nl2 = 3",
    "[training] eta = 1; ; ",
    "[training] eta = " + "9" * 5_000,
    "[network] sizes = [2, 100000000, 1]",
]


@pytest.mark.parametrize("lines", REFUSED)
def test_lines_that_do_not_fit_are_refused_in_one_line(lines: str) -> None:
    with pytest.raises(BadInput) as refused:
        load(with_lines("xor", lines))
    assert "\n" not in str(refused.value)
