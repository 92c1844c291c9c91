"""Wrong forms of BP3 and BP4, of the mean over the mini-batch, and of the update."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tuibp.core.mistakes.run import DoesNotFit, Form, Run, stepped
from tuibp.core.mistakes.steps import Of, Slip
from tuibp.core.network import Array

Right = Callable[[], Array]


def transposed(_run: Run, _layer: int, right: Right) -> Array:
    return right().T


def of_weights(run: Run, layer: int, _right: Right) -> Array:
    """∂z/∂w taken as w: δ_j w_jk."""
    return run.delta[layer].mean(axis=0)[:, None] * run.task.network.w(layer)


def of_activation(offset: int) -> Form:
    """a of another layer: a^l for a^{l−1}."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        if layer + offset < 0:
            raise DoesNotFit
        return run.delta[layer].T @ run.a[layer + offset] / run.task.m

    return form


def of_z(run: Run, layer: int, _right: Right) -> Array:
    """z of the layer before for its a."""
    if layer == 1:
        raise DoesNotFit
    return run.delta[layer].T @ run.z[layer - 1] / run.task.m


def a_for_delta(run: Run, layer: int, _right: Right) -> Array:
    """a of the layer in the place of its δ."""
    return run.a[layer].T @ run.a[layer - 1] / run.task.m


def zero(_run: Run, _layer: int, right: Right) -> Array:
    return np.zeros_like(right())


def one_number(by: Callable[[Array], float]) -> Form:
    """One number for all biases of the layer."""

    def form(_run: Run, _layer: int, right: Right) -> Array:
        b = right()
        if b.size < 2:
            raise DoesNotFit
        return np.full(b.shape, by(b))

    return form


def example(at: int, divided: bool) -> tuple[Form, Form]:
    """∂C/∂w and ∂C/∂b of one example alone, divided by m or not."""

    def rows(run: Run) -> tuple[int, float]:
        if run.task.m < 2:
            raise DoesNotFit
        return at % run.task.m, float(run.task.m) if divided else 1.0

    def grad_w(run: Run, layer: int, _right: Right) -> Array:
        row, by = rows(run)
        return np.outer(run.delta[layer][row], run.a[layer - 1][row]) / by

    def grad_b(run: Run, layer: int, _right: Right) -> Array:
        row, by = rows(run)
        return run.delta[layer][row] / by

    return grad_w, grad_b


def every_row(divided: bool) -> Form:
    """δ of every example, (m, n), in the place of its sum."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        if run.task.m < 2:
            raise DoesNotFit
        return run.delta[layer] / (run.task.m if divided else 1.0)

    return form


def with_weights_before(run: Run, layer: int, right: Right) -> Array:
    """∂C/∂w of the last mini-batch added to this one's."""
    if run.task.before is None:
        raise DoesNotFit
    return right() + run.task.before.grad_w[layer]


def with_biases_before(run: Run, layer: int, right: Right) -> Array:
    """∂C/∂b of the last mini-batch added to this one's."""
    if run.task.before is None:
        raise DoesNotFit
    return right() + run.task.before.grad_b[layer]


Step = float | Callable[[Run], float]
"""What η ∂C/∂w is multiplied by."""


def _step(step: Step, run: Run) -> float:
    return step if isinstance(step, float) else step(run)


def _plain(run: Run) -> None:
    """These are slips in gradient descent itself."""
    if run.task.rule is not None:
        raise DoesNotFit


def new_weights(step: Step, decay: Callable[[Run], float]) -> Form:
    """w·(1 − decay) − step · η ∂C/∂w."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        _plain(run)
        return run.task.network.w(layer) * (1.0 - decay(run)) - _step(step, run) * run.task.eta * run.grad_w[layer]

    return form


def new_biases(step: Step, decay: Callable[[Run], float]) -> Form:
    """b·(1 − decay) − step · η ∂C/∂b."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        _plain(run)
        return run.task.network.b(layer) * (1.0 - decay(run)) - _step(step, run) * run.task.eta * run.grad_b[layer]

    return form


def turned_back(run: Run, layer: int, _right: Right) -> Array:
    """The update of a gradient that is given back transposed, and turned where it is used."""
    return run.task.network.w(layer) * (1.0 - usual_decay(run)) - run.task.eta * run.grad_w[layer].T


def once_divided(run: Run) -> float:
    return 1.0 / run.task.m


def summed_up(run: Run) -> float:
    return float(run.task.m)


def usual_decay(run: Run) -> float:
    return run.task.eta * run.task.l2 / run.task.n


def no_decay(_run: Run) -> float:
    return 0.0


def optimiser(slip: Slip, of: Of, *names: str) -> Form:
    """The update of an optimiser with a slip in it."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        if run.task.rule is None or run.task.rule.name not in names:
            raise DoesNotFit
        return stepped(run, layer, of, slip)

    return form
