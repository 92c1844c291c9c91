"""All that a picture is made of. Same scene and size, same picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuibp.render.glyphs import UNICODE, Glyphs
from tuibp.render.lines import Row
from tuibp.render.palette import Palette
from tuibp.session.curve import LearningCurve
from tuibp.session.state import State
from tuibp.session.view import Cursor, View

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.core.steps import Computed
    from tuibp.core.symbols import Symbol
    from tuibp.session.pace import Progress
    from tuibp.session.shares import ShareCurve
    from tuibp.session.told import Told
    from tuibp.session.updated import Updated


@dataclass(frozen=True, eq=False)
class Scene:
    state: State
    view: View
    cursor: Cursor
    """Where the cursor is, whether it follows the step or not."""
    lens: str
    """What tiles show: one of view.LENSES."""
    palette: Palette = field(default_factory=Palette)
    glyphs: Glyphs = UNICODE
    curve: LearningCurve | None = None
    """The cost of every update of the run one stands in."""
    compact: bool = False
    """80×24: rules between panels in place of boxes."""
    checked: GradientCheck | None = None
    """How the gradient shown agrees with a complex step; None before step 5."""
    progress: Progress | None = None
    """Of the training run under way; None where there is none."""
    mean: float | None = None
    """C, the mean over all examples, while training where that is quick."""
    line: str = ""
    """What the title says of the line, `slow line 9.6 kB/s`."""
    lesson: Told | None = None
    """What somebody who learns is told, where the plot stands otherwise."""
    message: str = ""
    """What the last key answered."""
    message_wrong: bool = False
    updated: Updated | None = None
    """The update that was just made, until the next key."""
    symbol: Symbol | None = None
    """The symbol of the equation that the cursor is on."""
    shares: ShareCurve | None = None
    """How many examples are right on the way, while that is looked at."""

    @property
    def training(self) -> bool:
        return self.progress is not None

    def is_asked(self, quantity: Computed | None, layer: int, j: int) -> bool:
        """Whether an open question waits for this number of a neuron."""
        asking = None if self.lesson is None else self.lesson.asking
        return asking is not None and asking.open is not None and asking.open.is_about(quantity, layer, j)


@dataclass(frozen=True, eq=False)
class Panel:
    """A panel's inside; its frame is drawn by `frame`."""

    title: str
    note: str
    """Stands at the right end of the title's line."""
    lines: list[Row]
    title_accent: bool = False
