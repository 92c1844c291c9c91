"""Whatever ends the program, what the person was doing is saved once and the terminal is left as it was."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.output.application import OutputApp

SIGNALS = (
    signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGVTALRM, signal.SIGPROF, signal.SIGXCPU,
)  # fmt: skip
"""All that would end the program otherwise, but for those that nothing can be done about."""
LINGER = 0.2
"""Seconds that other threads get to end after the program has."""
PATIENCE = 0.75
"""Seconds for the program to end by itself after a signal."""
SOON = 1.0
"""Seconds until what was done is saved."""
SHARE = 4
"""Time between saves, in times that one of them takes: what takes long is saved more rarely."""
CRASHED = 70
"""Exit status after an error in the program itself (EX_SOFTWARE)."""

RESTORE = (
    b"\x1b[0m\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l\x1b[?1004l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)


class Guard:
    """Watches signals and the terminal from a thread of its own, since the program's may be busy."""

    def __init__(self, save: Callable[[bool], object], moment: Callable[[], object] = object) -> None:
        """`save` is called from several threads, never two at once, and must not need the program's event loop; it is
        told whether it is the last time. `moment` is equal as long as there is nothing new to save."""
        self._save, self._moment = save, moment
        self._app: OutputApp[Any] | None = None
        self._lock = Lock()
        self._saved = False
        self._over = Event()
        self._attributes = self._attributes_now()
        self.signal = 0
        """The signal that ended the program, 0 where none did."""
        self.objection = ""
        """Why the session could not be saved."""

    # Saving

    def save_once(self) -> None:
        """The last save; what follows changes nothing any more."""
        with self._lock:
            if not self._saved:
                self._saved = True
                self._try(last=True)

    def save_now(self) -> None:
        """A save in between: the line has gone silent, or a while has passed."""
        with self._lock:
            if not self._saved:
                self._try()

    def keep_saving(self) -> None:
        """Save what was done soon after it was: no signal tells of a power cut, or of a kill."""
        saved, wait = self._moment(), SOON
        while not self._over.wait(wait):
            now, wait = self._moment(), SOON
            if now != saved:
                saved, started = now, monotonic()
                self.save_now()
                wait = max(SOON, SHARE * (monotonic() - started))

    def _try(self, last: bool = False) -> None:
        try:
            self._save(last)
            self.objection = ""
        except Exception as error:
            self.objection = printable(error)

    # Watching

    def watch(self) -> None:
        """From here on signals and hang-ups end the program in order. Call it in the main thread."""
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._before = [(number, signal.signal(number, _noticed)) for number in SIGNALS]
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        Thread(target=self._work, name="tuibp-guard", daemon=True).start()

    def attend(self, app: OutputApp[Any]) -> None:
        """Ask this program to end before it is ended, and save what it does now and then."""
        self._app = app
        app.when_silent = self.save_now
        app.when_gone = self.gone
        Thread(target=self.keep_saving, name="tuibp-saving", daemon=True).start()

    def gone(self) -> None:
        """Nobody is at the other end: as a hang-up, from whichever thread notices first."""
        with contextlib.suppress(OSError):
            os.write(self._write, bytes([signal.SIGHUP]))

    def over(self) -> None:
        """The program has ended by itself."""
        self._over.set()
        signal.set_wakeup_fd(self._wakeup)
        for number, before in self._before:
            signal.signal(number, before)
        with contextlib.suppress(OSError):
            os.write(self._write, b"\0")

    def _work(self) -> None:
        number = self._wait()
        if not number:
            return
        self.signal = number
        self.save_once()
        if self.terminal_lives() and self._ask_to_exit() and self._over.wait(PATIENCE):
            return
        if self._over.is_set():
            return
        self.restore()
        os._exit(128 + number)

    def _wait(self) -> int:
        """The signal that came; SIGHUP for a terminal that has gone; 0 when the program is over."""
        poll = select.poll()
        poll.register(self._read, select.POLLIN)
        poll.register(0, 0)  # no event but a hang-up
        while True:
            ready = dict(poll.poll(500))
            if self._over.is_set():
                return 0
            if self._read in ready:
                numbers = [number for number in os.read(self._read, 64) if number in SIGNALS]
                if numbers:
                    return numbers[0]
            if 0 in ready or not self.terminal_lives():
                return int(signal.SIGHUP)

    def _ask_to_exit(self) -> bool:
        loop = None if self._app is None else self._app._loop
        if loop is None or self._app is None:
            return False
        try:
            loop.call_soon_threadsafe(self._app.exit)
        except RuntimeError:
            return False
        return True

    # The terminal

    def terminal_lives(self) -> bool:
        """Whether there is still somebody at the other end."""
        return self._attributes is None or self._attributes_now() is not None

    @staticmethod
    def _attributes_now() -> Any:
        try:
            return termios.tcgetattr(0)
        except (termios.error, OSError):
            return None

    def restore(self) -> None:
        """Put the terminal back without waiting for it, whatever state the program is in."""
        attributes = self._attributes
        if self._app is not None and self._app.terminal.attributes is not None:
            attributes = self._app.terminal.attributes
        if attributes is None:
            return
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
        with contextlib.suppress(OSError):
            # A descriptor of its own: this one may refuse to wait, while the shell's must not.
            handle = os.open(os.ttyname(2), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            os.write(handle, RESTORE)


def _noticed(_number: int, _frame: object) -> None:
    """The number itself went to the guard's pipe; Python wants a handler for that."""


def run(make: Callable[[], OutputApp[Any]], guard: Guard) -> int:
    """Make the program and run it under a guard that watches. Returns 0, 128 + n after a signal, 70 after a crash.

    Raises BadInput where it cannot be made.
    """
    crash: BaseException | None = None
    try:
        app = make()
        guard.attend(app)
        app.run(mouse=app.terminal.mouse)
        crash = app._exception
    except BadInput:  # what was asked for is not to be had: that is no crash
        guard.restore()
        raise
    except BaseException as error:
        guard.restore()
        crash = error
    finally:
        guard.over()
        guard.save_once()
    if not guard.signal and not guard.terminal_lives():
        guard.signal = signal.SIGHUP  # what ended it can only have been taken for a key
    status = CRASHED if crash is not None else 128 + guard.signal if guard.signal else 0
    _say(_last_line(guard, crash))
    _hasten(status)
    return status


def _say(line: str) -> None:
    """The last word, where anybody is there to read it."""
    try:
        sys.stderr.write(f"tuibp: {line}\n" if line else "")
        sys.stderr.flush()
    except OSError:  # Python tries again at the very end, and would make that the exit status
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _last_line(guard: Guard, crash: BaseException | None) -> str:
    said = []
    if crash is not None:
        from tuibp.app.crash import report

        said.append(report(crash))
    if guard.objection:
        said.append(_("the session could not be saved: {reason}").format(reason=guard.objection))
    return "; ".join(said)


def _hasten(status: int) -> None:
    """See to it that the process ends, even where a thread still computes."""

    def leave() -> None:
        sleep(LINGER)
        os._exit(status)

    Thread(target=leave, name="tuibp-exit", daemon=True).start()
