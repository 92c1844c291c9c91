"""The mini-batch that training would take next: means over it, each example's share, and whether they agree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tuibp.core.datasets import DataSet, Rows
from tuibp.core.explanation import require_number
from tuibp.core.five_steps import activate, cost_of_output, error_of_output, through_activation
from tuibp.core.index import shown
from tuibp.core.network import Array, Network
from tuibp.core.notation import of_neuron, percent, short, weight
from tuibp.core.steps import Quantity
from tuibp.core.training import Training, batch_rows, updates_in_epoch
from tuibp.locale import _, ngettext

MOST_OF_ALL = 0.5
"""An example that asks for more than this share of all that is asked is named."""


@dataclass(frozen=True, eq=False)
class MiniBatch:
    """The five steps on every example of a mini-batch. Layers are 0-based; rows of all arrays are its examples."""

    network: Network
    update: int
    """Updates made before it."""
    number: int
    """Which mini-batch of its epoch it is, 0-based."""
    of: int
    """Mini-batches in an epoch."""
    rows: Rows
    """Its examples, as rows of the data set, in the order in which training takes them: (m,)."""
    z: tuple[Array, ...]
    """(m, n_l) a layer; of the input x itself."""
    a: tuple[Array, ...]
    """(m, n_l) a layer."""
    delta: tuple[Array, ...]
    """∂C_x/∂z^l, (m, n_l) a layer; of the input zeros."""
    costs: Array
    """C_x, (m,)."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def cost(self) -> float:
        """The mean."""
        return float(self.costs.mean())

    @cached_property
    def mean_z(self) -> tuple[Array, ...]:
        return tuple(z.mean(axis=0) for z in self.z)

    @cached_property
    def mean_a(self) -> tuple[Array, ...]:
        return tuple(a.mean(axis=0) for a in self.a)

    @cached_property
    def mean_delta(self) -> tuple[Array, ...]:
        """Which is ∂C/∂b of the mean cost as well."""
        return tuple(delta.mean(axis=0) for delta in self.delta)

    @cached_property
    def mean_grad_w(self) -> tuple[Array, ...]:
        """∂C/∂w of the mean cost, (n_l, n_{l-1}) a layer; nothing for the input."""
        layers = range(1, self.network.layer_count)
        return (np.empty((0, 0)), *(self.delta[i].T @ self.a[i - 1] / len(self) for i in layers))

    def shares(self, quantity: Quantity, layer: int, j: int, k: int | None = None) -> Shares:
        """One number of each example: z, a, δ, ∂C/∂b (gradient without k) or ∂C/∂w; indices 0-based.

        Raises NetworkError where there is no such number.
        """
        require_number(self.network, quantity, layer, j, k)
        name = of_neuron("δ" if quantity == "delta" else quantity[0], layer, j)
        if quantity == "gradient":
            parameter = of_neuron("b", layer, j) if k is None else weight(layer, j, k)
            values = self.delta[layer][:, j] * (1.0 if k is None else self.a[layer - 1][:, k])
            return Shares(f"∂C/∂{parameter}", parameter, self.rows, values)
        values = {"z": self.z, "a": self.a, "delta": self.delta}[quantity][layer][:, j]
        moved = of_neuron("z", layer, j) if quantity == "delta" else ""
        return Shares(name, moved, self.rows, values)


