"""What a training run led to: which classes are taken for which, or how near numbers come; and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tuibp.core.activations import ACTIVATIONS
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.epochs import EpochResult
    from tuibp.files.preset import Preset


def led_to(preset: Preset, results: Sequence[EpochResult]) -> dict[str, Any]:
    """`classes` with their confusion matrix (rows: what is wanted), or `fit`, over the held-out examples if there are
    some and otherwise those trained on; empty without a result."""
    from tuibp.core.scores import confusion, fit

    if not results:
        return {}
    data, network = preset.data, results[-1].network
    rows, which = (data.test, "held_out") if len(data.test) else (data.train, "trained_on")
    if not data.has_classes:
        found = fit(network, data, rows)
        return {"fit": {"of": which, "r2": found.r2, "mean_error": found.mean_error}}
    made = confusion(network, data, rows)
    right = [None if share != share else float(share) for share in made.right]
    names = list(data.class_names) or None
    return {"classes": {"of": which, "names": names, "accuracy": right, "confusion": made.counts.tolist()}}


def in_the_end(preset: Preset, results: Sequence[EpochResult]) -> Iterator[str]:
    """The same for a person, in a line; and that neurons are dead, or that the cost has long ceased to fall."""
    import numpy as np

    from tuibp.core.gradient import CHUNK
    from tuibp.core.layers import layers_of
    from tuibp.core.scores import confusion, fit
    from tuibp.core.verdict import class_name
    from tuibp.render.numbers import significant

    data = preset.data
    network = results[-1].network
    rows = data.test if len(data.test) else data.train
    if data.has_classes:
        worst = confusion(network, data, rows).worst
        if worst is not None and worst[2] > 1:
            text = _("Most often wrong: {wanted} is taken for {said}, {n} times.")
            wanted, said = (class_name(data, label) for label in worst[:2])
            yield text.format(wanted=wanted, said=said, n=worst[2])
    elif len(data) > 1:
        found = fit(network, data, rows)
        if found.r2 is not None:
            text = _("R² is {r2}, and outputs are off by {error} on average.")
            yield text.format(r2=significant(found.r2, 4), error=significant(found.mean_error, 3))
    a = layers_of(network, data.x[data.train[:CHUNK]]).a
    for layer in range(1, network.last):
        silent = int((~a[layer].any(axis=0)).sum()) if ACTIVATIONS[network.activations[layer - 1]].turns_off else 0
        if silent:
            text = _("{n} of {all} neurons of layer {layer} are silent on the examples looked at: they cannot learn.")
            yield text.format(n=silent, all=network.sizes[layer], layer=layer + 1)
    costs = np.array([result.cost for result in results])
    level = plateau(costs.tolist())
    if level:
        text = _("Plateau: the cost has changed by less than a hundredth over the last {n} epochs.")
        yield text.format(n=level)


LEAST = 5
"""Epochs from which on a level stretch is called a plateau."""


def plateau(costs: list[float]) -> int:
    """How many of the last epochs lie within a hundredth of the last cost; 0 where they are fewer than LEAST, or the
    cost is as good as nothing beside the first."""
    last = costs[-1]
    if len(costs) <= LEAST or last <= 0.01 * costs[0]:
        return 0
    level = 0
    for cost in reversed(costs[:-1]):
        if abs(cost - last) > 0.01 * last:
            break
        level += 1
    return level if level >= LEAST else 0
