"""Options that say how a terminal is drawn on; where none is given, the person's own choice holds."""

from __future__ import annotations

import argparse

from tuibp.files.config import COLORS, THEMES, Config
from tuibp.locale import _


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ascii", action=argparse.BooleanOptionalAction, help=_("draw with ASCII alone"))
    parser.add_argument("--color", choices=COLORS, help=_("how many colours; auto: as many as the terminal has"))
    parser.add_argument("--theme", choices=THEMES, help=_("for a dark or a light ground; auto: the terminal is asked"))
    parser.add_argument("--low-bandwidth", action="store_true", help=_("16 colours and no mouse, for a slow line"))


def complete(args: argparse.Namespace, config: Config) -> None:
    """Put the person's own choices where the command line says nothing."""
    for name in ("ascii", "color", "theme"):
        if getattr(args, name) is None:
            setattr(args, name, config[name])
