"""The notebook of experiments: choose one to go back to its moment, or save them all."""

from __future__ import annotations

from tuibp.app.desk import Desk
from tuibp.app.panel_keys import in_list, leaving, own
from tuibp.app.screens.picture import PictureScreen
from tuibp.locale import _
from tuibp.render.notebook import experiment_at, notebook
from tuibp.render.scene import Scene
from tuibp.render.title import step_line, title_line

MOMENT = _("Back to the moment of the chosen experiment")


class Notebook(PictureScreen):
    """A table; the log has what stands in it."""

    SLOTS = ("title", "steps", "table", "footer", "small")
    BINDINGS = [
        *in_list(_("choose"), _("Choose an experiment")),
        own("notebook_return", "enter", "go_back", _("back to that moment"), MOMENT),
        *leaving(_("close"), _("Back to the steps"), "notebook"),
        own("notebook_save", "c", "save", _("save as CSV"), _("Save the notebook as CSV")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._experiments = desk.history.experiments()
        self._chosen = len(self._experiments) - 1

    def picture(self, scene: Scene) -> None:
        self.line("title", title_line(scene, self.size.width))
        self.line("steps", step_line(scene, self.size.width))
        self.panel("table", scene, lambda w, h: notebook(scene, w, h, self._experiments, self._chosen), "whole")
        self.keys("footer", scene)

    def action_choose(self, by: int) -> None:
        ends = _("That is the first experiment."), _("That is the last experiment.")
        self._chosen = self.another(self._chosen, by, len(self._experiments), ends)

    def row_clicked(self, slot: str, height: int, y: int) -> None:
        """Choose it; the chosen one again goes back to it."""
        at = experiment_at(height, len(self._experiments), self._chosen, y) if slot == "table" else None
        if at is not None and at == self._chosen:
            self.action_go_back()
        elif at is not None:
            self._chosen = at

    def action_go_back(self) -> None:
        from tuibp.app.actions.stepping import reach

        visit = self._experiments[self._chosen].moment
        self.action_leave()
        reach(self.program, (visit.entry, visit.offset), lambda: self._desk.do(visit))

    def action_save(self) -> None:
        from tuibp.app.saving import saver

        self.program.ask(_("Save the notebook as"), f"{self._desk.state.preset.name}.csv", saver(self.program))
