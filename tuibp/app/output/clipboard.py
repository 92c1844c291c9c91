"""The clipboard of the terminal that a person sits at, wherever the program runs: OSC 52."""

from __future__ import annotations

from base64 import b64encode

from tuibp.app.terminal import Terminal

LONGEST = 512
"""Bytes that GNU screen passes on in one go."""


def has_clipboard(terminal: Terminal) -> bool:
    """Whether one can be there: consoles and old terminals have none."""
    return terminal.xterm_like or bool(_between(terminal))


def osc52(text: str, terminal: Terminal) -> str:
    """What puts a text there.

    tmux takes it where its set-clipboard is on, or passes on what is wrapped where its allow-passthrough is; screen
    passes on what is wrapped, in pieces. Each ignores what is meant for the other.
    """
    plain = f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"
    between = _between(terminal)
    if between == "tmux":
        return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if between == "screen":
        pieces = (plain[at : at + LONGEST] for at in range(0, len(plain), LONGEST))
        return plain + "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def _between(terminal: Terminal) -> str:
    """The multiplexer; one at the near end of an SSH connection shows in TERM alone."""
    return terminal.multiplexer or next((name for name in ("tmux", "screen") if terminal.term.startswith(name)), "")
