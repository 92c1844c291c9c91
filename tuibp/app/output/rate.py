"""How fast the line is, from how long frames of different sizes took."""

from __future__ import annotations

from math import inf

MEMORY = 0.97
"""What one more frame leaves of the weight of those before it."""
SPREAD = 300.0
"""Bytes by which sizes must differ before they tell a rate from the delay that every frame has."""
SLOW = 25_000.0
"""Bytes a second below which a line counts as slow."""
LATE, EARLY = 2, 20
"""Frames in a row that must be late before a line is called slow, and in time before it no longer is."""
LIMIT = 10_000_000.0


class LineRate:
    """Slope of time over size by weighted least squares: the delay that is the same for every frame drops out."""

    def __init__(self) -> None:
        self._n = self._x = self._y = self._xx = self._xy = 0.0
        self.delay = inf
        """Seconds that the quickest frame took: the way there and back."""
        self._late = self._early = 0
        self.value: float | None = None
        """Bytes a second, None as long as nobody knows."""
        self.slow = False

    def learn(self, size: int, seconds: float) -> None:
        """A frame of so many bytes was on the screen after so many seconds."""
        self._n, self._x, self._y = self._n * MEMORY + 1, self._x * MEMORY + size, self._y * MEMORY + seconds
        self._xx, self._xy = self._xx * MEMORY + size * size, self._xy * MEMORY + size * seconds
        spread = self._n * self._xx - self._x**2
        if spread >= (self._n * SPREAD) ** 2:
            slope = (self._n * self._xy - self._x * self._y) / spread
            self.value = 1 / max(slope, 1 / LIMIT)
        self.delay = min(self.delay, seconds)
        if size >= SPREAD:
            self._judge(late=seconds - self.delay > size / SLOW)

    def _judge(self, late: bool) -> None:
        """One late frame may have waited for a busy terminal; a slow line is late every time."""
        self._late, self._early = (self._late + 1, 0) if late else (0, self._early + 1)
        if self._late >= LATE and self.value is not None and self.value < SLOW:
            self.slow = True
        elif self._early >= EARLY:
            self.slow = False
