"""A wrong form made on a network at hand: where a gradient check fails, whether the cost falls, why nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.finite_difference import differences
from tuibp.core.gradient import cost
from tuibp.core.mistakes.comparison import QUANTITIES
from tuibp.core.mistakes.precision import Key, Precision, scales
from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.mistakes.steps import Rule
from tuibp.core.mistakes.table import Mistake, Way
from tuibp.core.network import Array, Network, initialise, views
from tuibp.core.training import Training, batch_rows
from tuibp.locale import _

EXACT = Precision("float64")
CHECKED = 1e-7
"""Relative to a layer's largest: what a gradient may be off before the check fails there."""
MOST = 10
"""Examples of the mini-batch that a form is made on."""
COSTED = 200
"""Examples that the cost of a copy is taken over."""
UPDATES, POINTS = 240, 60
PARAMETER_UPDATES = 24_000_000
"""Parameters times updates that a copy is trained for, at most."""


@dataclass(frozen=True)
class Failed:
    """A layer's derivatives by weights (`grad_w`) or biases that disagree with a complex step."""

    key: Key
    wrong: int
    of: int


@dataclass(eq=False)
class Exhibit:
    """What a wrong form makes of a mini-batch, and of training."""

    mistake: Mistake | None
    """None: the right form."""
    right: Run
    wrong: Run | None = None
    """None where nothing can be made of it here."""
    way: Way = ()
    first: Key | None = None
    """The first array that it changes; None where it changes none."""
    failed: tuple[Failed, ...] = ()
    why_nothing: str = ""
    updates: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """Of the copy that is trained with it,"""
    right_costs: list[float] = field(default_factory=list)
    """and of one that is trained rightly, on the same mini-batches."""
    over: bool = False


def task_of(network: Network, data: DataSet, training: Training, update: int = 0) -> Task:
    """The mini-batch that training takes, of few examples, with the update as plain gradient descent."""
    rows = data.train[batch_rows(training, len(data.train), update)][:MOST]
    return Task(network, data.x[rows], data.y[rows], training.eta, training.l2, len(data.train))


def exhibit(task: Task, mistake: Mistake | None) -> Exhibit:
    """The wrong form on a task; of its variants the first that makes a difference."""
    right = Run(task)
    if mistake is None:
        return Exhibit(None, right, right)
    found = first_difference(task, right, mistake)
    if found is None:
        return Exhibit(mistake, right, why_nothing=why_nothing(task, mistake))
    way, wrong, first = found
    return Exhibit(mistake, right, wrong, way, first, tuple(_failed(task, wrong)))


def first_difference(task: Task, right: Run, mistake: Mistake) -> tuple[Way, Run, Key] | None:
    """(way, run, first array that differs) of the first variant that changes anything here; None where none does."""
    scale = scales(right)
    last = task.network.last
    order: list[Key] = [(q, layer) for layer in range(1, last + 1) for q in QUANTITIES[:2]]
    order += [(q, layer) for q in QUANTITIES[2:] for layer in range(last, 0, -1)]
    for __, way in mistake.variants(task):
        try:
            wrong = Run(task, way)
        except DoesNotFit:
            continue
        for quantity, layer in order:
            theirs, ours = getattr(wrong, quantity)[layer], getattr(right, quantity)[layer]
            if not EXACT.same(theirs, ours, scale[quantity, layer]):
                return way, wrong, (quantity, layer)
    return None


def _failed(task: Task, wrong: Run) -> Iterator[Failed]:
    """Where the gradient that it makes is not the one that a complex step finds, the output's layer first."""
    numeric = views(differences(task.network, task.x, task.y), task.network.sizes)
    for layer in reversed(range(1, task.network.layer_count)):
        for name, values in (("grad_w", numeric[0][layer - 1]), ("grad_b", numeric[1][layer - 1])):
            theirs: Array = getattr(wrong, name)[layer]
            if theirs.shape != values.shape:
                yield Failed((name, layer), values.size, values.size)
                continue
            with np.errstate(all="ignore"):
                far = ~(np.abs(theirs - values) <= CHECKED * max(float(np.abs(values).max(initial=0.0)), 1e-12))
            if far.any():
                yield Failed((name, layer), int(far.sum()), values.size)


# Why nothing changes: the same form is tried where one thing is different, and that is told which lets it show


def _several(task: Task) -> Task:
    """The example, and another one, in a mini-batch."""
    x, y = np.concatenate([task.x, task.x[:1] + 0.5]), np.concatenate([task.y, task.y[-1:]])
    return replace(task, x=x, y=y)


def _with_hidden(task: Task) -> Task:
    old = task.network
    sizes = (old.sizes[0], 3, 4, old.sizes[-1])
    return replace(
        task, network=initialise(sizes, ["sigmoid", "sigmoid", old.activations[-1]], old.cost, "gaussian", 0)
    )


def _with_outputs(task: Task, sizes: tuple[int, ...], activation: str, cost_name: str, y: Array) -> Task:
    names = ["sigmoid"] * (len(sizes) - 2) + [activation]
    return replace(task, network=initialise(sizes, names, cost_name, "gaussian", 0), y=y)


def _one_hot(m: int, n: int) -> Array:
    return np.eye(n)[np.arange(m) % n]


def _softmax(task: Task, cost_name: str) -> Task:
    sizes = (*task.network.sizes[:-1], 3)
    return _with_outputs(task, sizes, "softmax", cost_name, _one_hot(task.m, 3))


