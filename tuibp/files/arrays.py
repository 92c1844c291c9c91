"""The arrays of a file by name, before they are read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

from tuibp.files.errors import printable
from tuibp.files.heed import part


@dataclass(frozen=True, eq=False)
class Arrays:
    """The arrays of a file: their shapes are known, their numbers are read when they are asked for."""

    shapes: Mapping[str, tuple[int, ...]]
    read: Callable[[str], NDArray[Any]]
    """Raises BadInput."""

    def size(self, name: str) -> int:
        return math.prod(self.shapes[name])

    def without(self, *names: str) -> Arrays:
        return replace(self, shapes={other: shape for other, shape in self.shapes.items() if other not in names})

    def listed(self) -> str:
        """`X 20×4, Y 20`."""
        each = (f"{printable(name, 40)} {'×'.join(map(str, shape))}".strip() for name, shape in self.shapes.items())
        return printable(", ".join(each), 200)


def in_turn(
    shapes: Mapping[str, tuple[int, ...]], read: Callable[[str], NDArray[Any]]
) -> Callable[[str], NDArray[Any]]:
    """`read`, each array being its part of the whole, in whatever order they are asked for."""
    whole, so_far = max(sum(map(math.prod, shapes.values())), 1), 0

    def told(name: str) -> NDArray[Any]:
        nonlocal so_far
        begin, so_far = so_far, min(so_far + math.prod(shapes[name]), whole)
        with part(begin / whole, so_far / whole):
            return read(name)

    return told
