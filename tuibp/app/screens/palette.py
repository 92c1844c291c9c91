"""All commands, as Textual lists them; and what it lists the same way, as the themes."""

from __future__ import annotations

from contextlib import suppress

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, SearchIcon
from textual.css.query import NoMatches

from tuibp.app.widgets.listing import NO_LINES


class CommandSearch(CommandPalette):
    """Textual's fails where keys came faster than it was laid out, or has been left when it has found something."""

    def on_mount(self) -> None:
        """Textual's magnifying glass is a box in common fonts, and black on black in few colours."""
        glass = self.query_one(SearchIcon)
        glass.icon = ">"
        glass.styles.color = self.app.theme_variables["foreground"]
        glass.refresh()

    def _action_command_list(self, action: str) -> None:
        with suppress(*NO_LINES):
            super()._action_command_list(action)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        with suppress(NoMatches):
            gather = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]  # of functools.wraps
            await gather(self, search_value)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """As `Leaving` does: a class of its own beside it would lose Textual's styles."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
