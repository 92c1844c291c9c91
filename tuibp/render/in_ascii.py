"""Unicode as ASCII, from one table: in words where there is room, as in a sentence, or cell by cell in a drawing.

A character has one sign wherever one cell will do, and in words a longer one only where a name says more.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import get_character_cell_size

RAISED = dict(
    zip("0123456789+-−=()lLTijknmabcdefghoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ˡᴸᵀⁱʲᵏⁿᵐᵃᵇᶜᵈᵉᶠᵍʰᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvx,", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ,", strict=True))

_SIGNS = {
    "─╌┄┈═‐‑‒–—−‾¯⎯": "-",
    "━≙": "=",
    "│┃╎┆┊║¦∣‖⎡⎢⎣⎤⎥⎦": "|",
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬╭╮╯╰": "+",
    "█▇▆▅▓▉▊▋■▀▄▌▐▙▛▜▟": "#",
    "▒▃▍▎": "+",
    "╍░▁▂▏▕▖▗▘▝▔□": ".",
    "▸▶►❯⟶›»⇒": ">",
    "◂◀◄❮⟵‹«⇐": "<",
    "▲△⇧": "^",
    "▼▽▾⇩": "v",
    "●○◉◎◇★☆◦∘": "o",
    "◆": "@",
    "·∙•⋅⊙⊗∗": "*",
    "×✕✖✗✘": "x",
    "÷∕": "/",
    "≈≃∼": "~",
    "’‘′": "'",
    "“”″": '"',
    "δ∂": "d",
    "Δ": "D",
    "σς": "s",
    "ᵀ": "T",
}
"""Characters, and the sign that stands for each of them everywhere."""
_NAMES = {
    "α": ("alpha", "a"), "β": ("beta", "b"), "γ": ("gamma", "g"), "ε": ("eps", "e"), "η": ("eta", "n"),
    "θ": ("theta", "t"), "Θ": ("Theta", "T"), "λ": ("lambda", "l"), "μ": ("mu", "u"), "µ": ("u", "u"), "π": ("pi", "p"),
    "ρ": ("rho", "r"), "τ": ("tau", "t"), "φ": ("phi", "f"), "χ": ("chi", "x"), "ω": ("omega", "w"),
    "Σ": ("sum", "S"), "∇": ("grad", "V"), "Ω": ("Omega", "O"), "√": ("sqrt ", "V"), "∞": ("inf", "8"),
    "½": ("1/2", "?"), "…": ("...", "."), "⋯": ("...", "."), "±": ("+-", "+"), "≤": ("<=", "<"), "≥": (">=", ">"),
    "≠": ("!=", "!"), "→": ("->", ">"), "←": ("<-", "<"), "↑": ("up", "^"), "↓": ("down", "v"),
    "✓": ("ok", "v"), "✔": ("ok", "v"), "␣": ("space", "_"), "⌫": ("bksp", "<"), "⏎": ("enter", "<"),
    "🔎": ("/ ", "/ "),
}  # fmt: skip
"""Characters, the name that stands for each of them in words, and the sign where there is one cell."""
SIGNS = {character: sign for group, sign in _SIGNS.items() for character in group}
WORDS = SIGNS | {character: name for character, (name, _sign) in _NAMES.items()}
CELLS = SIGNS | {character: sign for character, (_name, sign) in _NAMES.items()}
_SMALL = {small: (mark, plain) for mark, of in (("^", RAISED), ("_", LOWERED)) for plain, small in reversed(of.items())}
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def in_words(text: str) -> str:
    """Any text in ASCII, as a person would type it: `eta`, `w^2`, `->`."""
    return text if text.isascii() else _FOREIGN.sub(lambda found: _word(found.group()), text)


def in_cells(text: str) -> str:
    """Any text in ASCII, every character as wide as it was."""
    return text if text.isascii() else _FOREIGN.sub(lambda found: _cells(found.group()), text)


def _word(character: str) -> str:
    if character in WORDS:
        return WORDS[character]
    return "".join(_SMALL[character]) if character in _SMALL else _cells(character)


def _cells(character: str) -> str:
    """As many ASCII characters as the one takes cells."""
    if character in CELLS:
        return CELLS[character]
    if character in _SMALL:
        return _SMALL[character][1]
    width = get_character_cell_size(character)
    if "\u2800" <= character <= "\u28ff":
        dots = (ord(character) - 0x2800).bit_count()
        return ".*#"[min(2, dots // 3)] if dots else " "
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if width == 1 and base.isascii() and base.isprintable() else "?" * width
