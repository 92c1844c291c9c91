"""What kinds of keys there are, by the names of their rows: what each kind leaves alone, drops or may do."""

from __future__ import annotations

from tuibp.locale import _

LOOK = ("up", "down", "left", "right")
"""The arrows."""

LOOKING = frozenset({
    "up", "down", "left", "right", "tab", "untab", "scroll_up", "scroll_down", "lens", "lens_back", "larger", "smaller",
    "plot", "code", "copy", "repaint", "help", "palette", "save", "settings",
})  # fmt: skip
"""What only looks: what an update did stays marked through these."""

AT_SYMBOL = frozenset({"symbol", "put_back", "next", "previous", "wrong"})
"""What leaves the cursor on a symbol of the equation, or takes it off itself."""

DROPPING = frozenset({"update", "train", "earlier", "later", "reset", "reseed", "open", "notebook", "resume"})
"""What puts a nudge in hand back; it asks first."""

WHILE_REPLAYING = frozenset({
    "up", "down", "left", "right", "tab", "untab", "scroll_up", "scroll_down", "lens", "lens_back", "larger", "smaller",
    "plot", "code", "copy", "put_back", "repaint", "suspend", "help", "palette", "quit",
})  # fmt: skip
"""What can be done while a moment of the log is being replayed."""

IDLE = {
    "up": _("That is the first one."), "down": _("That is the last one."),
    "left": _("There is nothing further to the left."), "right": _("There is nothing further to the right."),
    "start": _("This is the first step."), "end": _("This is the last step."),
    "scroll_up": _("This is where the equation begins."), "scroll_down": _("All of the equation is seen."),
    "larger": _("The tiles are as large as fits."), "smaller": _("The tiles are as small as they get."),
    "zero": _("It is 0 already."), "reset": _("This is the untrained start."),
    "next": _("There is only this example."), "wrong": _("This is the only example that it gets wrong."),
    "tab": _("There is no other panel here."), "untab": _("There is no other panel here."),
    "symbol": _("That is the last symbol of this equation."), "repaint": _("Painted anew."), "suspend": "",
}  # fmt: skip
"""Why a key that may be pressed has changed nothing."""
