"""Bad input, told in one line."""

from __future__ import annotations


class BadInput(Exception):
    """What a person gave cannot be used; the message names the file, the place and the reason on one line."""


def printable(text: object, limit: int = 120) -> str:
    """Text from outside as harmless text: one line, no control characters, not too long."""
    try:
        given = str(text)
    except ValueError:  # a whole number of thousands of digits
        given = format(text, "#x")
    kept = "".join(c if c.isprintable() else "�" for c in given[: 2 * limit])
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def printable_path(path: object, limit: int = 160) -> str:
    """A path as harmless text; of one too long the end is kept, where the file's name is."""
    text = printable(path, 100_000)
    return text if len(text) <= limit else "…" + text[1 - limit :]
