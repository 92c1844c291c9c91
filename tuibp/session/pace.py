"""How fast a training run goes, in updates a second, and where it stops."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.training import Training, updates_in_epoch
from tuibp.session.state import State

FASTEST = 1e9
"""As fast as it can."""
TOP, SLOWEST = 100_000.0, 1.0
"""The largest pace that is kept to, and the smallest."""
SECONDS = 10.0
"""So long the epochs of a preset take, unless somebody wants another pace."""


@dataclass(frozen=True)
class Progress:
    """Where a run is."""

    epoch: int
    """1 for the first."""
    epochs: int
    """Where it stops."""
    pace: float
    share: float
    """Of the way to where it stops."""
    left: float
    """Seconds until then, at the pace that it really has."""


def usual(training: Training, examples: int) -> float:
    """The pace at which a preset's epochs take about ten seconds, with two digits."""
    pace = training.epochs * updates_in_epoch(training, examples) / SECONDS
    return min(max(float(f"{pace:.1e}"), SLOWEST), TOP)


def scaled(pace: float, factor: float) -> float:
    """Slower or faster; beyond the top as fast as it can, and from there back to it."""
    if pace > TOP:
        return FASTEST if factor > 1 else TOP
    wanted = float(f"{pace * factor:.3g}")
    return FASTEST if wanted > TOP else max(wanted, SLOWEST)


def goal(state: State) -> int:
    """The update after which a run from here stops: the end of the epochs, or of as many again."""
    whole = state.settings.epochs * updates_in_epoch(state.settings, len(state.preset.data.train))
    return (state.update // whole + 1) * whole


def progress(start: State, update: int, end: int, pace: float, real: float) -> Progress:
    """Where a run from `start` to the update `end` is, at a pace that was asked for and a `real` one."""
    each = updates_in_epoch(start.settings, len(start.preset.data.train))
    share = (update - start.update) / (end - start.update)
    epochs = max(-(-end // each), 1)
    return Progress(min(update // each + 1, epochs), epochs, pace, share, (end - update) / max(real, 1e-9))
