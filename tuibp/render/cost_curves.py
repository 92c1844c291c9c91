"""Costs of several copies over their updates, in one plot."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from rich.style import Style

from tuibp.core.network import Array
from tuibp.locale import _
from tuibp.render.chart import Chart, Series, drawn, tick
from tuibp.render.lines import Row
from tuibp.render.scene import Scene

Curve = tuple[Array, Array, Style]
"""Updates, the cost at each, and how it is drawn."""


def cost_curves(
    scene: Scene, width: int, height: int, curves: Sequence[Curve], last: float | None = None, roof: float = math.inf
) -> list[Row]:
    """As far as the costs are numbers; up to update `last`, or as far as the longest goes. What is higher than `roof`
    runs along the upper edge."""
    series = [Series(x[fine], y[fine], style) for x, y, style in curves if (fine := np.isfinite(y)).any()]
    highest = min(max((float(s.y.max()) for s in series), default=1.0), roof) or 1.0
    if last is None:
        last = max((float(s.x.max()) for s in series), default=1.0)
    last = max(last, 1.0)
    series = [Series(s.x, np.minimum(s.y, highest), s.style) for s in series]
    ticks = [(highest, tick(highest, scene.glyphs)), (0.0, "0")]
    below = [(0.0, "0"), (last, _("update {n:,}").format(n=int(last)))]
    chart = Chart((0.0, last), (0.0, highest), series, ticks, below)
    return drawn(chart, width, height, scene.palette, scene.glyphs).rows()
