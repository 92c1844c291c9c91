"""Which part of a long row is seen: a window or a page that holds the cursor."""

from __future__ import annotations


def window(count: int, room: int, at: int) -> range:
    """`room` neighbours of 0 to count - 1 with `at` near their middle; all of them where they fit."""
    room = max(min(room, count), 0)
    first = min(max(at - room // 2, 0), count - room)
    return range(first, first + room)


def page(count: int, room: int, at: int) -> range:
    """The same in pages: what is seen stays where it is until the cursor leaves it."""
    room = max(min(room, count), 1)
    first = min(at // room * room, count - room)
    return range(first, first + room)
