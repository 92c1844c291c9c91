"""How formulas and numbers are set in one panel: its width decides the digits."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.render.glyphs import Glyphs
from tuibp.render.lines import Line, Piece
from tuibp.render.numbers import plain
from tuibp.render.palette import Palette
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset


@dataclass(frozen=True)
class Setting:
    palette: Palette
    glyphs: Glyphs
    width: int
    """Cells of a line, margins left out."""
    least_terms: int = 3
    """So many terms are shown at least, of a sum that is too long."""
    tight: bool = False
    """A result stands on the line of what it comes from, where it fits there."""

    @staticmethod
    def of(scene: Scene, width: int) -> Setting:
        return Setting(scene.palette, scene.glyphs, width)

    @property
    def cells(self) -> int:
        """Cells of a number, its sign included: six decimals where there is room, otherwise four."""
        return 9 if self.width >= 38 else 7

    def formula(self, markup: str) -> str:
        return typeset(markup, self.glyphs)

    def say(self, text: str) -> str:
        return sentence(text, self.glyphs)

    def number(self, value: float, cells: int | None = None) -> str:
        """A number within a formula: no padding."""
        if value == 0:
            return "0"
        return plain([value], cells or self.cells, glyphs=self.glyphs)(value).strip()

    def ink(self, markup: str) -> Piece:
        return self.formula(markup), self.palette.ink

    def quiet(self, markup: str) -> Piece:
        return self.formula(markup), self.palette.quiet

    def signed(self, value: float, cells: int | None = None) -> Piece:
        return self.number(value, cells), self.palette.signed(value)

    def join(self, pieces: list[Line], between: str) -> Line:
        """Pieces with an operator between them."""
        operator: Piece = (self.formula(between), self.palette.quiet)
        return tuple(piece for i, line in enumerate(pieces) for piece in ((operator,) if i else ()) + line)
