"""How numbers are written: as wide as their neighbours, the point in line, the sign in a column of its own.

One number has one form wherever it stands. Numbers that stand together on one scale (tiles, a matrix, a vector) say
×10ⁿ once, in their head (`shared`); every other number that is too small or too large is written with its own exponent,
`4.4e−4` (`plain`, `alone`, `significant`, `steady`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tuibp.core.network import largest
from tuibp.render.glyphs import UNICODE, Glyphs
from tuibp.render.typeset import sentence

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST = -306
"""Below this exponent a power of ten is no normal double."""


@dataclass(frozen=True)
class NumberFormat:
    """One way of writing, for numbers that stand together. Called with a number, it gives exactly `width` cells."""

    width: int
    """Cells of a number; the first of them belongs to the sign."""
    decimals: int
    exponent: int = 0
    """Numbers are written in units of 10^exponent, which `label` says once."""
    plus: bool = False
    """Write + before a positive number."""
    short: bool = False
    """`.38` in place of `0.38`."""
    scientific: bool = False
    """Write `3.2e−7` where that shows more digits of a number than the decimals do."""
    glyphs: Glyphs = UNICODE
    form: Literal["", "scientific", "each"] = ""
    """Every number in scientific form, or each with the decimals that it has room for."""

    def __call__(self, value: float | None) -> str:
        """The number, right-aligned; None (not known yet) is a dot where its last digit will stand. What is too small
        for a digit is a zero without a sign."""
        if value is None:
            return self.glyphs.dot.rjust(self.width)
        if not math.isfinite(value):
            return _not_finite(value, self.width, self.glyphs)
        scaled = value / 10.0**self.exponent if self.exponent else value
        room = self.width - 1
        if self.form == "each":
            return alone(scaled, self.width, plus=self.plus, glyphs=self.glyphs)
        body = self._fixed(abs(scaled), room)
        if len(body) > room or (self.scientific and self._tells_more(abs(scaled), room)) or (self.form and scaled):
            body = scientific(abs(scaled), room, self.glyphs)
        if self.form and body.startswith("#") and abs(scaled) < 1.0:
            body = "0"  # beside the others it is none
        sign = self._sign(scaled) if body.strip("0.") else " "
        return sign.rjust(self.width - len(body)) + body

    def _fixed(self, size: float, room: int) -> str:
        """With fewer decimals where rounding made it a digit longer than the format foresaw."""
        body = f"{size:.{self.decimals}f}"
        if self.short and body.startswith("0."):
            body = body[1:]
        if len(body) > room and len(body) - room <= self.decimals:
            body = f"{size:.{max(self.decimals - (len(body) - room), 0)}f}"
        return body

    def _tells_more(self, size: float, room: int) -> bool:
        """Whether scientific form has more digits of a small number than the decimals show: `0.003`, but `3e−4`."""
        if not 0 < size < min(9.5 * 10.0**-self.decimals, 1.0):
            return False
        return size < 10.0**-self.decimals or "." in scientific(size, room, self.glyphs)

    def _sign(self, value: float) -> str:
        return self.glyphs.minus if value < 0 else "+" if self.plus and value > 0 else " "

    def column(self, values: Iterable[float | None]) -> list[str]:
        return [self(v) for v in values]

    @property
    def label(self) -> str:
        """`×10⁻³`, or nothing where the numbers are written as they are."""
        return times_ten(self.exponent, self.glyphs)


def grouped(n: int) -> str:
    """A count: `8056`, but `10,460`, and beyond fifteen digits `5.3e17`."""
    if n >= 10**15:
        return significant(float(n), 2)
    return f"{n:,}" if n >= 10_000 else str(n)


def ratio(times: float) -> str:
    """How many times more, no finer than it can be measured: `3.4`, `57`, `17,000`."""
    return f"{float(f'{times:.2g}'):,.0f}" if times >= 10 else f"{times:.1f}"


def percent(share: float, digits: int = 3, glyphs: Glyphs = UNICODE) -> str:
    """A share with the digits that count: `67 %`, `99.6 %`, `3.20e−5 %`."""
    hundredths = 100.0 * share
    text = scientific(hundredths, 4, glyphs) if hundredths >= 1e4 else significant(hundredths, digits, glyphs)
    return f"{text} %"


def deviation(size: float, glyphs: Glyphs = UNICODE) -> str:
    """How far two numbers are apart, in the one digit that counts: `1e−9`, `0`."""
    return significant(size, 1, glyphs)


def duration(seconds: float, glyphs: Glyphs = UNICODE) -> str:
    """A time in the unit that fits, three digits that count: `60 µs`, `31.8 ms`, `4.2 s`, `12 min`, `3.1 h`."""
    micro = sentence("µs", glyphs)
    for limit, unit, factor in (
        (9.995e-4, micro, 1e6),
        (0.9995, "ms", 1e3),
        (119.5, "s", 1.0),
        (7170.0, "min", 1 / 60),
    ):
        if seconds < limit:
            return f"{significant(seconds * factor)} {unit}"
    return f"{float(f'{seconds / 3600:.3g}'):,g} h"


def shared(
    values: ArrayLike | Sequence[float],
    width: int,
    *,
    least: float = 0.1,
    most_decimals: int = 6,
    plus: bool = False,
    short: bool = False,
    glyphs: Glyphs = UNICODE,
) -> NumberFormat:
    """The format for numbers that share a scale, by the largest |value| of them.

    While that one is `least` or more and fits, numbers are written as they are; otherwise with a common exponent, a
    multiple of three, said once.
    """
    greatest = largest(np.asarray(values, dtype=np.float64))
    exponent = 0
    if greatest > 0 and not least <= greatest < 10.0 ** (width - 1) - 0.5:
        exponent = max(3 * math.floor(math.log10(greatest) / 3), SMALLEST)
    decimals = min(decimals_for(greatest / 10.0**exponent, width, short), most_decimals)
    return NumberFormat(width, decimals, exponent, plus, short, glyphs=glyphs)


def plain(
    values: ArrayLike | Sequence[float],
    width: int,
    *,
    most_decimals: int = 6,
    plus: bool = False,
    glyphs: Glyphs = UNICODE,
) -> NumberFormat:
    """The format for numbers without a common exponent: decimals by the largest, tiny ones in scientific form."""
    decimals = min(decimals_for(largest(np.asarray(values, dtype=np.float64)), width, short=False), most_decimals)
    return NumberFormat(width, decimals, plus=plus, scientific=True, glyphs=glyphs)


def across(values: ArrayLike, width: int, *, plus: bool = False, glyphs: Glyphs = UNICODE) -> NumberFormat:
    """One form for numbers that are orders of magnitude apart: scientific, or as they are where none is very small."""
    sizes = np.asarray(values, dtype=np.float64)
    small, large = float(sizes[sizes > 0].min(initial=np.inf)), float(sizes.max(initial=0.0))
    as_they_are = small >= 0.01 and large < 10.0 ** (width - 1) - 0.5
    return NumberFormat(width, 0, plus=plus, glyphs=glyphs, form="each" if as_they_are else "scientific")


def decimals_for(largest: float, width: int, short: bool = False) -> int:
    """How many decimals numbers up to `largest` may have in `width` cells with a sign, so that the largest fits."""
    room = width - 1
    whole = len(str(int(largest))) if largest >= 1 else (0 if short else 1)
    decimals = max(room - whole - 1, 0)
    if len(f"{largest:.{decimals}f}".lstrip("0" if short else "")) > room:  # rounding made it a digit longer
        decimals = max(decimals - 1, 0)
    return decimals


def alone(value: float | None, width: int, *, plus: bool = False, glyphs: Glyphs = UNICODE) -> str:
    """One number with as many digits as `width` cells hold, its sign's cell included."""
    return plain([0.0 if value is None else value], width, most_decimals=15, plus=plus, glyphs=glyphs)(value)


