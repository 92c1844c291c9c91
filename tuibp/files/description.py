"""One description serves every format: the tables of a preset, with arrays where a format has arrays.

title, about          text
network               sizes, activations, cost, and init or weights and biases; modified
data                  examples, or x with y or labels, or file, or generator; image, names, holdout or test, seed,
                      scale, balance
training              eta, batch_size, epochs, l2, train_biases, seed, shuffle; optimiser, momentum, rho, beta1, beta2,
                      epsilon; schedule, step_epochs, step_factor; stop_accuracy, stop_cost, patience
open                  example, updates
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.index import counted, shown
from tuibp.core.network import Network
from tuibp.core.optimisers import OPTIMISERS, SMALLEST_EPSILON
from tuibp.core.training import SCHEDULES, Training
from tuibp.files import data_table, network_table
from tuibp.files.columns import one_hot
from tuibp.files.errors import printable_path
from tuibp.files.heed import part
from tuibp.files.preset import Initial, Opening, Preset
from tuibp.files.table import ABOUT_LENGTH, Table
from tuibp.locale import _

KEYS = ("title", "about", "network", "data", "training", "open")
AT_ONCE = 0.3
"""Seconds, by estimate, that the updates of an opening may take before the first picture; else they come after it."""
TRAINING_KEYS = tuple(field.name for field in fields(Training))


def preset_of(tables: Mapping[str, Any], name: str, path: Path, source: str, data_required: bool) -> Preset:
    """Check a description and build what it describes. Raises BadInput with file, key and reason.

    Where no data is required and none given, a few examples are made up (`data_table.made_up`).
    """
    top = Table(source if source == name else printable_path(path), "", tables)
    top.only(KEYS, {"network": network_table.KEYS, "data": data_table.DATA_KEYS, "training": TRAINING_KEYS})
    title, about = top.said("title", name), top.said("about", "", ABOUT_LENGTH)
    with part(0.0, 0.3):
        network, initial = network_table.network_of(top.table("network"))
    if top.has("data") or data_required:
        with part(0.3, 1.0):
            data = data_table.data_of(top.table("data"), network, path.parent)
    else:
        data = data_table.made_up(network.sizes[0], network.sizes[-1])
    training = training_of(top.table("training", {}))
    opening = _opening(top.table("open", {}), len(data), _seconds_an_update(network, training, len(data.train)))
    return Preset(name, title, about, network, data, training, opening, initial, source, tuple(top.notes))


def training_of(table: Table) -> Training:
    table.only(TRAINING_KEYS)
    usual = Training()
    return Training(
        eta=table.number("eta", usual.eta, low=0.0, high=1e9),
        batch_size=table.whole("batch_size", usual.batch_size, low=1, high=data_table.EXAMPLES),
        epochs=table.whole("epochs", usual.epochs, low=1, high=10_000_000),
        l2=table.number("l2", usual.l2, low=0.0, high=1e9),
        train_biases=table.truth("train_biases", usual.train_biases),
        seed=table.whole("seed", usual.seed, high=2**32 - 1),
        shuffle=table.truth("shuffle", usual.shuffle),
        optimiser=table.word("optimiser", OPTIMISERS, usual.optimiser),
        **{name: _below_one(table, name, getattr(usual, name)) for name in ("momentum", "rho", "beta1", "beta2")},
        epsilon=table.number("epsilon", usual.epsilon, low=SMALLEST_EPSILON, high=1.0),
        schedule=table.word("schedule", SCHEDULES, usual.schedule),
        step_epochs=table.whole("step_epochs", usual.step_epochs, low=1, high=10_000_000),
        step_factor=table.number("step_factor", usual.step_factor, low=0.0, high=1.0),
        stop_accuracy=table.number("stop_accuracy", usual.stop_accuracy, low=0.0, high=1.0),
        stop_cost=table.number("stop_cost", usual.stop_cost, low=0.0),
        patience=table.whole("patience", usual.patience, high=10_000_000),
    )


def _below_one(table: Table, name: str, usual: float) -> float:
    """A decay: what is left of a memory at an update."""
    value = table.number(name, usual, low=0.0, high=1.0)
    if value == 1.0:
        raise table.bad(name, _("must be below 1: of what it would forget nothing, a sum grows without end"))
    return value


def training_keys_of(training: Training) -> dict[str, Any]:
    """The [training] table."""
    return {key: getattr(training, key) for key in TRAINING_KEYS}


def _opening(table: Table, examples: int, seconds_an_update: float) -> Opening:
    table.only(("example", "updates"))
    row, updates = counted(table.whole("example", 1, low=1, high=examples)), table.whole("updates", 0, high=10_000_000)
    return Opening(row, updates) if updates * seconds_an_update <= AT_ONCE else Opening(row, 0, updates)


def _seconds_an_update(network: Network, training: Training, n: int) -> float:
    """How long an update takes at the most, roughly: a call for each layer, and an operation for each parameter."""
    examples = min(training.batch_size, n)
    return 10e-6 + 5e-6 * network.layer_count + 1e-9 * network.parameters.size * (examples + 1)


def describe(preset: Preset) -> dict[str, Any]:
    """The description that builds the same preset again, to the bit: numbers stand in it as arrays."""
    return {
        "title": preset.title,
        "about": preset.about,
        "network": describe_network(preset.network, preset.initial),
        "data": _describe_data(preset.data),
        "training": training_keys_of(preset.training),
        "open": {"example": shown(preset.opening.example), "updates": preset.opening.updates + preset.opening.later},
    }


def describe_network(network: Network, initial: Initial | None = None) -> dict[str, Any]:
    """The [network] table of a network as it stands."""
    table: dict[str, Any] = {
        "sizes": list(network.sizes),
        "activations": list(network.activations),
        "cost": network.cost,
        "weights": list(network.weights),
        "biases": list(network.biases),
    }
    if initial is not None:
        table["init"] = asdict(initial)
    if network.modified:
        table["modified"] = [
            {"layer": shown(m.layer), "neuron": shown(m.neuron), "activation": m.activation} for m in network.modified
        ]
    return table


def _describe_data(data: DataSet) -> dict[str, Any]:
    labels = data.labels
    by_class = labels is not None and np.array_equal(one_hot(labels, data.y.shape[1]), data.y)
    table: dict[str, Any] = {"x": data.x, **({"labels": labels} if by_class else {"y": data.y})}
    table["names"] = list(data.names)  # also where there are none: labels alone would be named by their numbers
    if data.image is not None:
        table["image"] = list(data.image)
    if len(data.test):
        table["test"] = [shown(int(row)) for row in data.test]
    return table
