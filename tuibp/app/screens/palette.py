"""All commands, as Textual lists them."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette


class CommandSearch(CommandPalette):
    """Textual's list fails where it is moved in by a page while it has no lines: not laid out yet, or nothing found."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList)._lines:
            super()._action_command_list(action)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """As `Leaving` does: a class of its own beside it would lose Textual's styles."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
