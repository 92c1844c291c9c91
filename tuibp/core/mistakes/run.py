"""One update from a mini-batch, part by part, so that any part may be written wrongly and the rest carries it on.

The right parts are those of `five_steps`, on rows: x is (m, n_1), z, a and δ of a layer are (m, n_l), ∂C/∂w is
(n_l, n_{l-1}) of the mean cost, ∂C/∂b (n_l,). Layers are 0-based here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import numpy as np

from tuibp.core.activations import ACTIVATIONS, softmax_product
from tuibp.core.costs import COSTS
from tuibp.core.five_steps import activate, error_of_output, slope
from tuibp.core.mistakes.steps import Of, Rule, Slip, direction
from tuibp.core.network import Array, Network

Part = Literal["target", "a", "slope", "output", "sent", "delta", "grad_w", "grad_b", "new_w", "new_b"]
"""y as it is used; f(z); f′(z); δ of the last layer; Σ w δ; δ of a hidden one; the gradients; the numbers after."""


ONE_A_NEURON = frozenset({"a", "slope", "sent"})
"""Parts that go on only as (m, n_l)."""
UNKNOWN: Array = np.full((), np.nan)
"""What nobody can compute any more."""


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be computed: one mini-batch through a network, and one update."""

    network: Network
    x: Array
    """(m, n_1)."""
    y: Array
    """(m, n_L)."""
    eta: float = 0.5
    l2: float = 0.0
    """λ of weight decay."""
    n: int = 1
    """Training examples, which λ is divided by."""
    z: tuple[Array | None, ...] | None = None
    """Weighted inputs to take as given, by layer, where somebody brought them; None: computed."""
    a: tuple[Array | None, ...] | None = None
    """Activations to take as given."""
    from_a: frozenset[int] = frozenset()
    """Layers whose f′ is taken from a, by its short form, where a was brought and is not f(z)."""
    history: tuple[Run, ...] = ()
    """The updates made before this one, as far as they are known: all of them where there is a rule."""
    rule: Rule | None = None
    """The optimiser, where it is one that remembers."""
    eta_known: bool = True
    """Whether it is theirs, and not only one that shows a difference."""

    @property
    def m(self) -> int:
        return len(self.x)

    @property
    def before(self) -> Run | None:
        """The update made before this one."""
        return self.history[-1] if self.history else None


@dataclass(eq=False)
class Run:
    """Numbers by layer as they come; `None` where a layer has no such value."""

    task: Task
    changes: Sequence[Change] = ()
    target: Array = field(init=False)
    z: list[Array] = field(init=False)
    a: list[Array] = field(init=False)
    delta: list[Array] = field(init=False)
    grad_w: list[Array] = field(init=False)
    grad_b: list[Array] = field(init=False)
    new_w: list[Array] = field(init=False)
    new_b: list[Array] = field(init=False)

    def __post_init__(self) -> None:
        with np.errstate(all="ignore"):
            self._feedforward()
            self._backpropagate()
            self._update()

    def part(self, name: Part, layer: int) -> Array:
        """One part for one layer: the right form, inside every change that is made to it there."""
        return self._inside(name, layer, len(self.changes))

    def _inside(self, name: Part, layer: int, outermost: int) -> Array:
        for at in reversed(range(outermost)):
            change = self.changes[at]
            if change.concerns(name, layer):
                try:
                    made = change.form(self, layer, partial(self._inside, name, layer, at))
                except (ValueError, IndexError):
                    raise DoesNotFit from None
                if name in ONE_A_NEURON and made.shape != self.z[layer].shape:
                    raise DoesNotFit
                return made
        try:
            return RIGHT[name](self, layer)
        except ValueError:  # a wrong form before it left numbers of a shape that does not go on
            return UNKNOWN

    def changed(self, name: Part, layer: int) -> bool:
        return any(change.concerns(name, layer) for change in self.changes)

    def _feedforward(self) -> None:
        task, network = self.task, self.task.network
        self.target = self.part("target", network.last)
        self.z, self.a = [task.x], [task.x]
        for layer in range(1, network.layer_count):
            given_z, given_a = (given[layer] if given else None for given in (task.z, task.a))
            self.z.append(given_z if given_z is not None else self.a[-1] @ network.w(layer).T + network.b(layer))
            self.a.append(given_a if given_a is not None else self.part("a", layer))

    def _backpropagate(self) -> None:
        network = self.task.network
        layers = range(network.layer_count)
        self.delta, self.grad_w, self.grad_b = ([self.task.x] * len(layers) for _ in range(3))
        self.delta[-1] = self.part("output", network.last)
        self.grad_w[-1] = self.part("grad_w", network.last)
        for layer in reversed(layers[1:-1]):
            self.delta[layer] = self.part("delta", layer)
            self.grad_w[layer] = self.part("grad_w", layer)
        for layer in layers[1:]:
            self.grad_b[layer] = self.part("grad_b", layer)

    def _update(self) -> None:
        layers = range(1, self.task.network.layer_count)
        self.new_w = [self.task.x, *(self.part("new_w", layer) for layer in layers)]
        self.new_b = [self.task.x, *(self.part("new_b", layer) for layer in layers)]


