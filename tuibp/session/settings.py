"""The settings of training, changed one at a time and checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeGuard

from tuibp.core.optimisers import OPTIMISERS, SMALLEST_EPSILON
from tuibp.core.training import SCHEDULES, Training
from tuibp.files.errors import BadInput
from tuibp.locale import _

Value = float | int | bool | str
Check = Callable[[Value, int], str]
"""What is wrong with a value, given the number of training examples; empty where nothing is."""


def changed(settings: Training, name: str, value: Value, examples: int) -> Training:
    """The settings with one of them changed. Raises BadInput where there is no such setting or value.

    `examples` is the number of training examples, the largest mini-batch.
    """
    if name not in _CHECKS:
        raise BadInput(_("There is no setting {name}.").format(name=name))
    problem = _CHECKS[name](value, examples)
    if problem:
        raise BadInput(problem)
    kind = type(getattr(settings, name))
    return replace(settings, **{name: kind(value)})


def typed(text: str) -> Value:
    """The number that a person typed; nan, which no setting takes, where it is none."""
    try:
        number = float(text.replace("−", "-"))
    except ValueError:
        return math.nan
    return int(number) if number.is_integer() else number


def scaled(value: Value, factor: float) -> Value:
    """A setting made smaller or larger: a whole number stays one and 1 or more, what is true or false is turned."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value
    return max(1, round(value * factor)) if isinstance(value, int) else float(f"{value * factor:.6g}")


def _positive(value: Value, _examples: int) -> str:
    return "" if _number(value) and value > 0 else _("η is a number above 0.")


def _not_negative(value: Value, _examples: int) -> str:
    return "" if _number(value) and value >= 0 else _("λ is 0 or a number above.")


def _batch(value: Value, examples: int) -> str:
    fits = _whole(value) and 1 <= value <= examples
    return "" if fits else _("A mini-batch has 1 to {n} examples.").format(n=examples)


def _truth(value: Value, _examples: int) -> str:
    return "" if isinstance(value, bool) else _("Biases are trained or not: true or false.")


def _count(value: Value, _examples: int) -> str:
    return "" if _whole(value) and 1 <= value <= 1_000_000 else _("Epochs are 1 to 1000000.")


def _seed(value: Value, _examples: int) -> str:
    return "" if _whole(value) and 0 <= value < 2**63 else _("A seed is a whole number, 0 or more.")


def _decay(name: str) -> Check:
    def check(value: Value, _examples: int) -> str:
        fits = _number(value) and 0 <= value < 1
        return "" if fits else _("{name} is a number from 0 to below 1.").format(name=name)

    return check


def _epsilon(value: Value, _examples: int) -> str:
    fits = _number(value) and SMALLEST_EPSILON <= value <= 1
    return "" if fits else _("ε is a number from {low:g} to 1.").format(low=SMALLEST_EPSILON)


def _factor(value: Value, _examples: int) -> str:
    fits = _number(value) and 0 <= value <= 1
    return "" if fits else _("The factor of a step is a number from 0 to 1.")


def _share(value: Value, _examples: int) -> str:
    fits = _number(value) and 0 <= value <= 1
    return "" if fits else _("A share right is a number from 0 to 1; 0 stops at none.")


def _cost(value: Value, _examples: int) -> str:
    fits = _number(value) and value >= 0
    return "" if fits else _("A cost to stop at is 0 or a number above; 0 stops at none.")


def _patience(value: Value, _examples: int) -> str:
    fits = _whole(value) and 0 <= value <= 1_000_000
    return "" if fits else _("Patience is 0 to 1000000 epochs; 0 stops at none.")


def _one_of(names: Sequence[str]) -> Check:
    def check(value: Value, _examples: int) -> str:
        return (
            "" if isinstance(value, str) and value in names else _("There are: {names}.").format(names=", ".join(names))
        )

    return check


def _number(value: Value) -> TypeGuard[float]:
    try:
        return not isinstance(value, bool | str) and math.isfinite(value)
    except OverflowError:  # a whole number beyond all others
        return False


def _whole(value: Value) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: dict[str, Check] = {
    "eta": _positive,
    "l2": _not_negative,
    "batch_size": _batch,
    "train_biases": _truth,
    "epochs": _count,
    "seed": _seed,
    "optimiser": _one_of(tuple(OPTIMISERS)),
    "momentum": _decay("μ"),
    "rho": _decay("ρ"),
    "beta1": _decay("β₁"),
    "beta2": _decay("β₂"),
    "epsilon": _epsilon,
    "schedule": _one_of(SCHEDULES),
    "step_epochs": _count,
    "step_factor": _factor,
    "stop_accuracy": _share,
    "stop_cost": _cost,
    "patience": _patience,
}
