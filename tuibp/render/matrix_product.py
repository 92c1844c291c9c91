"""One matrix times a vector, written out: numbers while they fit, cells of colour beyond, zeros as dots (33)–(35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rich.cells import cell_len
from rich.style import Style

from tuibp.core.matrix_form import MatrixForm, Product
from tuibp.core.network import Array
from tuibp.render.lines import Line, width_of
from tuibp.render.numbers import NumberFormat, shared
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset

CELL = 8
"""Cells of a number, with its sign."""
LEAST_ROWS = 3


@dataclass(frozen=True)
class Piece:
    """A matrix or vector as drawn: its name, its shape, its rows, all of one width."""

    width: int
    lines: tuple[Line, ...]


def product_lines(scene: Scene, form: MatrixForm, at: int, width: int, rows: int, shapes: bool = True) -> list[Line]:
    """Product `at` (0-based, from the right) with what stands to its left while there is room, in `rows` + 2 lines; a
    line less without the shapes."""
    product = form.products[at]
    rows = max(rows, LEAST_ROWS)
    result = _piece(scene, product.result_name, product.result[:, None], rows, width, lit=True)
    vector = _piece(scene, product.vector_name, product.vector[:, None], rows, width)
    matrix = _piece(scene, product.name, product.matrix, rows, width - result.width - vector.width - 6, lit=True)
    pieces, room = [matrix, vector], width - result.width - vector.width - matrix.width - 6
    for other in form.products[at + 1 :]:
        piece = _piece(scene, other.name, other.matrix, rows, room, waiting=True)
        if piece.width + 2 > room or other.matrix.shape[0] > rows:
            break
        pieces.insert(0, piece)
        room -= piece.width + 2
    pieces.append(result)
    if not shapes:
        pieces = [Piece(p.width, (p.lines[0], *p.lines[2:])) for p in pieces]
    return _beside(pieces, scene, max(len(p.lines) for p in pieces), 1 + shapes)


def chain(scene: Scene, form: MatrixForm, at: int) -> Line:
    """The equation as it stands: what has been multiplied is one vector, the matrix whose turn it is in the accent."""
    palette, g = scene.palette, scene.glyphs
    product = form.products[at]
    waiting = " ".join(typeset(p.name, g) for p in reversed(form.products[at + 1 :]))
    name = form.products[-1].result_name
    return (
        (typeset(f"{name} = ", g) + (waiting + " " if waiting else ""), palette.ink),
        (typeset(product.name, g), palette.accent),
        (" " + typeset(product.vector_name, g), palette.strong),
    )


def _beside(pieces: Sequence[Piece], scene: Scene, height: int, head: int) -> list[Line]:
    """Side by side, an equals sign before the last, halfway down the rows below the head."""
    quiet = scene.palette.quiet
    lines: list[Line] = []
    middle = head + max((height - head - 1) // 2, 0)
    for row in range(height):
        line: Line = ()
        for n, piece in enumerate(pieces):
            gap = "  " if n + 1 < len(pieces) else " = " if row == middle else "   "
            line = (*line, (gap if n else "", quiet), *_row(piece, row))
        lines.append(line)
    return lines


def _row(piece: Piece, row: int) -> Line:
    line = piece.lines[row] if row < len(piece.lines) else ()
    return (*line, (" " * (piece.width - width_of(line)), Style.null()))


def _piece(
    scene: Scene, name: str, values: Array, rows: int, width: int, lit: bool = False, waiting: bool = False
) -> Piece:
    palette, g = scene.palette, scene.glyphs
    n, columns = values.shape
    numbers = columns * CELL + 2 <= width
    seen = values[: rows if n <= rows else rows - 1]
    if not numbers:
        seen = seen[:, : max(width - 3, 1)]
    title = typeset(name, g)
    shape = f"{n}{'x' if g.ascii else '×'}{columns}" if columns > 1 else str(n)
    largest = float(np.abs(values).max(initial=0.0))
    form = shared(values.ravel()[:4096], CELL - 1, least=0.001, most_decimals=4, short=False, glyphs=g)
    form = replace(form, scientific=True)
    body = [_cells(scene, row, form, largest, numbers) for row in seen]
    if n > rows:
        body.append(((g.ellipsis, palette.quiet),))
    inner = max(map(width_of, body))
    edge = palette.accent if lit else palette.quiet
    lines = [_bracketed(scene, line, inner, at, len(body), edge) for at, line in enumerate(body)]
    if not numbers and seen.shape[1] < columns:
        lines = [(*line, (g.ellipsis[:1], palette.quiet)) for line in lines]
    scale = f" {form.label}" if form.label and numbers else ""
    head: Line = ((title, palette.accent if lit else palette.quiet if waiting else palette.ink),)
    under: Line = ((shape + scale, palette.quiet),)
    wide = max(width_of(line) for line in (*lines, head, under))
    return Piece(max(wide, cell_len(title)), (head, under, *lines))


def _cells(scene: Scene, row: Array, form: NumberFormat, largest: float, numbers: bool) -> Line:
    """A row of numbers on the ground of their size, or of cells of colour alone; a 0 is a dot."""
    palette, g = scene.palette, scene.glyphs
    line: Line = ()
    plain = g.ascii or palette.depth in ("16", "none")
    for value in row.tolist():
        if numbers:
            text = g.dot.center(CELL) if value == 0.0 else form(value).rjust(CELL - 1) + " "
        else:
            text = g.dot if value == 0.0 else (g.minus if value < 0 else "+") if plain else " "
        style = palette.faint if value == 0.0 else palette.diverging(value, largest or 1.0)
        line = (*line, (text, style))
    return line


def _bracketed(scene: Scene, line: Line, inner: int, at: int, count: int, edge: Style) -> Line:
    left, right = "[]"
    if not scene.glyphs.ascii and count > 1:
        left, right = ("⎡", "⎤") if at == 0 else ("⎣", "⎦") if at == count - 1 else ("⎢", "⎥")
    return ((left, edge), *line, (" " * (inner - width_of(line)), Style.null()), (right, edge))


def vector_text(scene: Scene, values: Array, width: int) -> str:
    """As many numbers of a vector as fit."""
    form = replace(shared(values, CELL, least=0.001, most_decimals=5, glyphs=scene.glyphs), scientific=True)
    room = max((width - 2) // (CELL + 1), 1)
    text = " ".join(form(float(v)) for v in values[:room])
    scale = f" {form.label}" if form.label else ""
    return text + (" " + scene.glyphs.ellipsis if len(values) > room else scale)


def told(scene: Scene, product: Product) -> str:
    """What this product shows, in one sentence that can be counted."""
    from tuibp.locale import _

    n = product.matrix.shape
    name = typeset(product.name, scene.glyphs)
    if not product.square:
        text = _(
            "{name} is the matrix of the weights, rows for columns: the same wires, walked backwards, not undone."
        ).format(name=name)
    elif np.count_nonzero(product.matrix - np.diag(np.diag(product.matrix))):
        text = _(
            "{name} is no diagonal here: softmax couples the layer, so every error has something of every other."
        ).format(name=name)
    elif n[0] == 1:
        text = _("{name} is the slope of the one neuron that there is: a number.").format(name=name)
    else:
        text = _(
            "{name} has the slope of each neuron on its diagonal and zeros elsewhere: a row times a vector has one "
            "term. It does what ⊙ does, with {matrix} multiplications instead of {own}."
        ).format(name=name, matrix=f"{n[0] * n[1]:,}", own=f"{n[0]:,}")
    return sentence(text, scene.glyphs)
