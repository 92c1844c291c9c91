"""The keys of panels: the table's, which there do something of the panel's own, sets of them that many panels have, and
keys of one panel alone."""

from __future__ import annotations

from tuibp.app.key_kinds import LOOK
from tuibp.app.key_row import KeyRow
from tuibp.app.keys import BY_NAME
from tuibp.locale import _

ALL = 99
"""Rows of a page that leads from every row of a list to an end of it."""
LEAVE = KeyRow("escape,x", "leave", key_display="esc", tooltip=_("Leave a panel"), id="leave")
"""What all panels have, and the table has not."""


def own(name: str, key: str, action: str, label: str = "", title: str = "", shown: str | None = None) -> KeyRow:
    """A key of this panel alone, by the panel's name and its own: `race_sweep`."""
    return KeyRow(key, action, label, key_display=shown, tooltip=title, show=bool(label), id=name)


def table(name: str, action: str, label: str = "", title: str = "", beside: tuple[str, ...] = ()) -> KeyRow:
    """The table's key of this name, and a person's own in its place; what it does here."""
    row = BY_NAME[name]
    return KeyRow(
        ",".join(row.keys),
        action,
        label,
        key_display=row.shown,
        tooltip=title,
        show=bool(label),
        id=name,
        beside=beside,
    )


def as_everywhere(name: str, label: str = "", title: str = "") -> KeyRow:
    """The table's key of this name, which does here what it always does."""
    return table(name, f"app.press('{name}')", label, title or BY_NAME[name].title)


def arrows(action: str, label: str, title: str) -> tuple[KeyRow, ...]:
    """Four keys, one action, which is given the direction."""
    first, *others = LOOK
    return (
        table(first, f"{action}('{first}')", label, title, beside=tuple(others)),
        *(table(name, f"{action}('{name}')") for name in others),
    )


def one_of_four(action: str, label: str, title: str) -> tuple[KeyRow, ...]:
    """The digits 1 to 4: `action` is given the number, which counts from 0."""
    first, *others = (f"phase{n}" for n in range(1, 5))
    return (
        table(first, f"{action}(0)", label, title, beside=tuple(others)),
        *(table(name, f"{action}({number})") for number, name in enumerate(others, 1)),
    )


def in_list(label: str, title: str, page: int = 0, page_titles: tuple[str, str] = ("", "")) -> tuple[KeyRow, ...]:
    """Up and down a list by one (`choose`), and by a page of so many rows, if there are any; by ALL: to its ends."""
    keys = [table("up", "choose(-1)", label, title, beside=("down",)), table("down", "choose(1)")]
    if page:
        up, down = page_titles
        keys += [table("scroll_up", f"choose({-page})", "", up), table("scroll_down", f"choose({page})", "", down)]
    if page == ALL:
        keys += [table("start", f"choose({-page})"), table("end", f"choose({page})")]
    return tuple(keys)


def ends(action: str, first: str = "", last: str = "") -> tuple[KeyRow, ...]:
    """To the first and to the last of what the panel walks through: `action` is given 0 or -1."""
    return table("start", f"{action}(0)", "", first), table("end", f"{action}(-1)", "", last)


def leaving(label: str, title: str, *openers: str, action: str = "leave") -> tuple[KeyRow, ...]:
    """Back to what is behind: by esc and x everywhere, and by the keys that led here."""
    row = KeyRow(LEAVE.key, action, label, key_display=LEAVE.key_display, tooltip=title, id=LEAVE.id)
    return (row, *(table(name, action) for name in openers))
