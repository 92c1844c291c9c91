"""What the help tells before the keys, and in which groups it lists them."""

from __future__ import annotations

from tuibp.locale import _

LEGEND: tuple[tuple[str, str, str], ...] = (
    (_("green"), "bold $accent", _("computed now, or the cursor")),
    (_("orange"), "$warning", _("a positive number; a tile the stronger, the larger it is")),
    (_("blue"), "$secondary", _("a negative number")),
    (_("grey"), "dim", _("an activation, from dark (low) to light (high)")),
    ("z  a  δ", "bold", _("weighted input, activation, error: how fast C grows with z")),
    ("·", "bold", _("not computed yet")),
    ("◂", "bold $accent", _("the output that is wanted")),
    ("✓", "bold $accent", _("the network is right; at step 5: the gradient was verified")),
    (_("reads"), "bold", _("what the step took to compute what is green")),
    ("━━ ╍╍", "bold", _("a wire: solid is a positive weight, dotted a negative")),
)
"""A sign of the main screen, its style, and what it means."""

GROUPS: tuple[tuple[str, str], ...] = (
    (_("Walk"), "step back phase1 phase2 phase3 phase4 phase5 size start end earlier later"),
    (
        _("Look"),
        "up down left right tab untab scroll_up scroll_down lens lens_back larger smaller plot next previous wrong "
        "symbol choose function matrices code proof batch copy",
    ),
    (
        _("Change"),
        "down_nudge up_nudge finer coarser type zero demon direction keep put_back undo redo",
    ),
    (_("Train"), "update train slower faster settings runs confusion surface reset reseed"),
    (_("Learn"), "lessons lesson page_back ask"),
    (_("Screens"), "paths race diagnosis comparison gallery notebook help palette"),
    (_("Files and the rest"), ""),
)
"""Names of keys by what they are for; the last group takes what no other has."""


def group_of(name: str) -> int:
    """The index of a key's group."""
    return next((i for i, (_title, names) in enumerate(GROUPS) if name in names.split()), len(GROUPS) - 1)
