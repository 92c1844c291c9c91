"""A small program with the output path, the guard and the shelf of tuibp and nothing else of it.

`count N` stands in its first line; space counts on, t fills the rest with noise twenty times a second, c crashes,
b keeps the event loop busy for three seconds, q quits.
"""

from __future__ import annotations

import os
import random
import sys
import time
from argparse import Namespace

from tuibp.app.inquiry import inquire

choices = Namespace(
    ascii="--ascii" in sys.argv, color="auto", theme="auto", low_bandwidth="--low-bandwidth" in sys.argv
)
inquiry = inquire(os.environ, choices, None)

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual.app import ComposeResult  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402

from tuibp.app import guard  # noqa: E402
from tuibp.app.output.application import OutputApp  # noqa: E402
from tuibp.app.shelf import Shelf  # noqa: E402


class Noise(Widget):
    count = 0
    seed = 0

    def render_line(self, y: int) -> Strip:
        width, app = self.size.width, self.app
        assert isinstance(app, Demo)
        if y == 0:
            utf8 = "ä δ³ ⊙ ⣿ 漢字"
            return Strip([Segment(f"count {self.count} {utf8} {app.slow_line}")]).adjust_cell_length(width)
        if not self.seed:
            return Strip.blank(width, Style(bgcolor="#121318"))
        noise = random.Random(self.seed * 1000 + y)
        shades = [Style(color=f"rgb({red},90,90)", bgcolor="#121318") for red in (40, 120, 250)]
        return Strip([Segment(noise.choice("ab─⣿"), noise.choice(shades)) for _ in range(width)], width)


class Demo(OutputApp[None]):
    BINDINGS = [("q", "quit"), ("space", "count"), ("t", "live"), ("c", "crash"), ("b", "busy")]
    live = False
    marks = 0

    def compose(self) -> ComposeResult:
        yield Noise()

    def on_mount(self) -> None:
        self.set_interval(1 / 20, self.tick)

    def tick(self) -> None:
        if self.live:
            self.query_one(Noise).seed += 1
            self.query_one(Noise).refresh()

    def watch_slow_line(self) -> None:
        self.query_one(Noise).refresh()

    def action_live(self) -> None:
        self.live = not self.live

    def action_count(self) -> None:
        self.marks += 1
        self.query_one(Noise).count = self.marks
        self.query_one(Noise).refresh()

    def action_crash(self) -> None:
        raise ValueError("on purpose")

    def action_busy(self) -> None:
        time.sleep(3)


if __name__ == "__main__":
    shelf = Shelf()
    app = Demo(inquiry.finish())
    watching = guard.Guard(lambda last: shelf.write(f"count {app.marks}".encode(), last))
    watching.watch()
    status = guard.run(lambda: app, watching)
    if status == 0:
        shelf.end()
    sys.exit(status)
