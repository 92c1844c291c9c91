"""Sets formulas in type: the markup of explanations as Unicode with raised and lowered indices, or as ASCII."""

from __future__ import annotations

import re
from functools import lru_cache

from tuibp.render.glyphs import UNICODE, Glyphs
from tuibp.render.in_ascii import LOWERED, RAISED, in_words

_RAISED_RUN = re.compile(r"\^(\{[^{}]*\}|[0-9]+|[a-zA-Z])")
_LOWERED_RUN = re.compile(r"(?<![A-Za-z]{2})_(\{[^{}]*\}|[0-9a-zA-Z]+(?:,[0-9a-zA-Z]+)*)")


@lru_cache(maxsize=4096)
def typeset(markup: str, glyphs: Glyphs = UNICODE) -> str:
    """`δ^3_1` as `δ³₁`, or as `d^3_1` in ASCII; an index that has no small letters stays as it was written."""
    if glyphs.ascii:
        return in_words(markup)
    text = _RAISED_RUN.sub(lambda found: _small(found, RAISED), markup)
    text = _LOWERED_RUN.sub(lambda found: _small(found, LOWERED), text).replace("'", "′")
    return text.replace("∇ₐ C", "∇ₐC")  # in markup the blank ends the index


def sentence(text: str, glyphs: Glyphs) -> str:
    """A sentence of the program, or several, for this terminal: a Chinese full stop brings its own space."""
    return in_words(text) if glyphs.ascii else text.replace("。 ", "。")


def _small(found: re.Match[str], letters: dict[str, str]) -> str:
    inside = found.group(1).strip("{}")
    if all(c in letters for c in inside):
        return "".join(letters[c] for c in inside)
    return found.group(0)
