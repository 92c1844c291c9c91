"""The Textual program: keys become session commands, the state becomes pictures. No mathematics lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from textual.app import SystemCommand
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from tuibp.app import teaching
from tuibp.app.actions.learning import choose
from tuibp.app.actions.own import ask_target, lacks_target
from tuibp.app.actions.training import make_later
from tuibp.app.bench import Bench
from tuibp.app.desk import Desk
from tuibp.app.doors import SCREENS, keys_of
from tuibp.app.garbage import collect_garbage
from tuibp.app.key import Key
from tuibp.app.key_kinds import AT_SYMBOL, DROPPING, IDLE, LOOKING
from tuibp.app.keys import BY_NAME
from tuibp.app.output.first import First
from tuibp.app.painted import PaintedApp
from tuibp.app.screens.main import MainScreen
from tuibp.app.shelf import Shelf
from tuibp.app.terminal import Terminal
from tuibp.app.training import PacedRun
from tuibp.app.widgets.slot import Slot
from tuibp.locale import _
from tuibp.render.typeset import sentence
from tuibp.session.commands import GoTo
from tuibp.session.pace import FASTEST
from tuibp.session.view import Cursor, cursor_of, watched_from


class TuibpApp(PaintedApp):
    """One desk, shown on one screen; other screens are pushed over it."""

    CSS_PATH = "app.tcss"
    TITLE = "tuibp"
    ENABLE_COMMAND_PALETTE = True
    bench, kiosk = Bench, False
    """Whether the person has no business with files."""

    def __init__(
        self,
        desk: Desk,
        terminal: Terminal | None = None,
        shelf: Shelf | None = None,
        picking: bool = False,
        first: First | None = None,
    ) -> None:
        """`shelf` is where the session is saved; with `picking`, the list of networks is opened first; `first` is what
        the terminal shows already."""
        super().__init__(desk, terminal, first)
        self.shelf = shelf
        self._picking = picking
        self.set_keymap(desk.keymap.textual())

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda _theme: self.repaint())
        self.push_screen(MainScreen())
        if self._picking or self.desk.compared is not None:
            self.open("picker" if self._picking else "comparison")
        self.soon(lambda: make_later(self))
        self.soon(collect_garbage)

    def pop_screen(self) -> AwaitComplete:
        """Close what is open over the main screen, which stays: keys that came in one go may ask to close twice."""
        if isinstance(self.screen, MainScreen):
            return AwaitComplete()
        if len(self.screen_stack) == 3:
            self.desk.screen = "main"
        self.show_main()  # it was not painted as long as nothing of it was seen
        return super().pop_screen()

    # Keys

    def action_press(self, name: str) -> None:
        """Do what a key of the table does, or say why it cannot."""
        key, desk = BY_NAME[name], self.desk
        desk.say("")
        if name not in LOOKING:
            desk.leave_marks(name in AT_SYMBOL)
        why_not = key.why_not(desk)
        if desk.screen == "main" and choose(self, name):
            pass  # it was the answer to an open question
        elif why_not:
            desk.say(why_not)
        elif lacks_target(desk, name):
            ask_target(self, lambda: self.action_press(name))
        elif name in DROPPING and desk.state.nudge is not None:
            self._settle(key)
        else:
            before = self._seen()
            desk.attempt(lambda: key.run(self))
            if not desk.message and self._seen() == before:
                desk.say(IDLE.get(name, _("That changes nothing here.")))
        teaching.see(desk)
        if desk.screen == "main":
            desk.seen()
        self.repaint()

    def action_help_quit(self) -> None:
        """ctrl+c: who presses it wants to leave, or to copy."""
        keymap = self.desk.keymap
        self.desk.say(_("{q} leaves, {y} copies.").format(q=keymap.said("quit", "q"), y=keymap.said("copy", "y")))
        self.repaint()

    def _seen(self) -> tuple[object, ...]:
        """What a key can change; a key that changed none of it must say why."""
        desk, history = self.desk, self.desk.history
        view = replace(desk.view, cursor=cursor_of(desk.state, desk.view))
        return (
            desk, history, history.state, history.at, view, desk.run, desk.run and desk.run.pace, desk.awaited,
            desk.before, tuple(self.screen_stack), self.stage.offset, self._exit, *desk.learning,
        )  # fmt: skip

    def _settle(self, key: Key) -> None:
        """A nudge in hand is kept or put back by a question, never dropped without a word."""
        from tuibp.app.screens.in_hand import InHand

        def settled(go_on: bool | None) -> None:
            if go_on:
                self.desk.attempt(lambda: key.run(self))
            self.repaint()

        self.push_screen(InHand(self.desk, key.title), settled)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        keys, do = keys_of(self, screen)
        for key in keys:
            title, shown = (sentence(text, self.desk.glyphs) for text in (key.title, key.shown))
            yield SystemCommand(title, shown, lambda name=key.name: do(name))
        for command in super().get_system_commands(screen):
            if command.title == "Theme":
                yield command
        if not self.kiosk:
            saved = _("Save the picture of this screen")
            yield SystemCommand(_("Screenshot"), saved, lambda: self.action_press("save"))

    def action_command_palette(self) -> None:
        from tuibp.app.screens.palette import CommandSearch

        if not isinstance(self.screen, CommandSearch):
            self.push_screen(CommandSearch())

    def search_themes(self) -> None:
        from textual.theme import ThemeProvider

        from tuibp.app.screens.palette import CommandSearch

        self.push_screen(CommandSearch(providers=[ThemeProvider], placeholder=_("Search for themes…")))

    def watch_slow_line(self, told: str) -> None:
        self.desk.line = told
        self.repaint()

    def ask(
        self, question: str, value: str, accept: Callable[[str], str], then: Callable[[], object] | None = None,
        begun: bool = False,
    ) -> None:  # fmt: skip
        from tuibp.app.screens.prompt import Prompt

        def answered(taken: bool | None) -> None:
            if taken and then is not None:
                then()
            self.repaint()

        self.push_screen(Prompt(question, value, accept, begun), answered)

    def open(self, name: str) -> None:
        self.desk.screen = name
        teaching.see(self.desk)
        self.desk.seen(name)
        self.push_screen(SCREENS[name]()(self.desk))

    def list_keys(self) -> None:
        from tuibp.app.screens.help import Help

        keys, do = keys_of(self, self.screen)
        self.push_screen(Help(keys), lambda name: None if name is None else do(name))

    def toggle_training(self, updates: int = 0) -> None:
        desk = self.desk
        if desk.pause():
            return
        if not updates and (where := watched_from(desk.state, desk.view)) is not None:
            desk.do(GoTo(where))
        pace = FASTEST if updates else desk.pace
        desk.run = PacedRun(desk.history.begin_training(), self._tick, pace, desk.background, updates)

    def _tick(self) -> None:
        """From the training thread."""
        self.call_later(self._trained)

    def _trained(self) -> None:
        run = self.desk.run
        if run is not None and run.over:
            self.desk.pause()
            if run.run.divergence is None and not run.failed:
                self.desk.say(run.done(self.desk.keymap.said("train", "t")))
        self.repaint()

    def neighbour(self, direction: str) -> Cursor:
        return self.stage.neighbour(direction)

    def click(self, part: str, x: int, y: int) -> None:
        from tuibp.app.mouse import Click, click

        main = self.screen_stack[1]
        slot = main.query_one(f"#{part}", Slot)
        click(self, self.stage, part, Click(x, y, main.size.width, slot.size.height, slot.rows))

    def zoom(self, by: int) -> None:
        self.stage.zoom(by)

    def tile_of(self, layer: int) -> str:
        return self.stage.tile_of(layer)

    def scroll(self, by: int) -> None:
        self.stage.scroll(by)
