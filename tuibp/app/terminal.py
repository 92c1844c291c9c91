"""What terminal this is, decided before anything else is imported: with the standard library alone."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

Colors = Literal["truecolor", "256", "16", "none"]

XTERM_LIKE = re.compile(
    r"xterm|tmux|rxvt|alacritty|foot|kitty|wezterm|ghostty|contour|konsole|vte|gnome|mintty|st\b|st-"
)
TRUE_COLOR = re.compile(r"direct|alacritty|foot|kitty|wezterm|ghostty|contour")
NO_COLORS = re.compile(r"vt\d\d\d?\b(?!.*color)|.*-m(ono)?$|ansi-m|dumb|unknown")
SPEAKS_UTF8 = re.compile(r"alacritty|foot|xterm-(kitty|ghostty)|wezterm|contour")
COERCED = ("C.UTF-8", "C.utf8")

WIDEST, TALLEST = 500, 200
"""Columns and rows that are drawn on: a line may claim 65,535 of each, and every cell takes memory."""


@dataclass(frozen=True)
class Terminal:
    """What was found out. The default is a good terminal, as tests and browsers have it."""

    term: str = "xterm-256color"
    colors: Colors = "truecolor"
    utf8: bool = True
    light: bool = False
    columns: int = 80
    rows: int = 24
    round_trip: float | None = None
    """Seconds from a question to its answer, None where nobody waited for one."""
    multiplexer: str = ""
    """"tmux", "screen" or nothing."""
    remote: bool = False
    """Whether the terminal is at the other end of an SSH connection, as far as the environment tells."""
    slow: bool = False
    """Whether the person said that the line is slow."""
    typed: bytes = b""
    """Keys that came before there was a program to take them."""
    strays: int = 0
    """Cursor reports asked for and still on their way."""
    browser: bool = False
    """Whether a browser is at the other end, with a driver of its own."""
    attributes: Any = field(default=None, repr=False, compare=False)
    """termios attributes from before; the program puts them back when it ends."""

    @property
    def mouse(self) -> bool:
        return not self.slow

    @property
    def xterm_like(self) -> bool:
        """Whether it takes the newer escape sequences without printing parts of them."""
        return bool(XTERM_LIKE.match(self.term))

    def environment(self) -> dict[str, str]:
        """What Textual must find in the environment when it is imported."""
        systems = {"truecolor": "truecolor", "256": "256", "16": "standard", "none": "standard"}
        found = {
            "TEXTUAL_COLOR_SYSTEM": systems[self.colors],
            "TEXTUAL_ANIMATIONS": "none",  # nothing stands between a key and its result
            "TEXTUAL_SMOOTH_SCROLL": "0",
        }
        if not self.xterm_like:
            found["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
        return found


def check(environ: Mapping[str, str], target: str | None) -> None:
    """Raise BadInput, with the command to use instead, where the program cannot be shown."""
    instead = _("without one, try: tuibp trace {target}").format(target=printable(target or "digits"))
    if not (os.isatty(0) and os.isatty(2)):
        raise BadInput(_("this needs a terminal for keys (standard input) and picture (standard error); ") + instead)
    if environ.get("TERM") == "dumb":
        raise BadInput(_("this needs a terminal that can place its cursor, and TERM is dumb; ") + instead)


def colors_of(environ: Mapping[str, str], choice: str = "auto") -> Colors:
    """How many colours: what the person chose, else NO_COLOR, COLORTERM and TERM in this order."""
    if choice in ("16", "256"):
        return "16" if choice == "16" else "256"
    if choice == "never" or (choice == "auto" and environ.get("NO_COLOR")):
        return "none"
    term = environ.get("TERM", "")
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or TRUE_COLOR.search(term):
        return "truecolor"
    if term.endswith("256color"):
        return "256"
    return "none" if choice == "auto" and NO_COLORS.match(term) else "16"


def utf8_of(environ: Mapping[str, str]) -> bool | None:
    """Whether the terminal takes UTF-8, as far as the environment tells; None: ask it."""
    term = environ.get("TERM", "")
    if term == "linux" or term.startswith("linux-"):
        return False  # the console takes UTF-8, but its font lacks Greek, braille and raised figures
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if locale == environ.get("LC_CTYPE") in COERCED and environ.get("LANG", "") in ("", "C", "POSIX"):
        locale = ""  # Python itself puts this there when nobody has said anything
    if "utf8" in locale.lower().replace("-", "") or SPEAKS_UTF8.match(term):
        return True
    return None


def light_of(environ: Mapping[str, str], choice: str = "auto") -> bool | None:
    """Whether the background is light, as far as choice and COLORFGBG tell; None: ask."""
    if choice in ("dark", "light"):
        return choice == "light"
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(ground) in (7, *range(9, 16)) if ground.isdecimal() else None


def multiplexer_of(environ: Mapping[str, str]) -> str:
    """Which program stands between this one and the terminal, and answers for it."""
    return "tmux" if environ.get("TMUX") else "screen" if environ.get("STY") else ""


def size() -> tuple[int, int]:
    """Columns and rows of the terminal that is drawn on, as far as they are drawn on."""
    for descriptor in (2, 0, 1):
        try:
            columns, rows = os.get_terminal_size(descriptor)
        except OSError:
            continue
        if columns > 0 and rows > 0:
            return min(columns, WIDEST), min(rows, TALLEST)
    return 80, 24


def of_environment(environ: Mapping[str, str], choices: Namespace) -> Terminal:
    """What environment and command line tell; UTF-8 and the background as far as they do."""
    slow = bool(getattr(choices, "low_bandwidth", False))
    chosen = getattr(choices, "color", "auto")
    colors = colors_of(environ, chosen)
    if slow and chosen == "auto" and colors != "none":
        colors = "16"
    columns, rows = size()
    return Terminal(
        term=environ.get("TERM", ""),
        colors=colors,
        utf8=not getattr(choices, "ascii", False) and utf8_of(environ) is not False,
        light=bool(light_of(environ, getattr(choices, "theme", "auto"))),
        columns=columns,
        rows=rows,
        multiplexer=multiplexer_of(environ),
        remote=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        slow=slow,
    )
