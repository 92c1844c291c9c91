"""A network with its data and how it is trained: what is ill or well, and what a cure changes a copy of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tuibp.core.datasets import DataSet, Rows
from tuibp.core.network import Network, initialise
from tuibp.core.training import Training, updates_in_epoch

NUMBERS = 8_000_000
"""Of a data set with more numbers than this a share of the rows is examined: a copy of it then takes 64 MB."""
MEASURED = 1_000
"""Rows on which a cost is measured."""
LOOKED_AT = 256
"""Rows on which layers are looked at."""
PATIENCE = 0.5
"""Seconds, by estimate, that one trial may train for."""
FEWEST = 300
"""Updates of a trial, at the least where they fit the patience."""


@dataclass(frozen=True, eq=False)
class Case:
    """Everything that a training run depends on."""

    network: Network
    """Untrained."""
    data: DataSet
    training: Training
    scheme: str | None
    """How the network's numbers were drawn; None where they were given."""
    seed: int = 0
    """From which they were drawn."""

    def other(self, nth: int) -> Case:
        """The same with other random numbers, wherever it has any: the nth time, 0 for the very same."""
        if nth == 0:
            return self
        training = replace(self.training, seed=self.training.seed + nth)
        if self.scheme is None:
            return replace(self, training=training)
        return replace(self.redrawn(self.scheme, self.seed + nth), training=training)

    def redrawn(self, scheme: str, seed: int | None = None) -> Case:
        """The same with the network's first numbers drawn anew."""
        now, seed = self.network, self.seed if seed is None else seed
        network = initialise(now.sizes, now.activations, now.cost, scheme, seed, now.modified)
        return replace(self, network=network, scheme=scheme, seed=seed)

    def reshaped(
        self,
        sizes: tuple[int, ...] | None = None,
        activations: tuple[str, ...] | None = None,
        cost: str | None = None,
        scheme: str | None = None,
    ) -> Case:
        """The same with another shape, drawn as it was (by `scheme`, or scaled where its numbers were given)."""
        now = self.network
        sizes, activations = sizes or now.sizes, activations or now.activations
        kept = now.modified if sizes == now.sizes and activations == now.activations else ()
        if self.scheme is None and scheme is None and sizes == now.sizes:
            network = Network(sizes, now.parameters, activations, cost or now.cost, kept)
            return replace(self, network=network)
        drawn = scheme or self.scheme or "scaled"
        drawn = "scaled" if drawn == "zeros" else drawn
        network = initialise(sizes, activations, cost or now.cost, drawn, self.seed, kept)
        return replace(self, network=network, scheme=drawn)

    @property
    def rows(self) -> Rows:
        """Rows to train on that are measured: (m,), evenly out of all."""
        return evenly(self.data.train, MEASURED)

    @property
    def held_out(self) -> Rows:
        return evenly(self.data.test, MEASURED)

    @property
    def configured(self) -> int:
        """Updates of the whole run as it is asked for."""
        return self.training.epochs * updates_in_epoch(self.training, len(self.data.train))


def evenly(rows: Rows, most: int) -> Rows:
    """At most so many of the rows, evenly out of all of them."""
    if len(rows) <= most:
        return rows
    return rows[np.linspace(0, len(rows) - 1, most).round().astype(np.intp)]


def bounded(case: Case) -> Case:
    """The same on a share of the rows where the data set is large; λ/n stays as it was."""
    data = case.data
    width = data.x.shape[1] + data.y.shape[1]
    most = max(NUMBERS // width, 64)
    if len(data) <= most:
        return case
    train = evenly(data.train, round(most * len(data.train) / len(data)))
    test = evenly(data.test, most - len(train))
    rows = np.concatenate([train, test])
    labels = None if data.labels is None else data.labels[rows]
    places = np.arange(len(rows))
    fewer = replace(
        data, x=data.x[rows], y=data.y[rows], labels=labels, train=places[: len(train)], test=places[len(train) :]
    )
    l2 = case.training.l2 * len(train) / len(data.train)
    return replace(case, data=fewer, training=replace(case.training, l2=l2))


def seconds_an_update(case: Case) -> float:
    """How long an update takes, roughly: calls for each layer, and operations for each parameter and example."""
    examples = min(case.training.batch_size, len(case.data.train))
    return 20e-6 + 15e-6 * case.network.layer_count + 1e-9 * case.network.parameters.size * (examples + 1)


def updates_of_trial(case: Case) -> int:
    """How long copies are trained: the run as it is asked for, FEWEST updates at the least, within the patience."""
    affordable = int(PATIENCE / seconds_an_update(case))
    return max(min(max(case.configured, FEWEST), affordable), min(FEWEST, case.configured), 20)
