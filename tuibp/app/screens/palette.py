"""All commands, as Textual lists them; and what it lists the same way, as the themes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textual import work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, SearchIcon
from textual.css.query import NoMatches
from textual.message import Message

from tuibp.app.widgets.listing import NO_LINES, Listing


class Commands(CommandList, Listing, can_focus=False):
    """What was found. Textual takes styles from the first base alone."""


class CommandSearch(CommandPalette):
    """Textual's fails where keys came faster than it was laid out, or where it has been left when it has found
    something, or when a timer or a watcher of its own comes due."""

    def compose(self) -> ComposeResult:
        for part in super().compose():
            yield Commands() if isinstance(part, CommandList) else part

    def on_mount(self) -> None:
        """Textual's magnifying glass is a box in common fonts, and black on black in few colours."""
        glass = self.query_one(SearchIcon)
        glass.icon = ">"
        glass.styles.color = self.app.theme_variables["foreground"]
        glass.refresh()

    @contextmanager
    def _while_here(self) -> Iterator[None]:
        """That parts are missing is no error where there are none yet, or none any more."""
        try:
            yield
        except NoMatches:
            if self.query(CommandList):
                raise

    async def _dispatch_message(self, message: Message) -> None:
        with self._while_here():
            await super()._dispatch_message(message)

    def _watch__list_visible(self) -> None:
        with self._while_here():
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        with self._while_here():
            await super()._watch__show_busy()

    def _action_command_list(self, action: str) -> None:
        with suppress(*NO_LINES), self._while_here():
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        with self._while_here():
            super()._action_cursor_down()

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        with self._while_here():
            gather = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]  # of functools.wraps
            await gather(self, search_value)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """As `Leaving` does: a class of its own beside it would lose Textual's styles."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
