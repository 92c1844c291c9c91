"""`explain --batch`: one number over the mini-batch that training takes next, as JSON and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.lines import indented

if TYPE_CHECKING:
    from tuibp.core.mini_batch import MiniBatch, Shares

WIDTH = 76
BAR = 16
"""Cells of the longest bar, to either side."""
MOST = 40
"""Examples that the table lists."""


def contract(batch: MiniBatch, shares: Shares, quantity: str) -> dict[str, Any]:
    """The JSON object."""
    return {
        "quantity": quantity,
        "name": shares.name,
        "update": batch.update,
        "mini_batch": {"number": shown(batch.number), "of": batch.of, "cost": batch.cost},
        "examples": [shown(int(row)) for row in batch.rows],
        "shares": shares.values,
        "mean": shares.mean,
        "agreement": {
            "down": shares.down,
            "up": shares.up,
            "left": None if math.isnan(shares.left) else shares.left,
        }
        if shares.moved
        else None,
        "meaning": shares.meaning,
    }


def table(batch: MiniBatch, shares: Shares, name: str) -> Iterator[str]:
    """The same for people: a bar for each example, the mean, and whether they agree."""
    from tuibp.render.numbers import plain, significant
    from tuibp.render.typeset import typeset

    yield _("{name}  mini-batch {number} of {count}  update {update}  C {cost}").format(
        name=name, number=shown(batch.number), count=batch.of, update=batch.update, cost=significant(batch.cost, 7)
    )
    yield ""
    which = typeset(shares.name)
    yield "  " + _("{name}, a mean over {count} examples").format(name=which, count=len(batch))
    yield ""
    write = plain([*shares.values.tolist(), shares.mean], 12)
    largest = max(map(abs, shares.values.tolist()))
    for row, value in list(zip(batch.rows.tolist(), shares.values.tolist(), strict=True))[:MOST]:
        yield f"  {shown(row):>6}  {write(value)}  {_bar(value, largest)}".rstrip()
    if len(batch) > MOST:
        yield f"  {'':>6}  " + _("and {n} more (--json has all)").format(n=len(batch) - MOST)
    yield f"  {_('mean'):>6}  {write(shares.mean)}  {_bar(shares.mean, largest)}".rstrip()
    yield ""
    yield from indented(typeset(shares.meaning), WIDTH, first="  ", rest="  ")


def _bar(value: float, largest: float) -> str:
    cells = round(BAR * abs(value) / largest) if largest and math.isfinite(value) else 0
    left = "▇" * cells if value < 0 else ""
    return f"{left:>{BAR}}│" + ("▇" * cells if value > 0 else "")
