"""A .csv file of numbers alone, read many times faster than cell by cell: a block of lines at a time, as arrays.

Whatever is not plain (a word, a quotation mark, an empty cell, a line too short) is left to the reader of `csv_file`,
which then begins anew and tells what is wrong by its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from tuibp.files.csv_layout import Layout
from tuibp.files.heed import tell
from tuibp.files.numbers import Array

BLOCK = 1 << 19
"""Bytes that are looked at together: their arrays stay in the caches."""
COUNTED = 1 << 18
DIGITS = 7
"""Of a whole number that is put together from its digits; longer ones, and fractions, are read by `float`."""
ZERO, NEWLINE = ord("0"), ord("\n")


def counted(stream: BinaryIO, separator: str) -> tuple[int, int]:
    """(line feeds and one more, cells) that a file can have at the most, before any memory is taken for them."""
    stream.seek(0)
    feeds = returns = separators = 0
    while block := stream.read(COUNTED):
        characters = np.frombuffer(block, np.uint8)
        found = (int(np.count_nonzero(characters == ord(c))) for c in f"\n\r{separator}")
        feeds, returns, separators = (
            so_far + more for so_far, more in zip((feeds, returns, separators), found, strict=True)
        )
    return feeds + 1, separators + max(feeds, returns) + 1


def plain_rows(
    stream: BinaryIO, size: int, lines: int, header: bool, layout: Layout, n_in: int, separator: str
) -> tuple[Array, Array] | None:
    """Inputs (n, n_in), and targets, (n,) where there is a column of the class, else (n, n_out); None where something
    in the file, which has at most so many lines, is not plain."""
    n_out = layout.width - n_in - len(layout.aside)
    x, y, done = np.empty((lines, n_in)), np.empty((lines, n_out) if layout.label is None else lines), 0
    stream.seek(0)
    if header:
        stream.readline()
    for block in _blocks(stream, size):
        rows = _rows(block, layout.width, ord(separator))
        if rows is None:
            return None
        place = slice(done, done + len(rows))
        numbers = np.delete(rows, layout.aside, axis=1) if layout.aside else rows
        x[place] = numbers[:, :n_in]
        y[place] = numbers[:, n_in:] if layout.label is None else rows[:, layout.label]
        done += len(rows)
    return (x[:done], y[:done]) if done else None


def _blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Whole lines, each with a line feed at its end."""
    first = True
    while block := stream.read(BLOCK):
        block += stream.readline(BLOCK)
        if first and stream.tell() == len(block):
            block = block.removeprefix(b"\xef\xbb\xbf")
        first = False
        yield block.replace(b"\r\n", b"\n") + (b"" if block.endswith(b"\n") else b"\n")
        tell(stream.tell(), size)


def _rows(block: bytes, width: int, separator: int) -> NDArray[np.int32] | Array | None:
    """(n, width) numbers of some lines, None where they are not plain."""
    characters = np.frombuffer(block, np.uint8)
    newline = characters == NEWLINE
    ends = np.flatnonzero(newline | (characters == separator)).astype(np.int32)
    if len(ends) % width or not newline[ends[width - 1 :: width]].all() or newline.sum() * width != len(ends):
        return None
    whole = _whole(characters, ends)
    if whole is not None:
        return whole.reshape(-1, width)
    fractions = _fractions(block, chr(separator))
    return None if fractions is None else fractions.reshape(-1, width)


def _whole(characters: NDArray[np.uint8], ends: NDArray[np.int32]) -> NDArray[np.int32] | None:
    """Cells of one to DIGITS digits and nothing else, by the places where they end."""
    lengths = np.diff(ends, prepend=np.int32(-1)) - 1
    longest = int(lengths.max())
    if lengths.min() < 1 or longest > DIGITS:
        return None
    digits = characters - np.uint8(ZERO)  # what is below "0" comes out far above 9
    last = digits[ends - 1]
    if last.max() > 9:
        return None
    values = last.astype(np.int32)
    for place in range(1, longest):
        longer = np.flatnonzero(lengths > place)
        more = digits[ends[longer] - 1 - place]
        if more.max() > 9:
            return None
        values[longer] += 10**place * more.astype(np.int32)
    return values


def _fractions(block: bytes, separator: str) -> Array | None:
    """Cells as `float` reads them, but for what people do not write: `1_0`, `nan`."""
    if not block.isascii() or any(odd in block for odd in (b"_", b'"', b"\r")):
        return None
    cells = block.decode("ascii").replace("\n", separator).split(separator)
    del cells[-1]
    try:
        values = np.frombuffer(array("d", map(float, cells)))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None
