"""`tuibp new DATA`: a preset for somebody's data or for sizes, each choice in it with a comment; then it is opened."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.headless.output import say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.files.preset import Preset

SUMMARY = _("Write a preset for your data, or for sizes, every choice with a comment; asks nothing.")
EXAMPLE = "tuibp new 2,3,1 --out mine.toml"
SIZES = re.compile(r"\d{1,7}(,\d{1,7})*", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "data", metavar="DATA", help=_("a .csv or .npz file, MNIST's files or their folder, or sizes: 2,3,1")
    )
    parser.add_argument("--hidden", metavar="N,M", help=_("neurons of the layers between, in place of a guess"))
    parser.add_argument("--label", metavar="COLUMN", help=_("the column of the class in a .csv file: name or number"))
    parser.add_argument("--out", metavar="FILE", help=_("the preset to write; without it, DATA's name in .toml"))
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))
    parser.add_argument(
        "--open", action=argparse.BooleanOptionalAction, help=_("open it in the program; without a word, in a terminal")
    )


def run(args: argparse.Namespace) -> int:
    from tuibp.files.atomic import write_told
    from tuibp.files.heed import told_on_stderr
    from tuibp.files.network_file import may_write

    sizes = SIZES.fullmatch(args.data) is not None and not Path(args.data).exists()
    out = Path(args.out or (f"{args.data.replace(',', '-')}.toml" if sizes else _beside(args.data)))
    if out.suffix.lower() != ".toml":
        raise BadInput(_("{file}: a preset's name ends in .toml").format(file=printable_path(out)))
    may_write(out, args.force)
    with told_on_stderr(printable(args.data)):
        text = _for_sizes(args) if sizes else _for_data(args, out)
        preset = _tried(text, out)
    write_told(out, text.encode("utf-8"))
    if args.open or (args.open is None and sys.stdin.isatty() and sys.stdout.isatty()):
        return _opened(out)
    say(text.rstrip("\n"))
    for note in preset.notes:
        print(f"tuibp: {note}", file=sys.stderr)
    print(_("tuibp: written to {file}; tuibp {file} opens it").format(file=printable_path(out)), file=sys.stderr)
    return 0


def _beside(data: str) -> Path:
    """`mnist.toml` for `mnist.csv`, `mnist.csv.gz` and the folder `mnist`. Raises BadInput for `.`, `..` and `/`."""
    path = Path(data)
    if path.name in ("", ".."):
        raise BadInput(_("{file}: name the preset to write, with --out").format(file=printable_path(data)))
    plain = path.with_name(path.name.removesuffix(".gz"))
    return plain.with_name(f"{plain.name if path.is_dir() else plain.stem}.toml")


def _for_sizes(args: argparse.Namespace) -> str:
    from tuibp.files.new_preset import for_sizes

    if args.label is not None or args.hidden is not None:
        raise BadInput(_("--label and --hidden go with a data file"))
    return for_sizes([int(size) for size in args.data.split(",")])


def _for_data(args: argparse.Namespace, out: Path) -> str:
    from tuibp.files.new_preset import for_data, in_bounds
    from tuibp.files.survey import survey

    if args.hidden is not None and not SIZES.fullmatch(args.hidden):
        raise BadInput(_("--hidden takes numbers, as in 30 or 30,20, not {text}").format(text=repr(args.hidden)))
    hidden = None if args.hidden is None else [int(size) for size in args.hidden.split(",")]
    if hidden is not None:
        in_bounds("--hidden", hidden)
    data = Path(args.data)
    if not data.absolute().is_relative_to(out.absolute().parent):
        reason = _("{file}: must be in the folder of {out} or below it")
        raise BadInput(reason.format(file=printable_path(data), out=printable_path(out)))
    name = data.absolute().relative_to(out.absolute().parent).as_posix()
    return for_data(survey(data, args.label), name, args.label, hidden)


def _tried(text: str, out: Path) -> Preset:
    """What the text opens, before it is written. Raises BadInput."""
    import tomllib

    from tuibp.files.description import preset_of

    return preset_of(tomllib.loads(text), printable(out.stem), out, str(out.absolute()), data_required=True)


def _opened(out: Path) -> int:
    from tuibp.app.start import start
    from tuibp.headless.commands import opening_parser

    return start(opening_parser().parse_args([str(out)]))