Form = Callable[[Run, int, Callable[[], Array]], Array]
"""A wrong form of a part: of a run and a layer, with the right form (or the next wrong one) to call."""


@dataclass(frozen=True, eq=False)
class Change:
    """A wrong form in the place of a part; `layers` None: in every layer that has it."""

    part: Part
    form: Form
    layers: frozenset[int] | None = None

    def concerns(self, part: Part, layer: int) -> bool:
        return self.part == part and (self.layers is None or layer in self.layers)


class DoesNotFit(Exception):
    """A wrong form that shapes forbid here: nobody can have written it for this network."""


def decomposed(run: Run, layer: int) -> Array:
    """BP1 as it is written: ∇_a C ⊙ f′(z), by the parts of the run; softmax by its whole Jacobian."""
    network = run.task.network
    gradient = COSTS[network.cost].gradient(run.a[layer], run.target)
    if ACTIVATIONS[network.activations[layer - 1]].couples and not run.changed("slope", layer):
        return softmax_product(run.a[layer], gradient)
    return gradient * run.part("slope", layer)


def right_output(run: Run, layer: int) -> Array:
    """BP1, by the cancelled form where it has more digits."""
    given = run.task.z is not None or run.task.a is not None
    if run.changed("slope", layer) or run.changed("a", layer) or given:
        return decomposed(run, layer)
    return error_of_output(run.task.network, run.z[layer], run.a[layer], run.target)


def right_delta(run: Run, layer: int) -> Array:
    """BP2: Σ w δ of the layer after, through f′(z)."""
    network = run.task.network
    if ACTIVATIONS[network.activations[layer - 1]].couples and not run.changed("slope", layer):
        return softmax_product(run.a[layer], run.part("sent", layer))
    return run.part("sent", layer) * run.part("slope", layer)


def decay_factor(run: Run) -> float:
    """1 − ηλ/n."""
    return 1.0 - run.task.eta * run.task.l2 / run.task.n


SHORT: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda a: a * (1.0 - a), "tanh": lambda a: 1.0 - a * a, "linear": np.ones_like,
}  # fmt: skip
"""f′ by its short form in a, where it has one."""


def right_slope(run: Run, layer: int) -> Array:
    """f′(z); where the caches brought do not belong together and it was taken from a, a(1 − a) and its like."""
    network, a = run.task.network, run.a[layer]
    if layer not in run.task.from_a:
        return slope(network, layer, run.z[layer], a)
    name = network.activations[layer - 1]
    return SHORT[name](a) if name in SHORT else slope(network, layer, a, a)


def stepped(run: Run, layer: int, of: Of, slip: Slip = "") -> Array:
    """The layer's weights or biases after the update; the task has a rule."""
    rule, task = run.task.rule, run.task
    assert rule is not None
    runs = (*task.history, run)
    decay = task.l2 / task.n if of == "w" else 0.0
    apart = rule.name == "adamw" and slip != "coupled"
    before = _parameter(run, layer, of)
    gradients = [_gradient(past, layer, of) + (0.0 if apart else decay) * _parameter(past, layer, of) for past in runs]
    with np.errstate(all="ignore"):
        moved: Array = task.eta * direction(rule, gradients, slip)
        return before * (1.0 - task.eta * decay * apart) - (-moved if slip == "up" else moved)


def _parameter(run: Run, layer: int, of: Of) -> Array:
    return run.task.network.w(layer) if of == "w" else run.task.network.b(layer)


def _gradient(run: Run, layer: int, of: Of) -> Array:
    return run.grad_w[layer] if of == "w" else run.grad_b[layer]


def _plain_weights(run: Run, layer: int) -> Array:
    return run.task.network.w(layer) * decay_factor(run) - run.task.eta * run.grad_w[layer]


def _plain_biases(run: Run, layer: int) -> Array:
    return run.task.network.b(layer) - run.task.eta * run.grad_b[layer]


RIGHT: dict[Part, Callable[[Run, int], Array]] = {
    "target": lambda run, _layer: run.task.y,
    "a": lambda run, layer: activate(run.task.network, layer, run.z[layer]),
    "slope": right_slope,
    "output": right_output,
    "sent": lambda run, layer: run.delta[layer + 1] @ run.task.network.w(layer + 1),
    "delta": right_delta,
    "grad_w": lambda run, layer: run.delta[layer].T @ run.a[layer - 1] / run.task.m,
    "grad_b": lambda run, layer: run.delta[layer].sum(axis=0) / run.task.m,
    "new_w": lambda run, layer: _plain_weights(run, layer) if run.task.rule is None else stepped(run, layer, "w"),
    "new_b": lambda run, layer: _plain_biases(run, layer) if run.task.rule is None else stepped(run, layer, "b"),
}
