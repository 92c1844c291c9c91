"""A line of text to type. What is typed ahead of a slow line is taken in its order."""

from __future__ import annotations

from textual import events
from textual.binding import NoBinding
from textual.widgets import Input

ACROSS = ("up", "down", "pageup", "pagedown")
"""Nothing in one line: they are the list's below it."""


class TypedLine(Input):
    """Textual lets keys with a binding, as backspace is, come after all letters that wait behind them. Here not."""

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable or event.key in ACROSS:
            return  # the base class takes what is printable, the screen the rest
        try:
            bound = self._bindings.get_bindings_for_key(event.key)
        except NoBinding:
            return
        event.stop()
        for binding in bound:
            await self.run_action(binding.action)
