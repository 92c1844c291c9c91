"""`tuibp convert IN OUT`: a network from one file format to another, with its data and training, to the bit."""

from __future__ import annotations

import argparse

from tuibp.locale import _

SUMMARY = _("write a preset or network file as .json, .npz or .safetensors")
EXAMPLE = "tuibp convert mazur mazur.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="IN", help=_("a preset, or a .toml .json .npz .safetensors file"))
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))
    parser.add_argument("out", metavar="OUT", help=_("the file to write; its ending names the format"))


def run(args: argparse.Namespace) -> int:
    from tuibp.files import load, save
    from tuibp.files.network_file import may_write

    may_write(args.out, args.force)
    save(args.out, load(args.source))
    return 0
