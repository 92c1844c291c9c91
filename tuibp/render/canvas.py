"""A grid of cells to draw on: each a character and a style. It becomes rows, with equal neighbours merged."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tuibp.render.lines import Row

PLAIN = Style.null()


class Canvas:
    """Drawing outside is cut, never an error; a character of width two takes two cells."""

    def __init__(self, width: int, height: int, style: Style = PLAIN) -> None:
        self.width, self.height = max(width, 0), max(height, 0)
        self.characters = [[" "] * self.width for _ in range(self.height)]
        self.styles = [[style] * self.width for _ in range(self.height)]

    def inside(self, x: int, y: int) -> bool:
        return 0 <= x < self.width and 0 <= y < self.height

    def put(self, x: int, y: int, text: str, style: Style = PLAIN) -> int:
        """Write text from cell (x, y); returns the x after it."""
        if not 0 <= y < self.height:
            return x + cell_len(text)
        characters, styles = self.characters[y], self.styles[y]
        for character in text:
            wide = 1 if character < "ᄀ" else cell_len(character)
            if wide == 0:
                continue
            if x >= 0 and x + wide <= self.width:
                characters[x], styles[x] = character, style
                if wide == 2:
                    characters[x + 1], styles[x + 1] = "", style
            x += wide
        return x

    def right(self, x: int, y: int, text: str, style: Style = PLAIN) -> None:
        """Write text that ends before cell x."""
        self.put(x - cell_len(text), y, text, style)

    def centre(self, y: int, text: str, style: Style = PLAIN) -> None:
        self.put((self.width - cell_len(text)) // 2, y, text, style)

    def restyle(self, x: int, y: int, width: int, style: Style) -> None:
        """Lay another style over cells, keeping their characters."""
        if 0 <= y < self.height:
            for i in range(max(x, 0), min(x + width, self.width)):
                self.styles[y][i] = self.styles[y][i] + style

    def blit(self, x: int, y: int, other: Canvas) -> None:
        """Copy another canvas onto this one."""
        left, right = max(x, 0), min(x + other.width, self.width)
        if left >= right:
            return
        for row in range(max(-y, 0), min(other.height, self.height - y)):
            self.characters[y + row][left:right] = other.characters[row][left - x : right - x]
            self.styles[y + row][left:right] = other.styles[row][left - x : right - x]

    def rows(self) -> list[Row]:
        return [self._segments(y) for y in range(self.height)]

    def _segments(self, y: int) -> list[Segment]:
        characters, styles = self.characters[y], self.styles[y]
        if not styles:
            return []
        segments: list[Segment] = []
        start, style = 0, styles[0]
        for at, own in enumerate(styles):
            if own is not style and own != style:  # identity first: comparing styles is slow
                segments.append(Segment("".join(characters[start:at]), style))
                start, style = at, own
        segments.append(Segment("".join(characters[start:]), style))
        return segments
