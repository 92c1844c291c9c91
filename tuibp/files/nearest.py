"""The right word nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

from tuibp.locale import _


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None where none is alike."""
    from difflib import get_close_matches  # only a mistake needs it

    known = {choice.lower(): choice for choice in choices}
    found = get_close_matches(word[:80].lower(), known, n=1, cutoff=0.5)
    return known[found[0]] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence's end that names the nearest choice, or all of them where none is near and they are few."""
    choices = list(choices)
    found = nearest(word, choices)
    if found is not None:
        return _("; did you mean {word}?").format(word=found)
    return _("; there are {words}").format(words=", ".join(choices)) if choices else ""
