"""When to look for garbage."""

from __future__ import annotations

import gc


def collect_garbage() -> None:
    """From here on: start-up leaves it to us. What it built stays, so that no collection needs to look at it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
