"""The program with one of three output paths: its own, the same without comparing, and stock Textual's.

`python -m tests.benchmarks.output_paths changes|whole|stock TARGET` runs it on this terminal.
"""

from __future__ import annotations

import inspect
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from tuibp.app.inquiry import inquire

PATHS = ("changes", "whole", "stock")


def program(path: str) -> Any:
    """TuibpApp, sending its frames this way."""
    from textual.app import App
    from textual.drivers.linux_driver import LinuxDriver

    from tuibp.app.app import TuibpApp

    sheet = str(Path(inspect.getfile(TuibpApp)).with_name(str(TuibpApp.CSS_PATH)))

    class Whole(TuibpApp):
        CSS_PATH = sheet

        def _send(self, screen: Any) -> None:
            self._shown.forget()
            super()._send(screen)

    class Stock(TuibpApp):
        CSS_PATH = sheet
        _display = App._display  # the point of it

        def get_driver_class(self) -> Any:
            return LinuxDriver

    return {"changes": TuibpApp, "whole": Whole, "stock": Stock}[path]


def main() -> None:
    path, target = sys.argv[1:]
    inquiry = inquire(os.environ, Namespace(), target)
    from tuibp.app.desk import Desk
    from tuibp.files import load

    desk = Desk.of(load(target))
    app = program(path)(desk, inquiry.finish())
    app.run()
    if app._exception is not None:
        raise app._exception


if __name__ == "__main__":
    main()