def scientific(size: float, room: int, glyphs: Glyphs = UNICODE) -> str:
    """A number ≥ 0 as `8.77e−4` in at most `room` cells, with what digits fit (at the very least `9e9`)."""
    if not math.isfinite(size):
        return _not_finite(size, 0, glyphs)
    for digits in range(max(min(room - 4, 15), 0), -1, -1):
        mantissa, exponent = f"{size:.{digits}e}".split("e")
        written = f"{mantissa}e{str(int(exponent)).replace('-', glyphs.minus)}"
        if len(written) <= room:
            return written
    return "#" * room


def significant(value: float, digits: int = 3, glyphs: Glyphs = UNICODE, typed: bool = False) -> str:
    """A number within a sentence: `0.0146`, `−2.60e−4`; no padding. What a person `typed` has no zeros at its end."""
    if not math.isfinite(value):
        return _not_finite(value, 0, glyphs).strip()
    size = abs(value)
    if 10.0**digits - 0.5 <= size < 1e6:
        text = f"{size:.0f}"
    else:
        text = f"{size:.{digits}g}" if size == 0 or 1e-3 <= size < 10.0**digits else f"{size:.{digits - 1}e}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if typed and "." in mantissa else mantissa
        text = f"{mantissa}e{str(int(exponent)).replace('-', glyphs.minus)}"
    return (glyphs.minus if value < 0 else "") + text


def steady(value: float, decimals: int = 4, plus: bool = False, glyphs: Glyphs = UNICODE) -> str:
    """A number that is watched while it changes: its point stays where it is, unless that leaves fewer than three
    digits of it, or it is a million and more."""
    value += 0.0  # no minus before a 0
    if math.isfinite(value) and (value == 0 or 10.0 ** (2 - decimals) <= abs(value) < 1e6):
        text = f"{value:.{decimals}f}".replace("-", glyphs.minus)
    else:
        text = significant(value, decimals, glyphs)
    return "+" + text if plus and value > 0 else text


def times_ten(exponent: int, glyphs: Glyphs = UNICODE) -> str:
    """`×10⁻³`; in ASCII `e-3`; nothing for 0."""
    if exponent == 0:
        return ""
    return f"e{exponent}" if glyphs.ascii else "×10" + str(exponent).translate(SUPERSCRIPTS)


def _not_finite(value: float, width: int, glyphs: Glyphs) -> str:
    text = "nan" if math.isnan(value) else "inf" if value > 0 else glyphs.minus + "inf"
    return text.rjust(width)