@dataclass(frozen=True, eq=False)
class Shares:
    """One number, once for each example of a mini-batch, and its mean."""

    name: str
    """In markup: `∂C/∂w^2_32`, `a^3_1`."""
    moved: str
    """What a derivative asks to go up or down; empty where the number is none."""
    rows: Rows
    """Whose they are, as rows of the data set, (m,)."""
    values: Array
    """(m,)."""

    @property
    def mean(self) -> float:
        return float(self.values.mean())

    @property
    def up(self) -> int:
        """Examples whose derivative is negative: descent moves it up."""
        return int((self.values < 0.0).sum())

    @property
    def down(self) -> int:
        return int((self.values > 0.0).sum())

    @property
    def left(self) -> float:
        """|Σ| / Σ| |: what is left of what they ask for one by one, 1 where they agree; nan where none asks."""
        asked = float(np.abs(self.values).sum())
        return abs(float(self.values.sum())) / asked if asked > 0.0 else math.nan

    @property
    def meaning(self) -> str:
        """One sentence on whether the examples agree; every word of it can be counted."""
        if not np.isfinite(self.values).all():
            return _("Not every one of them is a finite number: the weights have run away.")
        return self._whether_they_agree() if self.moved else self._how_far_apart()

    def _how_far_apart(self) -> str:
        least, most = int(self.values.argmin()), int(self.values.argmax())
        if self.values[least] == self.values[most]:
            return _("{name} is the same for all of them.").format(name=self.name)
        return _("{name} goes from {least} (example {first}) to {most} (example {second}).").format(
            name=self.name,
            least=short(float(self.values[least])),
            first=shown(int(self.rows[least])),
            most=short(float(self.values[most])),
            second=shown(int(self.rows[most])),
        )

    def _whether_they_agree(self) -> str:
        count, moved = len(self.values), self.moved
        if count == 1:
            return _("One example is the whole mini-batch: its gradient is the mean.")
        if not self.up and not self.down:
            return _("None of the {count} asks for any change of {moved}.").format(count=count, moved=moved)
        text = self._one_way() if not (self.up and self.down) else self._both_ways()
        alone = np.abs(self.values) / np.abs(self.values).sum()
        loudest = int(alone.argmax())
        if count > 3 and alone[loudest] > MOST_OF_ALL:
            text += " " + _("Example {example} alone asks for {share} of it all.").format(
                example=shown(int(self.rows[loudest])), share=percent(float(alone[loudest]))
            )
        return text

    def _one_way(self) -> str:
        count, asking = len(self.values), self.up + self.down
        way = _("up") if self.up else _("down")
        if asking == count:
            least, most = np.sort(np.abs(self.values))[[0, -1]]
            return _("All {count} pull {moved} {way}, the strongest {times}× as hard as the weakest.").format(
                count=count, moved=self.moved, way=way, times=short(float(most / least))
            )
        return ngettext(
            "{asking} of {count} pulls {moved} {way}; to the others it makes no difference.",
            "{asking} of {count} pull {moved} {way}; to the others it makes no difference.",
            asking,
        ).format(asking=asking, count=count, moved=self.moved, way=way)

    def _both_ways(self) -> str:
        text = ngettext(
            "{down} of {count} pulls {moved} down, {up} up: {left} of what they ask for one by one is left.",
            "{down} of {count} pull {moved} down, {up} up: {left} of what they ask for one by one is left.",
            self.down,
        ).format(down=self.down, count=len(self.values), moved=self.moved, up=self.up, left=percent(self.left))
        if self.values.sum() == 0.0:
            return text
        against = self.down if self.values.sum() < 0.0 else self.up
        return (
            text
            + " "
            + ngettext(
                "That one alone would point the wrong way.",
                "Any one of those {against} alone would point the wrong way.",
                against,
            ).format(against=against)
        )


def mini_batch(network: Network, data: DataSet, training: Training, update: int) -> MiniBatch:
    """The mini-batch that update number `update` (0-based) takes, with the five steps on all its examples at once."""
    n = len(data.train)
    rows = data.train[batch_rows(training, n, update)]
    x, y = data.x[rows], data.y[rows]
    z, a, delta = [x], [x], {0: np.zeros_like(x)}
    last = network.last
    with np.errstate(all="ignore"):  # numbers out of range are told, not warned of
        for layer in range(1, network.layer_count):
            z.append(a[-1] @ network.w(layer).T + network.b(layer))
            a.append(activate(network, layer, z[-1]))
        delta[last] = error_of_output(network, z[last], a[last], y)  # BP1
        for layer in reversed(range(1, last)):  # BP2
            blame = delta[layer + 1] @ network.w(layer + 1)
            delta[layer] = through_activation(network, layer, z[layer], a[layer], blame)
        costs = np.asarray(cost_of_output(network, z[last], a[last], y))
    per_epoch = updates_in_epoch(training, n)
    errors = tuple(delta[layer] for layer in range(network.layer_count))
    return MiniBatch(network, update, update % per_epoch, per_epoch, rows, tuple(z), tuple(a), errors, costs)
