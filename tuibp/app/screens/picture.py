"""A screen made of slots: what the paths, the race, the notebook and the picker have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tuibp.app.arrangement import LEAST, arrange, too_small
from tuibp.app.key_row import KeyRow
from tuibp.app.keys import BY_NAME, row_of
from tuibp.app.panel_keys import as_everywhere, table
from tuibp.app.program import program_of
from tuibp.app.screens.over import Leaving
from tuibp.app.widgets.slot import Slot
from tuibp.locale import _
from tuibp.render.footer import Item, footer, key_at
from tuibp.render.frame import Side, framed, inside
from tuibp.render.lines import Row, blank
from tuibp.render.message import laid_over, with_message
from tuibp.render.scene import Panel, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.app.screens.help import Listed
    from tuibp.render.copied import Copied, Form


class PictureScreen(Leaving[None]):
    """Paints on every change of size and when asked to; many requests make one picture."""

    AUTO_FOCUS = None
    SLOTS: tuple[str, ...] = ("title", "steps", "whole", "footer", "small")
    """Places from above to below; the last takes all where the window is too small for the others."""
    WHEEL = ("", "")
    """Actions of the wheel, turned up and down."""
    BINDINGS = [
        as_everywhere("help", BY_NAME["help"].label, _("These keys, searchable")),
        *map(as_everywhere, ("quit", "suspend", "save", "repaint")),
    ]
    COPY = table("copy", "copy", "", BY_NAME["copy"].title)
    """Of a screen that has something under its cursor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._due = False

    @property
    def program(self) -> Program:
        return program_of(self)

    def compose(self) -> ComposeResult:
        for name in self.SLOTS:
            yield Slot(name)

    def picture(self, scene: Scene) -> None:
        """Fill the slots."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        sizes = arrange(max(width, LEAST[0]), max(height, LEAST[1]))
        self.set_class(width < LEAST[0] or height < LEAST[1], "small")
        self.set_class(not sizes.compact, "roomy")
        self.arranged(sizes.left, sizes.right, sizes.upper, sizes.lower)

    def arranged(self, left: int, right: int, upper: int, lower: int) -> None:
        """Give the slots their sizes."""

    def on_key(self, event: events.Key) -> None:
        """What was said is said until the next key; a key of the steps says why it does nothing here."""
        desk, rows = self.program.desk, self.key_rows()
        key = row_of(desk, event.key)
        desk.say("")
        own = next((row for row in rows if event.key in desk.keymap.keys(row, rows)), None)
        if own is not None:
            desk.looks.press(own.action)
        elif key is not None and event.key not in self.app._bindings.key_to_bindings:
            desk.say(_("“{title}” is a key of the steps; esc goes back to them.").format(title=key.title))
        self.program.repaint()

    async def on_mouse_scroll_up(self) -> None:
        await self._turned(0)

    async def on_mouse_scroll_down(self) -> None:
        await self._turned(1)

    async def _turned(self, way: int) -> None:
        if self.WHEEL[way]:
            self.program.desk.looks.press(self.WHEEL[way])
            await self.run_action(self.WHEEL[way])

    def repaint(self) -> None:
        """Paint soon; may be asked for from any thread."""
        if not self._due:
            self._due = True
            self.app.call_later(self.paint)

    def tick(self) -> None:
        """Paint soon, if one is still here: for a thread that works for this screen."""
        if self.is_running:
            self.repaint()

    def another(self, chosen: int, by: int, count: int, ends: tuple[str, str]) -> int:
        """The row of a list of so many that lies so far from the chosen one; at the first and at the last it is said
        that there is none beyond."""
        following = min(max(chosen + by, 0), max(count - 1, 0))
        if following == chosen:
            self.program.desk.say(ends[by > 0])
        self.repaint()
        return following

    def action_leave(self) -> None:
        """Back to what is behind."""
        self.dismiss()
        self.program.repaint()

    def paint(self) -> None:
        self._due = False
        if not (self.is_attached and self.query(Slot)):  # none before it is composed, nor while the program ends
            return
        if self.has_class("small"):
            self.slot("small").show(too_small(*self.size))
            return
        scene = self.program.scene(not self.has_class("roomy"))
        for slot in self.query(Slot):
            slot.ground = scene.palette.under
        self.picture(scene)

    # Placing

    def slot(self, name: str) -> Slot:
        return self.query_one(f"#{name}", Slot)

    def line(self, name: str, row: Row) -> None:
        slot = self.slot(name)
        slot.show([*(blank(slot.size.width) for _above in range(slot.size.height - 1)), row])

    def panel(
        self, name: str, scene: Scene, picture: Callable[[int, int], Panel], side: Side = "left", joint: str = ""
    ) -> None:
        """A panel and its frame."""
        width, height = self.slot(name).size
        self.slot(name).show(framed(picture(*inside(scene, width, height, side)), scene, width, height, side, joint))

    def keys(self, name: str, scene: Scene) -> None:
        """The footer, from this screen's own bindings."""
        row = footer(self._items(), self.size.width, scene.palette, scene.glyphs)
        height = self.slot(name).size.height
        foot, above = with_message(
            [*(blank(self.size.width) for _row in range(height - 1)), row], scene, self.size.width
        )
        self.slot(name).show(foot)
        self._lay_over(name, above)

    def _lay_over(self, name: str, rows: list[Row]) -> None:
        """What does not fit the foot, over the panels that stand on it."""
        foot = self.slot(name).region
        for slot in self.query(Slot) if rows else ():
            at = slot.region
            if at.bottom == foot.y and at.width:
                slot.show(laid_over(slot.rows, rows, at.x, at.right))

    def _items(self) -> list[Item]:
        rows, keymap = self.key_rows(), self.program.desk.keymap
        named = {row.name: row for row in rows}
        return [
            (
                keymap.together([row, *(named[name] for name in row.beside)], rows),
                self.label(row),
                self.enabled(row),
            )
            for row in rows
            if row.show
        ]

    async def on_click(self, event: events.Click) -> None:
        """A key of the footer, or a row of this screen's list."""
        at, desk = event.screen_offset, self.program.desk
        slot = next((slot for slot in self.query(Slot) if slot.region.contains_point(at)), None)
        if slot is None or not self.is_current:
            return
        if slot.id == "footer" and desk.message:
            desk.say("")
        elif slot.id == "footer":
            found = key_at(self._items(), self.size.width, desk.palette, desk.glyphs, event.screen_x)
            if found is not None:
                await self.run_action([row for row in self.key_rows() if row.show][found[0]].action)
        else:
            edge = int(self.has_class("roomy"))
            size = slot.size.width - 2 * edge, slot.size.height - 1 - edge
            self.clicked_at(slot.id or "", size, at.x - slot.region.x - edge, at.y - slot.region.y - 1)
        self.program.repaint()

    def clicked_at(self, slot: str, size: tuple[int, int], x: int, y: int) -> None:  # noqa: ARG002
        """A click at a cell of the inside of a slot, whose columns and rows `size` counts."""
        self.row_clicked(slot, size[1], y)

    def row_clicked(self, slot: str, height: int, y: int) -> None:
        """A click in line y of the inside, so high, of a slot."""

    def under_cursor(self) -> tuple[object, Callable[[Form], Copied]] | None:
        """What the copy key takes: where one is, and its forms; None as long as nothing is there."""
        return None

    def action_copy(self) -> None:
        from tuibp.app.actions.copying import take

        found = self.under_cursor()
        if found is None:
            self.program.desk.say(_("Nothing is computed yet that could be copied."))
        else:
            take(self.program, *found)
        self.program.repaint()

    def label(self, row: KeyRow) -> str:
        """What the footer says of a key now."""
        return row.label

    def enabled(self, row: KeyRow) -> bool:  # noqa: ARG002
        """Whether a key can do something now."""
        return True

    def listed_keys(self) -> list[Listed]:
        """This screen's keys, for the help."""
        from tuibp.app.screens.help import Listed

        rows, keymap = self.key_rows(), self.program.desk.keymap
        return [
            Listed(row.action, keymap.shown(row, rows), row.title, words=f"{row.key} {row.label}")
            for row in rows
            if row.title
        ]

    def press(self, action: str) -> None:
        """Do what a key of this screen does."""
        self.call_later(self.run_action, action)

    @classmethod
    def key_rows(cls) -> list[KeyRow]:
        """This screen's keys, then those that all of these screens have; help is the last that is shown."""
        names = {row.name for row in _rows_of(cls)}
        return [*_rows_of(cls), *(row for row in _rows_of(PictureScreen) if row.name not in names)]


def _rows_of(screen: type[PictureScreen]) -> list[KeyRow]:
    rows = [row for row in screen.BINDINGS if isinstance(row, KeyRow)]
    assert len(rows) == len(screen.BINDINGS), "a panel's keys are made by `panel_keys`"
    return rows
