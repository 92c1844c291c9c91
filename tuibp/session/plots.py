"""What the plot can show."""

from __future__ import annotations

from tuibp.session.state import State

PLOTS = ("cost", "log cost", "right", "held out", "errors", "gradients", "histogram")
COSTS = ("cost", "log cost")
"""The plots of the cost that is descended."""
LAYERWISE = ("errors", "gradients")
"""The plots with a curve for each layer."""
LEAST = 20
"""Examples from which on their numbers make a histogram."""


def plots_of(state: State) -> tuple[str, ...]:
    """Those that show something here: without classes nothing is right or wrong, and without examples held out or L2
    decay there is no cost beside the one that is descended."""
    data = state.preset.data
    parts = bool(len(data.test)) or state.settings.l2 != 0.0
    shown = {"right": data.has_classes, "held out": parts and len(data) > 1, "histogram": len(data) >= LEAST}
    return tuple(plot for plot in PLOTS if shown.get(plot, True))
