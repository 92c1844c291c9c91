"""Asking the terminal what it is. Questions go out at once; their answers come in while the program is imported."""

from __future__ import annotations

import atexit
import os
import re
import select
import termios
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

from tuibp.app.terminal import Terminal, check, light_of, of_environment, utf8_of
from tuibp.files.errors import BadInput
from tuibp.locale import _

PATIENCE = 1.0
"""Seconds to wait for an answer without which the program cannot go on."""

REPORT = re.compile(rb"\x1b\[(\d+);(\d+)R")
GROUND = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)(?:\x07|\x1b\\)")
ANSWERS = re.compile(REPORT.pattern + b"|" + rb"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)")

ASK_GROUND = b"\x1b]11;?\x07"
ASK_REPORT = b"\x1b[6n"
E_ACUTE = b"\r\xc3\xa9"
WIPE = b"\r  \r"


class Inquiry:
    """Questions under way. `finish` gives the Terminal."""

    def __init__(self, environ: Mapping[str, str], choices: Namespace, wait: float | None = None) -> None:
        """Ask. `wait`: seconds to give every answer; None waits only for what cannot be done without."""
        self._found = of_environment(environ, choices)
        self._wait = wait
        self._attributes: Any = None
        self._heard = b""
        self._asked = 0
        self._since = 0.0
        self._unknown = environ.get("TERM", "") in ("", "unknown")
        self._wants_utf8 = not getattr(choices, "ascii", False) and utf8_of(environ) is None
        if self._wants_utf8 and self._found.multiplexer == "tmux" and not environ.get("TEXTUAL_DRIVER"):
            self._ask_tmux()
        self._wants_ground = light_of(environ, getattr(choices, "theme", "auto")) is None and self._found.xterm_like
        if environ.get("TEXTUAL_DRIVER"):
            self._found = Terminal(slow=self._found.slow, browser=True)
        elif self._wants_utf8 or self._wants_ground or self._unknown or wait is not None:
            self._ask()

    @property
    def terminal(self) -> Terminal:
        """What is known already; colours and size are final."""
        return self._found

    def finish(self) -> Terminal:
        """What is known now that the answers had time to come. Raises BadInput where nothing can be shown."""
        if self._found.browser:
            return self._found
        if not self._asked:
            with suppress(OSError, termios.error):
                self._quieten()
            return replace(self._found, attributes=self._attributes)
        needed = self._wants_utf8 or self._unknown
        self._listen(self._wait if self._wait is not None else PATIENCE if needed else 0.0)
        report, ground = REPORT.search(self._heard), GROUND.search(self._heard)
        if self._unknown and report is None:
            self.restore()
            raise BadInput(_("TERM is not set, and the terminal does not say where its cursor is; set TERM, for "
                             "example to xterm-256color"))  # fmt: skip
        found = replace(
            self._found,
            strays=self._asked - len(REPORT.findall(self._heard)),
            typed=ANSWERS.sub(b"", self._heard),
            attributes=self._attributes,
        )
        if self._wants_utf8:
            found = replace(found, utf8=report is not None and int(report[2]) == 2)
        if self._wants_ground and ground is not None:
            found = replace(found, light=_luminance(ground) > 0.5)
        return found

    def restore(self) -> None:
        """Put the terminal back as it was before the questions."""
        if self._attributes is not None:
            try:
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)
            except termios.error:
                return

    def _ask(self) -> None:
        question = (ASK_GROUND if self._wants_ground else b"") + (E_ACUTE if self._wants_utf8 else b"") + ASK_REPORT
        try:
            self._quieten()
            self._since = monotonic()
            os.write(2, question + (WIPE if self._wants_utf8 else b""))
            self._asked = 1
        except (OSError, termios.error):
            self._asked = 0

    def _quieten(self) -> None:
        """From here on nothing that is typed shows, or it would stand in the first picture. Raises OSError,
        termios.error."""
        self._attributes = termios.tcgetattr(0)
        quiet = termios.tcgetattr(0)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        atexit.register(self.restore)

    def _listen(self, seconds: float) -> None:
        """Take what has come, waiting at most so long for the cursor report."""
        until = self._since + seconds
        while REPORT.search(self._heard) is None:
            if not select.select([0], [], [], max(0.0, until - monotonic()))[0]:
                return
            try:
                piece = os.read(0, 4096)
            except OSError:
                return
            if not piece:
                return
            self._heard += piece
            if self._wait is not None and REPORT.search(self._heard):
                self._found = replace(self._found, round_trip=monotonic() - self._since)

    def _ask_tmux(self) -> None:
        """tmux is UTF-8 inside whatever its terminal is, so that only tmux itself knows."""
        import subprocess  # as slow as all the rest of this file

        try:
            told = subprocess.run(
                ["tmux", "display-message", "-p", "#{client_utf8}"], capture_output=True, timeout=0.5, check=False
            ).stdout.strip()
        except (OSError, subprocess.SubprocessError):
            return
        if told in (b"0", b"1"):
            self._wants_utf8 = False
            self._found = replace(self._found, utf8=told == b"1")


def _luminance(ground: re.Match[bytes]) -> float:
    """0 for black, 1 for white, of the colour in an OSC 11 reply."""
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in ground.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def inquire(environ: Mapping[str, str], choices: Namespace, target: str | None) -> Inquiry:
    """Check that there is a terminal, ask it, and set the environment for Textual, which must not be imported yet."""
    if not environ.get("TEXTUAL_DRIVER"):  # a browser at the other end is no terminal of ours
        check(environ, target)
    inquiry = Inquiry(environ, choices)
    for name, value in inquiry.terminal.environment().items():
        os.environ[name] = value
    return inquiry
