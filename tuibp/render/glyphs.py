"""The characters that pictures are made of, in Unicode and in ASCII. Which of the two is decided once, at start-up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Glyphs:
    ascii: bool
    horizontal: str
    vertical: str
    corners: str
    """Top left, top right, bottom left, bottom right."""
    sides: str
    """Where a frame goes on below: left, right."""
    tee_down: str
    cross: str
    tee_up: str
    minus: str
    dot: str
    """Where a number will stand."""
    pointer: str
    target: str
    """Points from the margin at the wanted output."""
    times: str
    arrow: str
    backward: str
    forward: str
    approx: str
    ellipsis: str
    bar: str
    half: str
    """Upper half block: two pixels a cell."""
    shades: str
    """Five steps of darkness, without colour."""
    separator: str
    right: str
    unequal: str


UNICODE = Glyphs(
    False,
    "─",
    "│",
    "╭╮╰╯",
    "├┤",
    "┬",
    "┼",
    "┴",
    "−",
    "·",
    "▸",
    "◂",
    "·",
    "→",
    "◂──",
    "──▸",
    "≈",
    "…",
    "▇",
    "▀",
    " ░▒▓█",
    "›",
    "✓",
    "≠",
)
ASCII = Glyphs(
    True,
    "-",
    "|",
    "++++",
    "++",
    "+",
    "+",
    "+",
    "-",
    ".",
    ">",
    "<",
    "*",
    "->",
    "<--",
    "-->",
    "~",
    "..",
    "#",
    "#",
    " .:+#",
    ">",
    "ok",
    "!=",
)
