"""How fast the line is, from how long frames of different sizes took."""

from __future__ import annotations

MEMORY = 0.97
"""What one more frame leaves of the weight of those before it."""
SPREAD = 300.0
"""Bytes by which sizes must differ before they tell a rate from the delay that every frame has."""
SLOW, FAST = 25_000.0, 50_000.0
"""Bytes a second below which a line counts as slow, and above which it no longer does."""
LIMIT = 10_000_000.0


class LineRate:
    """Slope of time over size by weighted least squares: the delay that is the same for every frame drops out."""

    def __init__(self) -> None:
        self._n = self._x = self._y = self._xx = self._xy = 0.0
        self._frames = 0
        self.value: float | None = None
        """Bytes a second, None as long as nobody knows."""
        self.slow = False

    def learn(self, size: int, seconds: float) -> None:
        """A frame of so many bytes was on the screen after so many seconds."""
        self._frames += 1
        self._n, self._x, self._y = self._n * MEMORY + 1, self._x * MEMORY + size, self._y * MEMORY + seconds
        self._xx, self._xy = self._xx * MEMORY + size * size, self._xy * MEMORY + size * seconds
        spread = self._n * self._xx - self._x**2
        if self._frames < 2 or spread < (self._n * SPREAD) ** 2:
            return
        slope = (self._n * self._xy - self._x * self._y) / spread
        self.value = 1 / max(slope, 1 / LIMIT)
        # The first full screen alone may also have waited for a terminal that was still busy.
        self.slow = self._frames > 2 and self.value < (FAST if self.slow else SLOW)
