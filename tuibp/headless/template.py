"""`tuibp template KIND`: a file to begin one's own backpropagation with, in the form that `compare` takes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tuibp.files.skeletons import SKELETONS
from tuibp.locale import _

SUMMARY = _("A file to begin your own backpropagation with, in the form that compare takes.")
EXAMPLE = "tuibp template numpy --out begun.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=tuple(SKELETONS), help=_("a function in numpy, or a loop in PyTorch"))
    parser.add_argument("--out", metavar="FILE", help=_("write it there; without it, it is printed"))
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))


def run(args: argparse.Namespace) -> int:
    """Raises BadInput where the file exists or cannot be written."""
    text = SKELETONS[args.kind]
    if args.out is None:
        sys.stdout.write(text)
        return 0
    from tuibp.files.atomic import write_told
    from tuibp.files.network_file import may_write

    may_write(args.out, args.force)
    write_told(Path(args.out), text.encode())
    return 0
