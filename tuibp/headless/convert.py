"""`tuibp convert IN OUT`: a network from one file format to another, with its data and training, to the bit; or as a
script for PyTorch."""

from __future__ import annotations

import argparse
import sys

from tuibp.headless.arguments import add_what_is_open
from tuibp.locale import _

SUMMARY = _("write a preset or network file as .json, .npz, .safetensors, or as a PyTorch script (.py)")
EXAMPLE = "tuibp convert mazur mazur.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="IN", help=_("a preset, or a .toml .json .npz .safetensors file"))
    add_what_is_open(parser, "source")
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))
    parser.add_argument("out", metavar="OUT", help=_("the file to write; its ending names the format"))


def run(args: argparse.Namespace) -> int:
    from tuibp.files import load, save
    from tuibp.files.errors import printable_path
    from tuibp.files.network_file import for_the_book, may_write

    may_write(args.out, args.force)
    preset = load(args.source)
    for note in preset.notes:
        print(f"tuibp: {note}", file=sys.stderr)
    save(args.out, preset)
    if not for_the_book(args.out, preset.network):
        said = _(
            "{file}: network2.py knows sigmoid layers alone, so this is in tuibp's own form, which it cannot load."
        )
        print(f"tuibp: {said.format(file=printable_path(args.out))}", file=sys.stderr)
    return 0
