"""How a cell is drawn, and the shortest way from one pen to the next."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style

from tuibp.render.xterm import NUMBERS

NO_FOREGROUND, NO_BACKGROUND = "39", "49"

ATTRIBUTES = (
    ("bold", "1", "22"), ("dim", "2", "22"), ("italic", "3", "23"), ("underline", "4", "24"), ("blink", "5", "25"),
    ("blink2", "6", "25"), ("reverse", "7", "27"), ("conceal", "8", "28"), ("strike", "9", "29"),
    ("underline2", "21", "24"), ("frame", "51", "54"), ("encircle", "52", "54"), ("overline", "53", "55"),
)  # fmt: skip
"""Rich's attributes with the codes that turn them on and off."""

OFF = {on: off for _, on, off in ATTRIBUTES}
SEEN_ON_A_SPACE = frozenset({"4", "7", "9", "21", "51", "52", "53"})


class Pen(NamedTuple):
    """SGR codes. A foreground of "" is any: nothing is drawn with it."""

    attributes: tuple[str, ...] = ()
    foreground: str = NO_FOREGROUND
    background: str = NO_BACKGROUND

    @property
    def blank(self) -> Pen:
        """The pen for a space: what cannot be seen on it is left open."""
        if SEEN_ON_A_SPACE.intersection(self.attributes):
            return self
        return Pen((), "", self.background)

    @property
    def exchangeable(self) -> bool:
        """Whether foreground and background can take each other's place."""
        return not self.attributes and self.foreground.startswith("38;") and self.background.startswith("48;")

    @property
    def exchanged(self) -> Pen:
        """Foreground and background in each other's place."""
        return Pen((), "38" + self.background[2:], "48" + self.foreground[2:])


PLAIN = Pen()


@lru_cache(maxsize=16384)
def pen_of(style: Style | None, system: ColorSystem | None) -> Pen:
    """The pen of a style in so many colours; None: no colour at all. Links and click handlers leave no trace."""
    if style is None:
        return PLAIN
    attributes = tuple(on for name, on, _ in ATTRIBUTES if getattr(style, name))
    if system is None:
        return Pen(attributes)
    return Pen(
        attributes,
        _codes(style.color, system, True) or NO_FOREGROUND,
        _codes(style.bgcolor, system, False) or NO_BACKGROUND,
    )


def _codes(color: Color | None, system: ColorSystem, foreground: bool) -> str:
    """A colour that has a number goes by it: that is half as long."""
    if color is None:
        return ""
    if system is ColorSystem.TRUECOLOR and color.triplet in NUMBERS:
        return f"{38 if foreground else 48};5;{NUMBERS[color.triplet]}"
    return ";".join(color.downgrade(system).get_ansi_codes(foreground))


@lru_cache(maxsize=16384)
def change(now: Pen | None, wanted: Pen) -> tuple[str, Pen]:
    """(what to send, the pen that then holds); `now` is None where nobody knows what holds."""
    if now is None:
        return _send(_afresh(wanted)), _closed(wanted)
    if not wanted.foreground:
        if not SEEN_ON_A_SPACE.intersection(now.attributes):
            after = now._replace(background=wanted.background)
            return ("" if after == now else _send([wanted.background])), after
        wanted = _closed(wanted)
    if wanted == now:
        return "", now
    # Without colours a reset is as short, and older terminals know no code to turn one attribute off.
    coloured = (now.foreground, now.background) != (NO_FOREGROUND, NO_BACKGROUND)
    ways = [_afresh(wanted), _stepwise(now, wanted)] if coloured else [_afresh(wanted)]
    if set(now.attributes) <= set(wanted.attributes):
        ways.append(_stepwise(now, wanted))
    return min(map(_send, ways), key=len), wanted


def cost(now: Pen | None, wanted: Pen) -> int:
    """About as many characters as the change takes."""
    if now is None or now.attributes != wanted.attributes:
        return len(change(now, wanted)[0])
    foreground = len(wanted.foreground) if wanted.foreground != now.foreground else 0
    return foreground + (len(wanted.background) if wanted.background != now.background else 0)


def _closed(pen: Pen) -> Pen:
    return pen if pen.foreground else pen._replace(foreground=NO_FOREGROUND)


def _send(codes: list[str]) -> str:
    return f"\x1b[{';'.join(codes)}m"


def _afresh(wanted: Pen) -> list[str]:
    colours = [
        code for code in (wanted.foreground, wanted.background) if code not in ("", NO_FOREGROUND, NO_BACKGROUND)
    ]
    return ["0", *wanted.attributes, *colours]


def _stepwise(now: Pen, wanted: Pen) -> list[str]:
    off = {OFF[code] for code in now.attributes if code not in wanted.attributes}
    kept = [code for code in now.attributes if OFF[code] not in off]
    codes = [*sorted(off), *(code for code in wanted.attributes if code not in kept)]
    codes += [wanted.foreground] if wanted.foreground != now.foreground else []
    codes += [wanted.background] if wanted.background != now.background else []
    return codes
