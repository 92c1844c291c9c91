"""What the keys act on: one person's history and view. It knows no terminal, so that it can be driven without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.averaging import Averages, quick
from tuibp.app.background import Background
from tuibp.app.checking import Checks
from tuibp.app.keymap import Keymap
from tuibp.app.reading import REASON
from tuibp.files.errors import BadInput, printable
from tuibp.files.once import load_once
from tuibp.files.preset import Preset
from tuibp.locale import _
from tuibp.render.glyphs import UNICODE, Glyphs
from tuibp.render.palette import Palette
from tuibp.render.scene import Scene
from tuibp.session.commands import Command, Open
from tuibp.session.history import History
from tuibp.session.looks import SCREENS, Looks
from tuibp.session.marks import Marks
from tuibp.session.pace import usual
from tuibp.session.plots import COSTS, plots_of
from tuibp.session.state import State
from tuibp.session.told import Told, told_by_lesson, told_by_quiz
from tuibp.session.updated import Updated
from tuibp.session.view import View, cursor_of, first_view, lens_of, parameter_under

if TYPE_CHECKING:
    from tuibp.app.awaited import Awaited
    from tuibp.app.compared import Compared
    from tuibp.app.measuring import Measuring
    from tuibp.app.training import PacedRun
    from tuibp.core.diagnosis.examination import Diagnosis
    from tuibp.core.training import Training
    from tuibp.session.quiz import Quiz
    from tuibp.session.shares import ShareCurve
    from tuibp.session.sitting import Sitting
    from tuibp.session.training_run import TrainingRun


class Desk:
    """History and view, with the last key's answer and the training run under way."""

    def __init__(self, history: History, view: View | None = None) -> None:
        self.history = history
        self.view = view or first_view(history.state.network)
        self.message = ""
        self.wrong = False
        self.run: PacedRun | None = None
        self.awaited: Awaited | None = None
        """A replay of the moment that is being gone to, or the reading of a file."""
        self.resumable = False
        """Whether a session was cut off and can be gone on with."""
        self.palette = Palette()
        self.glyphs: Glyphs = UNICODE
        self.compact = True
        self.background = Background(self._could_not)
        self.checks = Checks(self.background)
        self.averages = Averages(self.background)
        self.before: State | None = None
        """The state before the update that was just made, until the next key."""
        self.later = 0
        """Updates of the opening that are still to be made, as a run."""
        self.measuring: Measuring | None = None
        """Once somebody has looked at how many examples are right."""
        self.changed: Callable[[], None] = lambda: None
        """Called, from any thread, when there is something new to paint."""
        self.examined: tuple[Preset, Training, Diagnosis] | None = None
        """What the last diagnosis was of, and what it found: who comes back to it need not wait again."""
        self.copied: tuple[object, int] = (None, 0)
        """What the copy key was last pressed on, and which of its forms it took."""
        self.keymap = Keymap()
        """The person's keys."""
        self.own_pace: float | None = None
        """Updates a second that the person wants of every run; None: what is usual."""
        self.line = ""
        """What the title says of a slow line."""
        self.compared: Compared | None = None
        """What the person brought of their own backpropagation."""
        self.screen = "main"
        """The screen that is seen, by its name in `doors`."""
        self.lesson: Sitting | None = None
        self.quiz: Quiz | None = None
        """While each step is asked about first."""
        self.marks = Marks()
        self.looks = Looks()
        """What was looked at, for who is handed the session."""
        self.learned: Callable[[Marks], None] = lambda _marks: None
        """Called when something was learned, to keep it."""

    @staticmethod
    def of(preset: Preset) -> Desk:
        """A desk with this network on it, at step 1."""
        desk = Desk(History.open(preset, load=load_once))
        desk.later = preset.opening.later
        desk.say(" ".join(preset.notes))
        return desk

    def follow(self, before: Desk) -> None:
        """Take over what is the person's and the terminal's, not the network's, from the desk before."""
        self.glyphs, self.line, self.changed = before.glyphs, before.line, before.changed
        self.marks, self.learned = before.marks, before.learned
        self.keymap, self.own_pace = before.keymap, before.own_pace
        self.compared = self.compared or before.compared

    @property
    def state(self) -> State:
        """What is on the desk now; while training, the network as it is at this moment."""
        if self.run is None:
            return self.history.state
        return self.run.run.state()

    @property
    def training(self) -> bool:
        return self.run is not None

    @property
    def pace(self) -> float:
        """Updates a second of a training run."""
        state = self.history.state
        return self.view.pace or self.own_pace or usual(state.settings, len(state.preset.data.train))

    def do(self, command: Command) -> str:
        """Carry out a command and log it; a training run under way is paused first. Returns why it could not be done,
        which is said too; empty when it was."""
        self.pause()
        return self.attempt(lambda: self.history.do(command))

    def attempt(self, work: Callable[[], object]) -> str:
        """The one door for all that may be refused: where it raises BadInput, say why, and return it."""
        try:
            work()
        except BadInput as refused:
            self.say(printable(refused, REASON), wrong=True)
            return self.message
        return ""

    def pause(self) -> bool:
        """End the training run, if there is one, and keep what it learned. Returns whether there was one."""
        if self.run is None:
            return False
        training, self.run = self.run, None
        run = training.stop()
        self.history.commit(run)
        if self.measuring is not None and run.updates:
            self.measuring.adopt(run, self.history.entries[-1])
        if run.divergence is not None:
            self.say(run.divergence.reason, wrong=True)
        return True

    def open(self, target: str) -> str:
        """Another network, as one more entry of the log, with a view of its own; returns why not, as `do`."""
        objection = self.attempt(lambda: load_once(target)) or self.do(Open(load_once(target).source))
        if not objection:
            self.view = first_view(self.state.network)
            self.later = load_once(target).opening.later
            if notes := load_once(target).notes:
                self.say(" ".join(notes))
        return objection

    def look(self, **changes: object) -> None:
        """Change the view. Another number has an equation of its own: the cursor leaves the symbols of this one."""
        if not changes.keys().isdisjoint(("cursor", "lens", "panel", "code")):
            changes.setdefault("symbol", None)
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # names are View's own fields

    def seen(self, screen: str = "") -> None:
        """Remember what is looked at now: the main screen, or one that opens over it."""
        if self.run is None and self.awaited is None and (not screen or screen in SCREENS):
            history = self.history
            self.looks.see(history.log, history.floor + history.at, self.view, (screen,) if screen else ())

    def leave_marks(self, symbol_stays: bool) -> None:
        """A key that does something: what an update did is marked no more, and the cursor leaves the symbols."""
        self.before = None
        if not symbol_stays:
            self.look(symbol=None)

    def say(self, message: str, wrong: bool = False) -> None:
        self.message, self.wrong = message, wrong

    def _could_not(self, what: str, reason: str) -> None:
        """From any thread: work in the background failed."""
        self.say(_("{what} could not be computed: {reason}").format(what=what, reason=reason), wrong=True)
        self.changed()

    def moment(self) -> object:
        """Equal as long as nothing was done: whether there is something to save. May be called from any thread."""
        run = self.run
        return self.history.state, self.history.at, self.view, 0 if run is None else run.run.updates

    @property
    def kept(self) -> tuple[History, View, TrainingRun | None]:
        """What the person is doing, to be saved; may be called from any thread."""
        run = self.run
        return self.history, self.view, None if run is None else run.run

    @property
    def learning(self) -> tuple[object, ...]:
        """What a key can change of a lesson or a question."""
        lesson, quiz = self.lesson, self.quiz
        asking = lesson.asking if lesson is not None else None if quiz is None else quiz.asking
        return (
            lesson, quiz, asking, asking and len(asking.answers),
            lesson and (lesson.mark, lesson.hidden, lesson.warned, lesson.is_done),
        )  # fmt: skip

    @property
    def told(self) -> Told | None:
        """What is told where the plot stands otherwise."""
        if self.lesson is not None:
            return None if self.lesson.hidden else told_by_lesson(self.lesson)
        return None if self.quiz is None or self.training else told_by_quiz(self.quiz)

    def scene(self) -> Scene:
        """All that the picture is made of."""
        state = self.state
        return Scene(
            state=state,
            view=self.view,
            cursor=cursor_of(state, self.view),
            lens=lens_of(state, self.view),
            palette=self.palette,
            glyphs=self.glyphs,
            curve=self.history.curve() if self.run is None else self.run.run.curve(),
            updated=self._updated(state),
            shares=self._shares(),
            compact=self.compact,
            checked=None if self.training else self.checks.of(state, self.changed),
            progress=None if self.run is None else self.run.progress,
            mean=self._mean(state),
            line=self.line,
            lesson=self.told,
            message=self.message if self.awaited is None else self.awaited.told,
            message_wrong=self.wrong,
        )

    @property
    def _means_are_quick(self) -> bool:
        """Whether the mean over all examples can be had all along a run; of one example it is the cost itself."""
        state = self.history.state
        return len(state.preset.data) > 1 and quick(state.network, state.preset.data)

    def _mean(self, state: State) -> float | None:
        if not self.training or not self._means_are_quick:
            return None
        return self.averages.of(state.network, state.preset.data, self.changed)

    def _updated(self, state: State) -> Updated | None:
        before = self.before
        if before is None or self.training or before.network.sizes != state.network.sizes:
            return None
        data = state.preset.data
        means = [self.averages.of(s.network, data, self.changed) if len(data) > 1 else None for s in (before, state)]
        return Updated(before, state, parameter_under(before, self.view), *means)

    def _shares(self) -> ShareCurve | None:
        state, plot = self.history.state, self.view.plot
        if self.awaited is not None or (plot in COSTS and not self._means_are_quick) or plot not in plots_of(state):
            return None
        from tuibp.app.measuring import Measuring

        self.measuring = self.measuring or Measuring(self.background)
        self.measuring.reads_layers = plot == "histogram"
        return self.measuring.of(self.history, None if self.run is None else self.run.run, self.changed)
