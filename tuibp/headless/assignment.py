"""`tuibp assignment`: a graded exercise for a course, whose feedback is the named mistake; and its grading at hand."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tuibp.files.errors import BadInput
from tuibp.locale import _

SUMMARY = _("A graded exercise for a course: students write backprop, and are told which mistake is in it.")
EXAMPLE = "tuibp assignment --out course --seed 7"
MOST_SEED = 2**31
VISIBLE = (1, 2)
"""The trials, of seed 0, that students see as examples."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="DIR", help=_("write the kit into this new folder"))
    what.add_argument("--grade", metavar="FILE", help=_("grade this file, as the kit does"))
    parser.add_argument("--seed", type=int, metavar="N", help=_("the hidden numbers; without it, they are drawn"))
    parser.add_argument("--json", action="store_true", help=_("with --grade: as Gradescope’s results.json"))


def run(args: argparse.Namespace) -> int:
    from tuibp.headless.output import say

    if args.seed is not None and not 1 <= args.seed < MOST_SEED:
        raise BadInput(_("--seed: takes a whole number from 1 to {most}").format(most=MOST_SEED - 1))
    if args.grade is not None:
        return _grade(args)
    if args.json:
        raise BadInput(_("--json goes with --grade"))
    seed = args.seed or _drawn()
    _write(Path(args.out), seed)
    say(_("Written: {folder}, with the seed {seed}. Its README says what to upload.").format(
        folder=args.out, seed=seed))  # fmt: skip
    return 0


def _drawn() -> int:
    from secrets import randbelow

    return 1 + randbelow(999_999)


def _grade(args: argparse.Namespace) -> int:
    from tuibp.headless.grading import TOTAL, grade, lines, results
    from tuibp.headless.output import print_json, say

    if args.seed is None:
        raise BadInput(_("--grade: needs the kit’s --seed"))
    found = grade(Path(args.grade), args.seed)
    if args.json:
        print_json(results(found))
    else:
        for line in lines(found):
            say(line)
    return 0 if found.points == TOTAL else 1


def _write(folder: Path, seed: int) -> None:
    from tuibp.core.mistakes.trials import trials
    from tuibp.files.kit import example, own_source, text_of, write_folder, zipped
    from tuibp.files.skeletons import SKELETONS
    from tuibp.headless.grading import PARTS, TOTAL, graded_on
    from tuibp.locale import spoken
    from tuibp.locale.catalogue import catalogue

    values = {"seed": seed, "total": TOTAL, "networks": len(graded_on(seed)), "language": spoken()}

    def text(name: str, language: Callable[[str], str] = str) -> bytes:
        points = "\n".join(f"- {part.points}: {language(part.title)}" for part in PARTS)
        return text_of(name, {**values, "points": points}).encode()

    source = own_source()
    files = {
        "README.md": text("README.md"),
        "student/task.md": text("task.md"),
        "student/task.zh-TW.md": text("task.zh-TW.md", catalogue("zh-TW").gettext),
        "student/backprop.py": SKELETONS["numpy"].encode(),
        "gradescope/autograder.zip": zipped(source | {name: text(name) for name in ("setup.sh", "run_autograder")}),
        "otter/tuibp.zip": zipped(source | {"tuibp_check.py": text("tuibp_check.py")}),
        "otter/requirements.txt": b"numpy>=2.0\nrich\n",
    }
    files |= {f"otter/tests/q{part.number}.py": _otter(part.number, part.points) for part in PARTS}
    tasks = list(trials("sigmoid", "sigmoid", "quadratic"))
    files |= {f"student/example-{n}.json": example(tasks[at]) for n, at in enumerate(VISIBLE, start=1)}
    write_folder(folder, files)


def _otter(number: str, points: int) -> bytes:
    """A test of otter-grader in its first format: what the code prints is held beside nothing."""
    code = (
        ">>> import os, sys\n>>> sys.path.insert(0, os.path.abspath('tuibp.zip'))\n"
        f">>> from tuibp_check import check\n>>> check({number!r})\n"
    )
    case = {"code": code, "hidden": False, "locked": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": f"q{number}", "points": points, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {test!r}\n".encode()
