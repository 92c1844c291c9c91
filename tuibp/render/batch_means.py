"""A state whose numbers are means over a mini-batch, for pictures: tiles and matrices then show the means."""

from __future__ import annotations

from tuibp.core.example import Example
from tuibp.core.five_steps import Frame, Pass, order
from tuibp.core.mini_batch import MiniBatch
from tuibp.core.steps import StepName
from tuibp.session.place import Place
from tuibp.session.state import State


def of_means(state: State, batch: MiniBatch) -> State:
    """The same state after its last step, with the mini-batch's means where one example's numbers stood."""
    shown = state.at(Place(len(state.stops) - 1))
    frames = tuple(_frame(batch, step, layer) for step, layer in order(batch.network.layer_count))
    wanted = state.preset.data.y[batch.rows].mean(axis=0)
    shown.__dict__.update(walk=Pass(frames, batch.cost), shown=Example(batch.mean_a[0], wanted))
    return shown


def _frame(batch: MiniBatch, step: StepName, layer: int) -> Frame:
    """What a step has computed, as means."""
    a, delta = batch.mean_a[layer], batch.mean_delta[layer]
    match step:
        case "input":
            return Frame(step, layer, a=a)
        case "feedforward":
            return Frame(step, layer, a=a, z=batch.mean_z[layer])
        case "gradient":
            return Frame(step, layer, grad_w=batch.mean_grad_w[layer], grad_b=delta)
        case _:
            return Frame(step, layer, delta=delta)
