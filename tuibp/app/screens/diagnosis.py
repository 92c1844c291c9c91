"""Why it does not learn: the examination runs in the background; a finding's place can be gone to, its cure taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import in_list, leaving, own, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.diagnosis.examination import Diagnosis, Finding, Headway, diagnose
from tuibp.files.changed import case_of
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.diagnosis_page import (
    cure_plot,
    diagnosis_title,
    findings_panel,
    first_line,
    lines_of,
    progress_panel,
)  # fmt: skip
from tuibp.render.findings import Told
from tuibp.render.frame import framed, inside
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

PLOT = 14
"""Lines of the plot, where there are enough."""


class DiagnosisScreen(PictureScreen):
    """The network examined is the one that was opened, with the settings of now."""

    WHEEL = ("scroll(-3)", "scroll(3)")
    BINDINGS = [
        *in_list(_("choose"), _("Choose a finding")),
        own("diagnosis_see", "enter", "see", _("see it"), _("To the update, layer and neuron where it shows")),
        own("diagnosis_take", "t", "take", _("try the cure"), _("Take the cure, from the start; z undoes it")),
        own("diagnosis_again", "r", "again", _("again"), _("Examine again")),
        table("scroll_up", "scroll(-5)", _("scroll"), _("Scroll up")),
        table("scroll_down", "scroll(5)", "", _("Scroll down")),
        *leaving(_("close"), _("Stop, and back to the steps"), "diagnosis"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._of = desk.state.preset, desk.state.settings
        self._case = case_of(replace(desk.state.preset, training=desk.state.settings))
        self._now: Headway | None = None
        self._found: Diagnosis | None = None
        self._chosen = 0
        self._top = 0
        self._lines: tuple[int, Diagnosis | None, list[Told]] = 0, None, []
        self._work = Lanes(_("The diagnosis"), self.tick, desk.background)

    def on_mount(self) -> None:
        kept = self._desk.examined
        if kept is not None and kept[0] is self._of[0] and kept[1] == self._of[1]:
            plot.load()
            self._found = kept[2]
            self.repaint()
        else:
            self.action_again()

    def on_unmount(self) -> None:
        self._work.stop()

    def picture(self, scene: Scene) -> None:
        width = self.size.width
        self.line("title", title_line(scene, width))
        self.line("steps", diagnosis_title(scene, self._found, width))
        slot = self.slot("whole")
        height = slot.size.height
        found = self._found
        if found is None:
            panel = progress_panel(scene, *inside(scene, width, height, "whole"), self._now)
            slot.show(framed(panel, scene, width, height, "whole"))
        else:
            lower = self._lower
            size = inside(scene, width, height - lower, "whole")
            self._remember(scene, found, size[0])
            lines = self._lines[2]
            self._top = max(min(self._top, len(lines) - size[1]), 0)
            panel = findings_panel(scene, *size, lines, self._chosen, self._top)
            rows = framed(panel, scene, width, height - lower, "whole")
            if lower:
                below = cure_plot(scene, *inside(scene, width, lower, "whole"), self._finding)
                rows += framed(below, scene, width, lower, "whole")
            slot.show(rows)
        self.keys("footer", scene)

    def _remember(self, scene: Scene, found: Diagnosis, width: int) -> None:
        """The lines as long as they are those of this width."""
        if self._lines[0] != width or self._lines[1] is not found:
            self._lines = width, found, lines_of(scene, width, found)

    @property
    def _finding(self) -> Finding | None:
        found = self._found
        return found.findings[self._chosen] if found is not None and found.findings else None

    def enabled(self, row: KeyRow) -> bool:
        if row.action in ("choose(-1)", "see"):
            return self._finding is not None
        if row.action == "take":
            return self._finding is not None and not self._finding.cure.control
        return True

    def action_choose(self, by: int) -> None:
        found = self._found
        if found is None or not found.findings:
            self._desk.say(_("Nothing has been found yet.") if found is None else _("There is no finding to choose."))
            return
        ends = _("That is the first finding."), _("That is the last finding.")
        self._chosen = self.another(self._chosen, by, len(found.findings), ends)
        self._top = first_line(self._lines[2], self._chosen, self._room())

    @property
    def _lower(self) -> int:
        """Lines of the plot, none where there are few or nothing was found."""
        return PLOT if self._finding is not None and self.slot("whole").size.height >= 2 * PLOT + 4 else 0

    def _room(self) -> int:
        """Lines of findings that are seen."""
        height = self.slot("whole").size.height - self._lower
        return inside(self._desk.scene(), self.size.width, height, "whole")[1]

    def action_scroll(self, by: int) -> None:
        before = self._top
        self._top = max(min(before + by, len(self._lines[2]) - self._room()), 0)
        if self._top == before:
            self._desk.say(_("There are no lines above.") if by < 0 else _("There are no lines below."))
        self.repaint()

    def action_see(self) -> None:
        """To where the chosen finding shows."""
        from tuibp.app.spot import see

        if self._finding is None:
            self._desk.say(_("There is nothing to see yet."))
            return
        spot = self._finding.suspicion.see
        if not self._desk.attempt(lambda: see(self._desk, spot.update, spot.layer, spot.j)):
            self.action_leave()
            self._desk.say(self._finding.suspicion.seen)

    def action_take(self) -> None:
        """Go on with the chosen finding's cure, as one more entry of the log."""
        finding = self._finding
        if finding is None or finding.cure.control or "=" not in finding.cure.change:
            self._desk.say(_("There is no cure to take here."))
            return
        from tuibp.files.changed import target_now
        from tuibp.files.once import load_once
        from tuibp.files.plus import with_lines

        preset = self._desk.state.preset
        now = target_now(load_once(preset.source), preset, self._desk.state.settings)
        if not self._desk.open(with_lines(now, finding.cure.change)):
            self.action_leave()
            self._desk.say(_("From its start with {change}: t trains it, z undoes.").format(change=finding.cure.change))

    def action_again(self) -> None:
        plot.load()
        self._found, self._now, self._chosen, self._top = None, None, 0, 0
        self._work.drain(self._story(), self._told)

    def _story(self) -> Iterator[Headway]:
        self._found = yield from diagnose(self._case, perf_counter)
        self._desk.examined = *self._of, self._found

    def _told(self, now: Headway) -> None:
        self._now = now
