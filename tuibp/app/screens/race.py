"""The race of equation (46): the passes are really made, in the background; they can be paused and stopped at will."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal

from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import leaving, own
from tuibp.app.screens.picture import PictureScreen
from tuibp.app.widgets.slot import Slot
from tuibp.core import race as core
from tuibp.core.diagonal import Widths, diagonal
from tuibp.core.epsilon import Differenced, sweep
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.race_lanes import race_lanes, race_line
from tuibp.render.scene import Scene
from tuibp.render.sweep import sweep_plot, sweep_text, widths_table, widths_text
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

LANES = 14
"""Lines of the three lanes, their frame and what they say."""


class RaceScreen(PictureScreen):
    """Three lanes above; the sweep over ε, or Σ′(z) against ⊙, below."""

    BINDINGS = [
        own("race_pause", "space", "pause", _("pause"), _("Pause, go on"), "␣"),
        *leaving(
            _("stop, keep what is done"), _("Stop, and keep what is done; again: back to the steps"), action="stop"
        ),
        own("race_again", "r", "again", _("again"), _("Race again")),
        own("race_sweep", "e", "sweep", _("sweep ε"), _("The error of a difference over ε")),
        own("race_diagonal", "h", "diagonal", _("Σ′(z) or ⊙"), _("The matrix form with Σ′(z) against ⊙, timed")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state = desk.state
        self._record: core.Race | None = None
        self._points: list[Differenced] = []
        self._widths: list[Widths] = []
        self._lower = "sweep"
        self._race = Lanes(_("The race"), self.tick, desk.background)
        self._below = Lanes(_("The plot below"), self.tick, desk.background)

    def compose(self) -> ComposeResult:
        yield Slot("title")
        yield Slot("steps")
        yield Slot("lanes")
        with Horizontal(id="lower"):
            yield Slot("plot")
            yield Slot("words")
        yield Slot("footer")
        yield Slot("small")

    def on_mount(self) -> None:
        self.action_again()

    def on_unmount(self) -> None:
        self._race.stop()
        self._below.stop()

    def arranged(self, left: int, right: int, upper: int, lower: int) -> None:  # noqa: ARG002
        self.slot("lanes").styles.height = min(LANES, upper + lower - 8)
        self.slot("words").styles.width = right

    def picture(self, scene: Scene) -> None:
        width = self.size.width
        n = f"{self._state.network.parameters.size:,}"
        before, number, after = _("{n} parameters").format(n=n).partition(n)
        quiet, ink = scene.palette.quiet, scene.palette.ink
        count = ((before, quiet), (number, ink), (after, quiet))
        self.line("title", title_line(scene, width, count))
        self.line("steps", race_line(scene, width))
        self.panel("lanes", scene, lambda w, h: race_lanes(scene, w, h, self._record), "whole")
        if self._lower == "sweep":
            self.panel("plot", scene, lambda w, h: sweep_plot(scene, w, h, self._points))
            self.panel("words", scene, lambda w, h: sweep_text(scene, w, h, self._points), "right")
        else:
            self.panel("plot", scene, lambda w, h: widths_table(scene, w, h, self._widths))
            self.panel("words", scene, lambda w, h: widths_text(scene, w, h, self._widths), "right")
        self.keys("footer", scene)

    def label(self, row: KeyRow) -> str:
        if row.action == "stop" and self._race.stopped:
            return _("back")
        if row.action == "pause" and self._race.paused:
            return _("go on")
        return super().label(row)

    def enabled(self, row: KeyRow) -> bool:
        return row.action != "pause" or not self._race.stopped

    def action_pause(self) -> None:
        if not self._race.stopped:
            self._race.pause()
        self.repaint()

    def action_stop(self) -> None:
        if self._race.stopped:
            self.dismiss()
            self.program.repaint()
        else:
            self._race.stop()
            self.repaint()

    def action_again(self) -> None:
        self._record = None
        self._race.drain(core.race(self._state.network, self._state.shown, perf_counter), self._run)

    def action_sweep(self) -> None:
        self._lower, self._points = "sweep", []
        plot.load()
        self._below.drain(sweep(self._state.network, self._state.shown), self._swept)

    def action_diagonal(self) -> None:
        self._lower, self._widths = "diagonal", []
        self._below.drain(diagonal(perf_counter), self._measured)

    def _run(self, record: core.Race) -> None:
        self._record = record

    def _swept(self, point: Differenced) -> None:
        self._points = [*self._points, point]

    def _measured(self, row: Widths) -> None:
        self._widths = [*self._widths, row]
