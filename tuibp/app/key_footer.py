"""What the footer shows where, from the key table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.actions import learning
from tuibp.app.key_kinds import LOOK
from tuibp.app.keys import BY_NAME, KEYS
from tuibp.app.teaching import asking
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

CHOICES = learning.CHOICES
SYMBOLS = ("left", "right")
NUDGE = ("down_nudge", "up_nudge")

FOOTERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "steps": (
        ("step",), ("back",), ("phase1", "phase5"), ("size",), LOOK, ("tab",), ("lens",), NUDGE, ("update",),
        ("train",), ("symbol",), ("paths",), ("race",), ("next",), ("lessons",), ("open",), ("help",),
    ),
    "steps, compact": (
        ("step",), ("back",), LOOK, ("tab",), NUDGE, ("update",), ("train",), ("lens",), ("lessons",), ("open",),
        ("help",),
    ),
    "nudge": (
        NUDGE, ("finer", "coarser"), ("type",), ("zero",), ("demon",), ("direction",), ("keep",), ("put_back",),
        ("back",), ("plot",), ("paths",), ("help",),
    ),
    "nudge, compact": (NUDGE, ("finer", "coarser"), ("type",), ("demon",), ("direction",), ("keep",), ("help",)),
    "updated": (
        ("update",), ("back",), ("next",), ("step",), LOOK, ("tab",), ("earlier",), ("train",), ("paths",), ("open",),
        ("help",),
    ),
    "updated, compact": (("update",), ("back",), ("next",), ("step",), LOOK, ("train",), ("help",)),
    "asked": (CHOICES, ("step",), ("back",), LOOK, ("tab",), ("lessons",), ("lesson",), ("help",)),
    "lesson": (
        ("keep",), ("page_back",), ("step",), ("back",), LOOK, ("tab",), ("plot",), ("lessons",), ("lesson",),
        ("help",),
    ),
    "lesson, compact": (("keep",), ("page_back",), ("step",), ("back",), LOOK, ("tab",), ("lessons",), ("help",)),
    "symbol": (SYMBOLS, ("copy",), ("next",), ("step",), ("put_back",), ("help",)),
    "training": (("train",), ("slower", "faster"), LOOK, ("lens",), ("plot",), ("settings",), ("quit",), ("help",)),
}  # fmt: skip
"""What the footer shows at a place, most important first; keys of one group share a label."""


def footer(desk: Desk) -> list[tuple[str, str, bool]]:
    """(key, label, enabled) of each group that the footer shows now."""
    return [_group(desk, names) for names in footer_groups(desk)]


def footer_groups(desk: Desk) -> tuple[tuple[str, ...], ...]:
    """The names of the keys in each group of the footer."""
    place = place_of(desk)
    compact = f"{place}, compact"
    groups = FOOTERS[compact if desk.compact and compact in FOOTERS else place]
    only = len(desk.state.preset.data) == 1  # there is no next example that it could ever be
    return tuple(group for group in groups if group != ("next",) or not only)


def place_of(desk: Desk) -> str:
    """What one is in, by its name in FOOTERS; `steps` where it is nothing but the five steps."""
    nudged, updated = desk.state.nudge is not None, desk.before is not None
    place = "training" if desk.training else "nudge" if nudged else "updated" if updated else "steps"
    if place == "steps" and desk.view.symbol is not None:
        place = "symbol"
    elif place in ("steps", "updated"):
        place = learning.footer_place(desk) or place
    return place


def _group(desk: Desk, names: tuple[str, ...]) -> tuple[str, str, bool]:
    keys = [BY_NAME[name] for name in names]
    first = keys[0]
    shown = desk.keymap.together(keys, KEYS)
    if names == ("phase1", "phase5"):
        return shown, _("phase"), True
    if names == CHOICES:
        return "a b c", _("answer"), True
    if names == SYMBOLS:
        return shown, _("symbol"), True
    if names == LOOK:
        return shown, _("look"), True
    label = first.label
    if first.name == "size":
        label = _("size: {size}").format(size=_(desk.view.step_size))
    elif first.name == "train":
        label = _("pause") if desk.training else label
    elif first.name == "put_back" and desk.view.symbol is not None:
        label = _("close")
    elif first.name == "next" and desk.before is not None:
        label = _("next example")
    elif first.name == "slower":
        label = _("slower, faster")
    elif first.name == "keep" and desk.state.nudge is None:
        asked = asking(desk)
        label = _("go on") if asked is None or asked.open is None else _("answer")
    elif first.name == "finer":
        label = _("Δ ×10")
    return shown, label, not first.why_not(desk)
