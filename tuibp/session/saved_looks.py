"""What was looked at, as JSON tables of a saved session and back. A session that has none is read as well."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.log import Log
from tuibp.session.looks import MOST, PRESSED, SCREENS, Look, Looks, only_looks
from tuibp.session.saved_state import view_of, view_table
from tuibp.session.view import View

USUAL = view_table(View())


def looks_table(looks: Looks, log: Log) -> list[dict[str, Any]]:
    """As JSON; of a view, what is not usual."""
    return [
        {
            "after": look.after,
            "view": {key: value for key, value in view_table(look.view).items() if value != USUAL[key]},
            **({} if look.view.symbol is None else {"symbol": look.view.symbol}),
            **({"pressed": list(look.pressed)} if look.pressed else {}),
        }
        for look in looks.standing(log)
    ]


def looks_of(top: Table, log: Log) -> Looks:
    """The looks of a saved session, none where it has none. Raises BadInput."""
    if not top.has("looks"):
        return Looks()
    return Looks(_look_of(table, top, log) for table in top.tables("looks", 2 * MOST))


def _look_of(table: Table, top: Table, log: Log) -> Look:
    table.only(("after", "view", "symbol", "pressed"))
    after = table.whole("after", high=len(log.entries))
    view = view_of(top.nested("looks", {**USUAL, **table.table("view").values}))
    if table.has("symbol"):
        view = replace(view, symbol=table.whole("symbol", high=1_000))
    pressed = table.items("pressed", PRESSED) if table.has("pressed") else []
    screen, *actions = pressed or [""]
    known = not pressed or (screen in SCREENS and all(isinstance(a, str) and only_looks(a) for a in actions))
    if not known:
        raise table.bad("pressed", _("is no screen with keys that only look"))
    return Look(after, log.entries[after - 1] if after else None, view, tuple(pressed))
