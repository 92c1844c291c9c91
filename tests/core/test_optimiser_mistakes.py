"""Slips in an optimiser that remembers, written here line by line: named in the second update of a run, and none in a
right one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.core.test_mistakes import EXACT, made, named
from tests.slips import ROWS, numbers
from tuibp.core.mistakes.comparison import Comparison, compare
from tuibp.core.mistakes.precision import Key
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.mistakes.steps import Rule
from tuibp.core.mistakes.table import BY_NAME
from tuibp.core.network import Array

ADAM = """
def update(w, g, m, v, t, eta, decay):
    w = (1 - eta * decay) * w
    m[:] = 0.9 * m + (1 - 0.9) * g
    v[:] = 0.999 * v + (1 - 0.999) * g**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + 1e-8)
"""
MOMENTUM = """
def update(w, g, m, v, t, eta, decay):
    g = g + decay * w
    m[:] = 0.9 * m + g
    return w - eta * m
"""
RMSPROP = """
def update(w, g, m, v, t, eta, decay):
    g = g + decay * w
    v[:] = 0.99 * v + (1 - 0.99) * g**2
    return w - eta * g / (np.sqrt(v) + 1e-8)
"""
SLIPS = (
    ("adamw", ADAM, "m_hat = m / (1 - 0.9**t)", "m_hat, v_hat = m, v", "v_hat = v / (1 - 0.999**t)", "pass",
     "adam_no_bias_correction"),
    ("adamw", ADAM, "m[:] = 0.9 * m + (1 - 0.9)", "m[:] = 0.999 * m + (1 - 0.999)", "v[:] = 0.999 * v + (1 - 0.999)",
     "v[:] = 0.9 * v + (1 - 0.9)", "adam_betas_swapped"),
    ("adamw", ADAM, "np.sqrt(v_hat) + 1e-8", "np.sqrt(v_hat + 1e-8)", "", "", "adam_epsilon_inside_root"),
    ("rmsprop", RMSPROP, "np.sqrt(v) + 1e-8", "np.sqrt(v + 1e-8)", "", "", "adam_epsilon_inside_root"),
    ("adamw", ADAM, "0.9**t", "0.9 ** (t + 1)", "0.999**t", "0.999 ** (t + 1)", "adam_time_off_by_one"),
    ("adamw", ADAM, "w = (1 - eta * decay) * w", "g = g + decay * w", "", "", "adamw_coupled_decay"),
    ("adamw", ADAM, "w - eta * m_hat", "w + eta * m_hat", "", "", "sign_of_update"),
    ("momentum", MOMENTUM, "0.9 * m + g", "0.9 * m + (1 - 0.9) * g", "", "", "momentum_damped"),
    ("momentum", MOMENTUM, "return w - eta * m", "return w - eta * (g + 0.9 * m)", "", "", "nesterov"),
)  # fmt: skip


def second_update(text: str, rule: str) -> tuple[Task, dict[Key, Array]]:
    """A run of two updates with somebody's own optimiser: the second one's gradients, and what it makes of them."""
    space: dict[str, Any] = {"np": np}
    exec(text, space)
    task = replace(made(21, (3, 4, 2), 3), eta=0.01, rule=Rule(rule))
    memory = [np.zeros((2, *part.shape)) for part in (*task.network.weights, *task.network.biases)]
    for t in (1, 2):
        brought = {k: a for k, a in (numbers(ROWS, task) or {}).items() if not k[0].startswith("new")}
        last = range(1, task.network.layer_count)
        parts: list[tuple[Key, Array, float]] = [(("grad_w", i), task.network.w(i), task.l2 / task.n) for i in last]
        parts += [(("grad_b", i), task.network.b(i), 0.0) for i in last]
        after = [space["update"](p, brought[key], *kept, t, task.eta, decay)
                 for (key, p, decay), kept in zip(parts, memory, strict=True)]  # fmt: skip
        brought |= {(key[0].replace("grad", "new"), key[1]): a for (key, __, ___), a in zip(parts, after, strict=True)}
        if t == 1:
            moved = np.concatenate([a.ravel() for pair in zip(after[:2], after[2:], strict=True) for a in pair])
            task = replace(task, network=task.network.with_parameters(moved), history=(Run(task),))
    return task, brought


def verdict(text: str, rule: str) -> Comparison:
    task, brought = second_update(text, rule)
    return compare(task, brought, EXACT)


@pytest.mark.parametrize(
    ("rule", "text"), [("adamw", ADAM), ("adam", ADAM.replace("w = (1 - eta * decay) * w", "g = g + decay * w")),
                       ("momentum", MOMENTUM), ("rmsprop", RMSPROP),
                       ("nesterov", MOMENTUM.replace("eta * m", "eta * (g + 0.9 * m)"))],
)  # fmt: skip
def test_a_right_optimiser_agrees(rule: str, text: str) -> None:
    assert verdict(text, rule).agrees


@pytest.mark.parametrize(("rule", "text", "right", "wrong", "also", "so", "name"), SLIPS, ids=[s[-1] for s in SLIPS])
def test_a_slip_in_an_optimiser_is_named(
    rule: str, text: str, right: str, wrong: str, also: str, so: str, name: str
) -> None:
    assert right in text
    assert also in text
    slipped = text.replace(right, wrong)
    found = verdict(slipped.replace(also, so) if also else slipped, rule)
    if name in BY_NAME:
        assert named(found) == {name}
    else:  # another optimiser than was said is none of the known slips
        assert (found.agrees, named(found)) == (False, set())
