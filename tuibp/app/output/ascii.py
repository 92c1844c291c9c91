"""Unicode as ASCII of the same width: the one place where it is done, for whatever the program draws."""

from __future__ import annotations

import codecs
import unicodedata

from rich.cells import get_character_cell_size

_SAME = {
    "─━╌┄┈═‐‑‒–—−‾¯⎯": "-",
    "│┃╎┆┊║¦∣": "|",
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬╭╮╯╰": "+",
    "█▇▆▅▓▉▊▋■▀▄▌▐▙▛▜▟": "#",
    "▒▃▍▎": "+",
    "░▁▂▏▕▖▗▘▝▔□": ".",
    "·∙•⋅⋯…": ".",
    "▸▶►❯→⟶›»⇒": ">",
    "◂◀◄❮←⟵‹«⇐": "<",
    "▲△↑⇧": "^",
    "▼▽↓⇩": "v",
    "●○◉◎◆◇★☆": "o",
    "×∗✕✖⊙⊗": "*",
    "÷∕": "/",
    "≈≃∼": "~",
    "≠": "!",
    "≤": "<",
    "≥": ">",
    "±": "+",
    "√": "V",
    "∞": "8",
    "✓✔": "v",
    "✗✘": "x",
    "’‘′`": "'",
    "“”″": '"',
    "α": "a", "β": "b", "γ": "g", "δ∂": "d", "ε": "e", "η": "n", "θ": "t", "λ": "l", "μµ": "u", "π": "p", "ρ": "r",
    "σς": "s", "τ": "t", "φ": "f", "χ": "x", "ω": "w",
    "ΔΣ": "D", "∇": "V", "Ω": "O",
    "⁺₊": "+", "⁻₋": "-", "ᵀ": "T", "ᴸ": "L", "ˡ": "l", "ʲ": "j", "ᵏ": "k", "ⱼ": "j",
}  # fmt: skip
MAP = {ord(character): plain for group, plain in _SAME.items() for character in group} | {
    ord("Σ"): "S",
    ord("🔎"): "/ ",
}


def to_ascii(text: str) -> bytes:
    """Text for a terminal that knows ASCII alone; every character stays as wide as it was."""
    if text.isascii():
        return text.encode("ascii")
    return text.translate(MAP).encode("ascii", "tuibp-ascii")


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    """As many ASCII characters as the one takes cells."""
    width = get_character_cell_size(character)
    if 0x2801 <= ord(character) <= 0x28FF:
        return ".*#"[min(2, (ord(character) - 0x2800).bit_count() // 3)]
    if ord(character) == 0x2800:
        return " "
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if width == 1 and base.isascii() and base.isprintable() else "?" * width


codecs.register_error("tuibp-ascii", _substitute)
