"""What becomes of the errors on their way back, of one neuron or of a whole layer: they fade, or they grow."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.meaning.claim import Sentence, Truth, about, times_said
from tuibp.core.meaning.layer import LayerSight
from tuibp.core.meaning.sight import FADED, GROWN, Sight
from tuibp.locale import _


def errors_fade(s: Sight | LayerSight) -> Sentence | None:
    times = s.certainty.ratio(s.given, s.network.last, s.layer)
    if s.network.last - s.layer < 2 or times <= 1.0 / FADED:
        return None
    return Sentence(
        _("The errors shrink going back: the largest here is {times} times smaller than at the output.").format(
            times=times_said(times)
        ),
        lambda t: about(t_ratio(t, s.network.last, s.layer), times),
    )


def errors_grow(s: Sight | LayerSight) -> Sentence | None:
    times = s.certainty.ratio(s.given, s.layer, s.layer + 1)
    if times <= GROWN:
        return None
    return Sentence(
        _("The errors grow going back: the largest here is {times} times that of layer {after}.").format(
            times=times_said(times), after=shown(s.layer + 1)
        ),
        lambda t: about(t_ratio(t, s.layer, s.layer + 1), times),
    )


def t_ratio(t: Truth, one: int, other: int) -> float:
    """The largest error of one layer over the largest of another."""
    return abs(t.delta(one)).max() / abs(t.delta(other)).max()