def _relu(task: Task) -> Task:
    old = task.network
    names = ["relu"] * (old.last - 1) + [old.activations[-1]]
    return replace(task, network=initialise(old.sizes, names, old.cost, "gaussian", 0))


def _square(task: Task) -> Task:
    n = task.network.sizes[0]
    return _with_outputs(task, (n, n, n), "sigmoid", "quadratic", np.full((task.m, n), 0.3))


def _zeros(task: Task) -> Task:
    old = _relu(task).network
    zero = old.with_parameters(np.where(np.arange(old.parameters.size) % 2, old.parameters, 0.0))
    return replace(task, network=zero, x=np.zeros_like(task.x))


CAUSES: tuple[tuple[str, Callable[[Task], Task]], ...] = (
    (_("The mini-batch here is one example: with several it makes a difference."), _several),
    (_("The mini-batch here has several examples: with a single one it makes a difference."),
     lambda task: replace(task, x=task.x[:1], y=task.y[:1])),
    (_("There is no weight decay here: with λ above 0 it makes a difference."),
     lambda task: replace(task, l2=max(task.l2, 0.1))),
    (_("The update here is plain gradient descent: with Adam it makes a difference."),
     lambda task: replace(task, rule=Rule("adamw"))),
    (_("The update here is plain gradient descent: with AdamW and λ above 0 it makes a difference."),
     lambda task: replace(task, rule=Rule("adamw"), l2=max(task.l2, 0.1))),
    (_("The update here is plain gradient descent: with momentum it makes a difference."),
     lambda task: replace(task, rule=Rule("momentum"))),
    (_("It needs the gradient of the mini-batch before, which nothing has left here."),
     lambda task: replace(task, history=(Run(_several(task)),))),
    (_("The cost here does not cancel σ′: with cross-entropy it makes a difference."),
     lambda task: _with_outputs(task, task.network.sizes, "sigmoid", "cross_entropy", np.clip(task.y, 0.1, 0.9))),
    (_("The cost here cancels σ′ in the output: with the quadratic cost it makes a difference."),
     lambda task: _with_outputs(task, task.network.sizes, "sigmoid", "quadratic", task.y)),
    (_("There are too few layers here: with two hidden ones it makes a difference."), _with_hidden),
    (_("Layers of unequal size do not let it run, numpy stops with an error: where they are equal it runs."), _square),
    (_("The output here is no softmax: with one it makes a difference."),
     lambda task: _softmax(task, "log_likelihood")),
    (_("Softmax with the quadratic cost would show it."), lambda task: _softmax(task, "quadratic")),
    (_("Softmax over a mini-batch of several would show it."),
     lambda task: _several(_softmax(task, "log_likelihood"))),
    (_("No hidden neuron here is a relu: with relu it makes a difference."), _relu),
    (_("No z here is exactly 0: where one is, a relu’s mask shows it."), _zeros),
    (_("What is wanted here is no single class: with one-hot y it makes a difference."),
     lambda task: _with_outputs(task, (*task.network.sizes[:-1], 3), "sigmoid", "quadratic", _one_hot(task.m, 3))),
)  # fmt: skip
"""A sentence, and the task with that one thing different; each is said only where it is seen to be so."""


def why_nothing(task: Task, mistake: Mistake) -> str:
    """Why a form that changes nothing here does not."""
    for sentence, altered in CAUSES:
        try:
            other = altered(task)
            if first_difference(other, Run(other), mistake) is not None:
                return sentence
        except (ValueError, IndexError, KeyError, DoesNotFit):
            continue
    return _("On these numbers it makes what the right form makes.")


# Training


def trained(
    shown: Exhibit, data: DataSet, training: Training, known: Sequence[float] | None = None
) -> Iterator[Exhibit]:
    """Train a copy with the wrong form and one with the right one, on the same mini-batches; a record at each point.

    `known` are the costs of the right one where it has been trained before.
    """
    rows = data.train[:COSTED]
    x, y = data.x[rows], data.y[rows]
    network = shown.right.task.network
    updates = max(min(UPDATES, PARAMETER_UPDATES // network.parameters.size), 4)
    every = max(updates // POINTS, 1)
    wrong, right = network, network
    for update in range(updates + 1):
        if update % every == 0:
            with np.errstate(all="ignore"):
                shown.updates.append(update)
                shown.costs.append(cost(wrong, x, y))
                shown.right_costs.append(cost(right, x, y) if known is None else known[len(shown.right_costs)])
            yield shown
        wrong = _updated(wrong, shown.way, data, training, update)
        if known is None:
            right = wrong if shown.mistake is None else _updated(right, (), data, training, update)
    shown.over = True
    yield shown


def _updated(network: Network, way: Way, data: DataSet, training: Training, update: int) -> Network:
    """One update; where its gradient is of another shape it stays, and where no longer finite too."""
    task = task_of(network, data, training, update)
    try:
        run = Run(task, way)
        parts = [
            np.broadcast_to(values, like.shape).ravel()
            for layer in range(1, network.layer_count)
            for values, like in ((run.new_w[layer], network.w(layer)), (run.new_b[layer], network.b(layer)))
        ]
    except (DoesNotFit, ValueError):
        return network
    moved = np.concatenate(parts)
    return network.with_parameters(moved) if np.isfinite(moved).all() else network
