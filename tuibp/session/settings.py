"""The settings of training, changed one at a time and checked."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from tuibp.core.training import Training
from tuibp.files.errors import BadInput
from tuibp.locale import _

Value = float | int | bool


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


def _number(value: Value) -> bool:
    try:
        return not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number beyond all others
        return False


def _whole(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Value, int], str]] = {
    "eta": _positive,
    "l2": _not_negative,
    "batch_size": _batch,
    "train_biases": _truth,
    "epochs": _count,
    "seed": _seed,
}
