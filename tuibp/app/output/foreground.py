"""Whose terminal it is just now: the program's, or that of the shell that stopped it."""

from __future__ import annotations

import os
import signal
from time import sleep

AGAIN = 0.1


def in_foreground(descriptor: int) -> bool:
    """Whether the terminal is this program's to read and set; also where there is none that could be another's."""
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return True


def stop_until_in_foreground(descriptor: int) -> None:
    """Stop as by ctrl+z; returns once continued with the terminal given back. Call it in the main thread.

    By SIGTSTP's own action, not SIGSTOP: the kernel spares a program that no shell could continue.
    """
    ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        signal.raise_signal(signal.SIGTSTP)
        while not in_foreground(descriptor):  # continued in the background: nothing to do there
            sleep(AGAIN)
            signal.raise_signal(signal.SIGTSTP)
    finally:
        signal.signal(signal.SIGTSTP, ours)
