"""When a training run stops before its epochs are over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuibp.core.training import Training
from tuibp.locale import _

Why = Literal["accuracy", "cost", "patience"]


@dataclass(frozen=True)
class Stopped:
    """Why a run stopped."""

    why: Why
    epoch: int
    """After which, 1 for the first."""
    reason: str
    """One sentence."""


class Stopping:
    """The conditions of `training`, asked after each epoch.

    An accuracy is that of the examples held out, where there are some, and otherwise of those trained on. Better is a
    higher accuracy of the held-out examples; where there is none, a lower cost of the training examples.
    """

    def __init__(self, training: Training) -> None:
        self._training = training
        self._best: float | None = None
        self._since = 0

    @property
    def wanted(self) -> bool:
        """Whether there is any condition."""
        t = self._training
        return bool(t.stop_accuracy or t.stop_cost or t.patience)

    def after(self, epoch: int, cost: float, accuracy: float | None, held_out_accuracy: float | None) -> Stopped | None:
        """Whether the run stops after this epoch (1 for the first)."""
        t, right = self._training, accuracy if held_out_accuracy is None else held_out_accuracy
        if t.stop_accuracy and right is not None and right >= t.stop_accuracy:
            text = _("Stopped after epoch {epoch}: {share:.1%} right, {wanted:.1%} were wanted.")
            return Stopped("accuracy", epoch, text.format(epoch=epoch, share=right, wanted=t.stop_accuracy))
        if t.stop_cost and cost <= t.stop_cost:
            text = _("Stopped after epoch {epoch}: the cost is {cost:.4g}, {wanted:g} was wanted.")
            return Stopped("cost", epoch, text.format(epoch=epoch, cost=cost, wanted=t.stop_cost))
        score = -cost if held_out_accuracy is None else held_out_accuracy
        self._since = 0 if self._best is None or score > self._best else self._since + 1
        self._best = score if self._best is None else max(score, self._best)
        if not t.patience or self._since < t.patience:
            return None
        text = (
            _("Stopped after epoch {epoch}: the cost has not fallen for {n} epochs.")
            if held_out_accuracy is None
            else _("Stopped after epoch {epoch}: no more of the held-out examples were right for {n} epochs.")
        )
        return Stopped("patience", epoch, text.format(epoch=epoch, n=t.patience))
