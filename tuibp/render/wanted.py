"""What a layout of the network depends on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """What a layout depends on; equal ones share a layout."""

    sizes: tuple[int, ...]
    width: int
    height: int
    image: tuple[int, int] | None = None
    """(rows, columns) of the input, where it is a picture."""
    names: int = 0
    """Cells of the longest output name; 0 without names."""
    margin: int = 5
    """Cells to the right of the outputs, for what is wanted of them."""
    least_margin: int = 2
    framed: bool = False
    """What is wanted of outputs that are boxes stands in their frames, and takes no margin."""
    zoom: tuple[tuple[int, str], ...] = ()
    singles: bool = False
    """No tile larger than a single: wires are what matters."""

    @property
    def roomy(self) -> bool:
        return self.height >= 16 and self.width >= 56

    @property
    def top(self) -> int:
        """The first row of tiles."""
        if self.singles:
            return 0
        return 3 if self.roomy and self.height >= 22 else 2 if self.roomy else 1 if self.height > 1 else 0

    @property
    def rows(self) -> int:
        return max(self.height - self.top - self.singles, 0)

    @property
    def heading(self) -> int:
        """The row of headings; where wires are what matters, it is under them."""
        return self.height - 1 if self.singles else int(self.roomy)
