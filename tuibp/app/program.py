"""What keys and screens ask of the program around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from textual.widget import Widget

    from tuibp.app.desk import Desk
    from tuibp.app.shelf import Shelf
    from tuibp.app.terminal import Terminal
    from tuibp.render.scene import Scene
    from tuibp.session.view import Cursor


class KeyBench(Protocol):
    """Presses keys on a desk without a screen."""

    known: frozenset[str]
    """Keys that it has."""

    @staticmethod
    def press(desk: Desk, keys: Iterable[str]) -> None:
        """Press them, one after the other."""


class Program(Protocol):
    """The program, as far as it is spoken to from below; it knows them, and they know only this."""

    desk: Desk
    shelf: Shelf | None
    terminal: Terminal
    kiosk: bool
    """Whether the person has no business with files."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the screen."""

    def repaint(self) -> None:
        """Paint soon what is on the desk."""

    def scene(self, compact: bool) -> Scene:
        """All that pictures are made of, in this terminal's colours."""

    def ask(
        self,
        question: str,
        value: str,
        accept: Callable[[str], str],
        then: Callable[[], object] | None = None,
        begun: bool = False,
    ) -> None:
        """Ask for one line; `accept` answers with an objection or with nothing, and `then` goes on when it is taken.

        What is typed takes the place of `value`, or with `begun` goes on with it.
        """

    def open(self, name: str) -> None:
        """Open a screen over the main one: a name of `doors.SCREENS`."""

    def list_keys(self) -> None:
        """Open the list of the keys that the screen seen has."""

    def replace(self, desk: Desk) -> None:
        """Another desk altogether."""

    def toggle_training(self, updates: int = 0) -> None:
        """Begin to train until the epochs are done, or for so many updates as fast as it can; or end it."""

    def picture(self) -> str:
        """The screen as SVG."""

    def text(self) -> str:
        """The screen as lines of text."""

    # Lessons

    @property
    def bench(self) -> KeyBench:
        """Where keys are pressed that lead to a page, whatever the screen shows."""

    # The main screen's picture

    def neighbour(self, direction: str) -> Cursor:
        """Where an arrow key takes the cursor."""

    def click(self, part: str, x: int, y: int) -> None:
        """Choose what is drawn in this cell of a part of the main screen."""

    def zoom(self, by: int) -> None:
        """Larger or smaller tiles."""

    def tile_of(self, layer: int) -> str:
        """The kind of tile that a layer is drawn with; empty where it is out of sight."""

    def scroll(self, by: int) -> None:
        """Scroll the equation by lines."""

    # Textual's

    def call_later(self, callback: Callable[..., object], *given: object) -> bool:
        """Call when what waits has been dealt with; from any thread."""

    def copy_to_clipboard(self, text: str) -> None:
        """Of the terminal."""

    def action_press(self, name: str) -> None:
        """Do what a key of the table does."""

    def action_repaint(self) -> None:
        """Send the whole screen again."""

    def action_suspend_process(self) -> None:
        """To the shell."""

    def action_command_palette(self) -> None:
        """Open the list of commands."""

    def exit(self) -> None:
        """Leave."""


def program_of(widget: Widget) -> Program:
    """The program that a widget is part of."""
    return cast(Program, widget.app)
