"""The runs of the session, laid over each other; measured in the background while one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.measuring import Measuring
from tuibp.app.panel_keys import in_list, leaving, own, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.runs_page import WHATS, RunRow, run_at, runs_plot, runs_table
from tuibp.render.scene import Scene
from tuibp.render.title import step_line, title_line
from tuibp.session.commands import Visit
from tuibp.session.run_words import differences

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

OVER = 5
"""Runs that are drawn at first, the latest."""


class RunsScreen(PictureScreen):
    """Curves above, the list below."""

    SLOTS = ("title", "steps", "plot", "table", "footer", "small")
    WHEEL = ("choose(-1)", "choose(1)")
    BINDINGS = [
        *in_list(_("choose"), _("Choose a run")),
        own("runs_turn", "space", "turn", _("in, out"), _("Draw the chosen run, or draw it no more"), "␣"),
        table("plot", "what", _("plot"), _("What the plot shows: cost, log, held out, share right")),
        own("runs_visit", "enter", "visit", _("go there"), _("To the network at the end of the chosen run")),
        own("runs_save", "v", "save", _("save as CSV"), _("Save all curves of the runs that are drawn as CSV")),
        *leaving(_("close"), _("Back to the steps"), "runs"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._runs = desk.history.log.runs()
        self._labels = differences(self._runs)
        self._chosen = max(len(self._runs) - 1, 0)
        self._over = set(range(max(len(self._runs) - OVER, 0), len(self._runs)))
        self._what = 0
        desk.measuring = self._measuring = desk.measuring or Measuring(desk.background)
        self._work = Lanes(_("What runs led to"), self.tick, desk.background)

    def on_mount(self) -> None:
        plot.load()
        runs = [self._runs[n] for n in sorted(self._over, reverse=True)]
        runs += [run for n, run in enumerate(self._runs) if n not in self._over]
        self._work.drain(self._measuring.of_runs(self._desk.history.log, runs), lambda _none: None)

    def on_unmount(self) -> None:
        self._work.stop()

    def arranged(self, left: int, right: int, upper: int, lower: int) -> None:  # noqa: ARG002
        self.slot("table").styles.height = min(len(self._runs) + 3, max((upper + lower) * 2 // 5, 5))

    @property
    def rows(self) -> list[RunRow]:
        """All that is known of each run by now."""
        return [
            RunRow(run, label, self._measuring.of_run(run), n in self._over)
            for n, (run, label) in enumerate(zip(self._runs, self._labels, strict=True))
        ]

    def picture(self, scene: Scene) -> None:
        rows = self.rows
        self.line("title", title_line(scene, self.size.width))
        self.line("steps", step_line(scene, self.size.width))
        self.panel("plot", scene, lambda w, h: runs_plot(scene, w, h, rows, WHATS[self._what]), "whole")
        self.panel("table", scene, lambda w, h: runs_table(scene, w, h, rows, self._chosen), "whole")
        self.keys("footer", scene)

    def enabled(self, row: KeyRow) -> bool:
        return row.action != "visit" or self._runs[self._chosen].line is not None

    def action_choose(self, by: int) -> None:
        ends = _("That is the first run."), _("That is the last run.")
        self._chosen = self.another(self._chosen, by, len(self._runs), ends)

    def row_clicked(self, slot: str, height: int, y: int) -> None:
        """Choose it; the chosen one again is drawn, or drawn no more."""
        at = run_at(height, len(self._runs), self._chosen, y) if slot == "table" else None
        if at is not None and at == self._chosen:
            self.action_turn()
        elif at is not None:
            self._chosen = at

    def action_turn(self) -> None:
        self._over ^= {self._chosen}
        self.repaint()

    def action_what(self) -> None:
        self._what = (self._what + 1) % len(WHATS)
        self.repaint()

    def action_visit(self) -> None:
        from tuibp.app.actions.stepping import reach

        tip = self._runs[self._chosen].tip
        self.repaint()
        if tip is None:
            self._desk.say(_("This run was undone, and something else was done in its place: its curve is left."))
        elif tip[0] >= len(self._desk.history.entries):
            self._desk.say(_("This run is undone: Z, among the steps, does it again."))
        else:
            self.action_leave()
            reach(self.program, tip, lambda: self._desk.do(Visit(*tip)))

    def action_save(self) -> None:
        """Ask for a file's name."""
        from tuibp.app.saving import Csv, saver
        from tuibp.session.runs_csv import as_csv

        chosen = [(row.run, row.measured) for row in self.rows if row.over or not self._over]
        name = f"{self._desk.state.preset.name}-runs.csv"
        self.program.ask(_("Save the runs as"), name, saver(self.program, Csv(_("the runs"), lambda: as_csv(chosen))))
