"""Ways of the cursor, the shortest of those that every terminal knows."""

from __future__ import annotations

from functools import lru_cache

FEW = 3


@lru_cache(maxsize=65536)
def way(row: int, at: int, y: int, x: int, feeds: bool) -> str:
    """From (`row`, `at`) to (`y`, `x`), by a jump where `at` is -1: nobody knows where the cursor is.

    `feeds`: whether the terminal goes a line down for a vertical tab, as all that are like xterm do.
    """
    jump = _jump(y, x)
    if at < 0:
        return jump
    steps = _up_or_down(y - row, feeds) + _left_or_right(at, x)
    return min(steps, jump, key=len)


def _jump(y: int, x: int) -> str:
    return f"\x1b[{y + 1 if y else ''};{x + 1}H" if x else f"\x1b[{y + 1}H"


def _up_or_down(rows: int, feeds: bool) -> str:
    if rows > 0:
        return "\v" * rows if feeds and rows <= FEW else _steps(rows, "B")
    return "\x1bM" if rows == -1 else _steps(-rows, "A")


def _left_or_right(at: int, x: int) -> str:
    if x >= at:
        return _steps(x - at, "C")
    back = "\b" * (at - x) if at - x <= FEW else _steps(at - x, "D")
    return min("\r" + _steps(x, "C"), back, key=len)


def _steps(count: int, direction: str) -> str:
    return "" if not count else f"\x1b[{direction}" if count == 1 else f"\x1b[{count}{direction}"
