"""What screens over the main one have in common: keys that were pressed ahead may come when they have been left."""

from __future__ import annotations

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Input, OptionList

REPORTS = (Input.Changed, Input.Submitted, OptionList.OptionSelected, events.InputEvent)
"""Of what is typed, clicked or chosen: a screen that has been left has no parts any more to answer it."""


class Leaving(Screen[ScreenResultType]):
    """Textual takes away the screen that is seen, whoever asks; this one takes away itself, and once."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Over(Leaving[ScreenResultType], ModalScreen[ScreenResultType]):
    """A small one, with a line to type in or a list; what these report after it has been left counts no more. Nor does
    a key where the program was told to end before the screen got its parts."""

    async def _on_message(self, message: Message) -> None:
        if (self.is_active and self.children) or not isinstance(message, REPORTS):
            await super()._on_message(message)
