"""Sets formulas in type: the markup of explanations as Unicode with raised and lowered indices, or as ASCII."""

from __future__ import annotations

import re
from functools import lru_cache

from tuibp.render.glyphs import UNICODE, Glyphs

RAISED = dict(
    zip("0123456789+-−=()lLTijknmabcdefghoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ˡᴸᵀⁱʲᵏⁿᵐᵃᵇᶜᵈᵉᶠᵍʰᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvx,", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ,", strict=True))

IN_ASCII = {
    "μ": "mu", "ρ": "rho", "β": "beta", "√": "sqrt ",
    "δ": "d", "∂": "d", "Δ": "D", "σ": "s", "Σ": "sum", "η": "eta", "∇": "grad", "ε": "eps", "λ": "lambda",
    "α": "alpha", "⊙": "*", "·": "*", "×": "x", "−": "-", "′": "'", "→": "->", "←": "<-", "↑": "up", "↓": "down",
    "≈": "~", "≤": "<=", "≥": ">=", "∞": "inf", "½": "1/2", "…": "...", "–": "-", "—": "-", "±": "+-", "▸": ">",
    "◂": "<", "●": "o", "◆": "@", "╌": "-", "━": "=", "▇": "#", "›": ">", "≙": "=", "″": '"', "’": "'", "“": '"',
    "─": "-", "”": '"', "≠": "!=", "✓": "ok", "✗": "x", "␣": "space", "⌫": "bksp", "⏎": "enter", "▼": "v", "▲": "^",
    "▶": ">",
}  # fmt: skip
"""What stands for a character where only ASCII can be shown."""

_RAISED_RUN = re.compile(r"\^(\{[^{}]*\}|[0-9]+|[a-zA-Z])")
_LOWERED_RUN = re.compile(r"(?<![A-Za-z]{2})_(\{[^{}]*\}|[0-9a-zA-Z]+(?:,[0-9a-zA-Z]+)*)")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def typeset(markup: str, glyphs: Glyphs = UNICODE) -> str:
    """`δ^3_1` as `δ³₁`, or as `d^3_1` in ASCII; an index that has no small letters stays as it was written."""
    if glyphs.ascii:
        return plain(markup)
    text = _RAISED_RUN.sub(lambda found: _small(found, RAISED), markup)
    text = _LOWERED_RUN.sub(lambda found: _small(found, LOWERED), text).replace("'", "′")
    return text.replace("∇ₐ C", "∇ₐC")  # in markup the blank ends the index


def plain(text: str) -> str:
    """Any text in ASCII."""
    return text if text.isascii() else _FOREIGN.sub(_in_ascii, text)


def sentence(text: str, glyphs: Glyphs) -> str:
    """A sentence of the program for this terminal."""
    return plain(text) if glyphs.ascii else text


def _small(found: re.Match[str], letters: dict[str, str]) -> str:
    inside = found.group(1).strip("{}")
    if all(c in letters for c in inside):
        return "".join(letters[c] for c in inside)
    return found.group(0)


def _in_ascii(found: re.Match[str]) -> str:
    character = found.group()
    if character in IN_ASCII:
        return IN_ASCII[character]
    for mark, letters in (("^", RAISED), ("_", LOWERED)):
        for plain_letter, small in letters.items():
            if small == character:
                return mark + plain_letter
    return "?"
