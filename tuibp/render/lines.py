"""Lines of styled text: put together piece by piece, wrapped, cut to a width and made rows of the screen."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

Piece = tuple[str, Style]
Line = tuple[Piece, ...]
EMPTY: Line = ()

Row = list[Segment]
"""A line with every cell of its width, as rich and Textual draw it."""


def width_of(line: Line) -> int:
    return sum(cell_len(text) for text, _style in line)


def blank(width: int) -> Row:
    return [Segment(" " * width)] if width > 0 else []


def fitted(row: Row, width: int) -> Row:
    """The row, cut or filled with blanks."""
    return Segment.adjust_line_length(row, width)


def text_of(row: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in row)


def row_of(line: Line, width: int, indent: int = 0) -> Row:
    """The line in exactly `width` cells, with equal neighbours merged."""
    segments = [Segment(" " * indent)] if indent else []
    at = indent
    for text, style in line:
        room = width - at
        if room <= 0:
            break
        length = cell_len(text)
        if length > room:
            text, length = set_cell_size(text, room), room
        if text:
            if segments and (segments[-1].style is style or segments[-1].style == style):  # comparing styles is slow
                segments[-1] = Segment(segments[-1].text + text, style)
            else:
                segments.append(Segment(text, style))
            at += length
    if at < width:
        segments.append(Segment(" " * (width - at)))
    return segments


def rows_of(lines: Iterable[Line], width: int, height: int, indent: int = 0) -> list[Row]:
    """Lines in exactly `height` rows of `width` cells."""
    rows = [row_of(line, width, indent) for line in lines][:height]
    return rows + [blank(width)] * (height - len(rows))


def spread(left: Line, right: Line, width: int) -> Line:
    """`left` and `right` at the ends of a line; where both do not fit, `right` goes."""
    gap = width - width_of(left) - width_of(right)
    if gap < 1:
        return left
    return (*left, (" " * gap, Style.null()), *right)


_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
"""Characters that fill two cells and make words without blanks."""
_OPENS, _CLOSES = "（「『《【〈", "，。、；：？！）」』》】〉…"
WIDE_BREAK = re.compile(
    f"(?<=[{_WIDE}])(?<![{_OPENS}])(?=[^{_CLOSES}\\s])|(?<=[^{_OPENS}\\s])(?=[{_WIDE}])(?![{_CLOSES}])"
)
"""Where a line may end between two characters, one of which is wide."""

WIDE = re.compile(f"[{_WIDE}]")
HARD = "█"
"""Stands for a blank that is no place to break."""

OPERATORS = "=+·⊙×/*−-"
"""Between blanks; the last is ASCII's minus, so that they can stand in brackets of an expression."""
_BEFORE = ("(?= [=+−-] )", f"(?= [x{OPERATORS}] )", f"(?<! [{OPERATORS}])(?= [^ ])")
_BREAKS = tuple(re.compile(before) for before in _BEFORE)
_BREAKS = (*_BREAKS, re.compile(f"{_BREAKS[-1].pattern}|{WIDE_BREAK.pattern}"))
"""Where a line may be broken, best first: before a summand, before a factor, before a word that no
operator stands before, between wide characters."""


def folded(line: Line, width: int, indent: int) -> list[Line]:
    """The line, broken where it is too long, so that a product stays together if it can and a number is never cut.

    What follows is indented by `indent`, or to where the first line stands behind its equals sign.
    """
    if width_of(line) <= width:
        return [line]
    text = "".join(text for text, _style in line)
    behind = len(text) - len(text.lstrip()) + 2
    indent = behind if indent < behind <= width // 2 else indent
    lines = [line]
    for before in _BREAKS:
        lines = _filled(_parts(line, before), width, indent)
        if all(width_of(part) <= width for part in lines):
            break
    return lines


def _parts(line: Line, before: re.Pattern[str]) -> list[Line]:
    """The line cut where this stands, but never before anything is written."""
    parts: list[Line] = [()]
    for text, style in line:
        for i, piece in enumerate(before.split(text)):
            begins = i > 0 or before.match(piece)
            if begins and any(written.strip() for written, _style in parts[-1]):
                parts.append(())
            if piece:
                parts[-1] = (*parts[-1], (piece, style))
    return parts


def _filled(parts: list[Line], width: int, indent: int) -> list[Line]:
    """As many parts on each line as fit."""
    lines: list[Line] = [()]
    for part in parts:
        if lines[-1] and width_of(lines[-1]) + width_of(part) > width:
            (first, style), *others = part
            lines.append(((" " * indent + first.lstrip(), style), *others))
        else:
            lines[-1] = (*lines[-1], *part)
    return lines


_WORD = re.compile(rf"(?:[{OPERATORS}] )?\S+(?: %\S*)?")


def words(text: str) -> list[str]:
    """Its words; an operator belongs to the one behind it, a per cent sign to the number before it."""
    return _WORD.findall(text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words, a word only where it is longer than a line.

    Chinese has no blanks: a line may end between any two characters but before what closes and behind what opens.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word, gap in _pieces(paragraph):
            while cell_len(word) > width > 0:
                head = set_cell_size(word, width).rstrip()
                lines += [line, head] if line else [head]
                line, word = "", word[len(head) :]
            if line and cell_len(line) + len(gap) + cell_len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line}{gap}{word}" if line else word
        lines.append(line)
    return lines


def _pieces(text: str) -> list[tuple[str, str]]:
    """What stays together on a line, each with what stands before it where it is not the first of its line."""
    if text.isascii():
        return [(word, " ") for word in words(text)]
    return [
        (piece, " " if i == 0 else "")
        for word in words(text)
        for i, piece in enumerate(WIDE_BREAK.split(word))
        if piece
    ]


def indented(text: str, width: int, first: str, rest: str, *, break_long_words: bool = True) -> list[str]:
    """The text in lines of at most `width` cells, `first` before the first and `rest` before the others."""
    if not WIDE.search(first + text):
        return textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=rest, break_long_words=break_long_words
        )
    hung, room = cell_len(first) - cell_len(rest), width - cell_len(rest)
    # Where the first line is shorter: what it holds is found with blanks before it that belong to its first word.
    head, *others = wrap(HARD * max(hung, 0) + text.strip(), room)
    return [first + head.lstrip(HARD), *(rest + line for line in others)]


def wrapped(text: str, width: int, style: Style) -> list[Line]:
    return [((line, style),) for line in wrap(text, width)]


def shortened(lines: list[Line], room: int, width: int, ellipsis: str) -> list[Line]:
    """As many lines as there is room for; what is left out is told by an ellipsis at the end."""
    if len(lines) <= room or room < 1:
        return lines[: max(room, 0)]
    *before, (text, style) = lines[room - 1]
    end, room_left = " " + ellipsis, width - width_of(tuple(before))
    while text and cell_len(text) + len(end) > room_left:
        text = text.rpartition(" ")[0] if text.isascii() or " " in text[-8:] else text[:-1]
    return [*lines[: room - 1], (*before, (text + end, style))]
