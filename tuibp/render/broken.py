"""A formula that is too long for one line, broken where it may be."""

from __future__ import annotations

import re

from rich.cells import cell_len

from tuibp.render.lines import OPERATORS, words

_OPERATOR = re.compile(f" (?=[{OPERATORS}] )")


def broken(formula: str, width: int) -> list[str]:
    """A formula in lines of at most `width`, broken before an operator outside its brackets if that is enough.

    What follows is indented to the equals sign, or less where that saves a line or is all that fits.
    """
    if cell_len(formula) <= width:
        return [formula]
    indent = formula.find(" = ") + 1
    indents = [indent, 2] if 2 < indent <= width // 2 else [2]
    for parts in (_split(formula), _OPERATOR.split(formula), words(formula)):
        lines = min(
            (_put_together(parts, i, width) for i in indents), key=lambda made: (_too_wide(made, width), len(made))
        )
        if not _too_wide(lines, width):
            break
    return lines


def _too_wide(lines: list[str], width: int) -> bool:
    return any(cell_len(line) > width for line in lines)


def _split(formula: str) -> list[str]:
    """Its parts, each after the first beginning with an operator; what stands in brackets stays whole."""
    parts = [""]
    for part in _OPERATOR.split(formula):
        inside = parts[-1].count("(") > parts[-1].count(")")
        if inside or not parts[0]:
            parts[-1] = f"{parts[-1]} {part}" if parts[-1] else part
        else:
            parts.append(part)
    return parts


def _put_together(parts: list[str], indent: int, width: int) -> list[str]:
    lines = [parts[0]]
    for part in parts[1:]:
        if cell_len(lines[-1]) + 1 + cell_len(part) <= width:
            lines[-1] += " " + part
        else:
            lines.append(" " * indent + part)
    return lines
