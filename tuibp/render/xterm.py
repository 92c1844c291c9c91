"""Colours that have a number of their own among xterm's 256."""

from __future__ import annotations

STEPS = (0, 95, 135, 175, 215, 255)
CHANGED = 21
"""What stands below and here are other colours in some people's themes."""

NUMBERS = {(STEPS[n // 36], STEPS[n // 6 % 6], STEPS[n % 6]): 16 + n for n in range(CHANGED - 15, 216)} | {
    (8 + 10 * n, 8 + 10 * n, 8 + 10 * n): 232 + n for n in range(24)
}
"""Number by red, green and blue."""
COLOURS = {number: colour for colour, number in NUMBERS.items()}
