"""The runs of saved sessions: with which settings each was made and what it led to, and their curves as CSV."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput, printable
from tuibp.headless.arguments import add_json
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.judged import Judged
    from tuibp.session.kept_runs import KeptRun
    from tuibp.session.log import Log

SUMMARY = _("The runs of a saved session, or of all sessions that are kept: settings, costs, share right.")
EXAMPLE = "tuibp runs mine.tuibp --csv runs.csv"
PATIENCE = 10.0
"""Seconds that making a run's updates again may take; of a longer one what it led to is not said."""


@dataclass(frozen=True)
class Listed:
    """A run with what it led to, where that is known."""

    run: KeptRun
    judged: Judged | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "log",
        metavar="LOG.tuibp",
        nargs="?",
        help=_("a session that was saved with w; without it: those that are kept"),
    )
    parser.add_argument("--csv", metavar="FILE", help=_("write the curves, one number a line"))
    parser.add_argument("--force", action="store_true", help=_("let --csv overwrite a file that exists"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.app.resuming import desk_of_log

    if args.csv is not None and args.log is None:
        raise BadInput(_("--csv needs a session: {example}").format(example=EXAMPLE))
    if args.csv is not None:
        from tuibp.files.network_file import may_write

        may_write(Path(args.csv), args.force)
    paths = _kept() if args.log is None else [Path(args.log)]
    sessions = []
    for path in paths:
        try:
            log = desk_of_log(path).history.log
        except BadInput:
            if args.log is not None:
                raise
            continue  # a damaged one among those that are kept: the program sets it aside when it is resumed
        sessions.append((path, listed(log)))
    if args.csv is not None:
        _write(Path(args.csv), sessions[0][1])
    if args.json:
        told = [{"file": str(path), "runs": [contract(*at) for at in enumerate(found)]} for path, found in sessions]
        print_json({"sessions": told})
        return 0
    for path, found in sessions:
        say(printable(path.name) if args.log is None else printable(path))
        for line in table(found):
            say(line)
    if not sessions:
        say(_("No session is kept. In the program, w and a name that ends in .tuibp saves one."))
    return 0


def _kept() -> list[Path]:
    """Sessions on the shelf, the newest first; none where there is no shelf."""
    from tuibp.app.shelf import Shelf

    return Shelf().resumable(ended=True)


def listed(log: Log) -> list[Listed]:
    """Every run, judged at its end where that does not take long."""
    from tuibp.core.judged import judged

    found = []
    for run in log.runs():
        tip = run.tip
        if tip is None or log.seconds_to(tip) > PATIENCE:
            found.append(Listed(run, None))
            continue
        network = log.state(tip).network
        found.append(Listed(run, judged(network, run.preset.data, run.settings)))
    return found


def contract(n: int, row: Listed) -> dict[str, Any]:
    """The JSON object of a run; null where there is nothing, or it is not known."""
    from dataclasses import asdict

    run, end = row.run, row.judged
    initial = run.initial
    return {
        "run": shown(n),
        "network": run.preset.name,
        "sizes": list(run.preset.network.sizes),
        "cost_function": run.preset.network.cost,
        "start": None if initial is None else {"init": initial.scheme, "seed": initial.seed},
        "settings": asdict(run.settings),
        "updates": run.updates,
        "eta_by_update": [[at, eta] for at, eta in _rates(run)],
        "mini_batch_cost": run.curve.last,
        "end": None if end is None else {name: _number(value) for name, value in asdict(end).items()},
    }


def _rates(run: KeptRun) -> Iterator[tuple[int, float]]:
    """(update, η) where η was changed."""
    at, last = 0, None
    for section in run.sections:
        if section.settings.eta != last:
            last = section.settings.eta
            yield at, last
        at += section.count


def _number(value: Any) -> Any:
    """Nan is where there is nothing."""
    return None if isinstance(value, float) and value != value else value


def table(rows: Sequence[Listed]) -> Iterator[str]:
    """For a person."""
    from tuibp.render.numbers import percent, significant
    from tuibp.session.run_words import described

    if not rows:
        yield "  " + _("no run")
        return
    yield _(" run  network     updates       cost    right  settings")
    for n, row in enumerate(rows):
        run, end = row.run, row.judged
        right = cost = "·"
        if end is not None:
            cost = significant(end.cost, 4)
            if run.preset.data.has_classes:
                right = percent(end.held_out if len(run.preset.data.test) else end.trained)
        name = printable(run.preset.name)
        yield f"{shown(n):>4}  {name[:10]:<10}  {run.updates:>7,}  {cost:>9}  {right:>7}  {described(run)}"


def _write(path: Path, rows: Sequence[Listed]) -> None:
    """The costs of every update, and what was measured at the end."""
    from tuibp.files.atomic import write_told
    from tuibp.session.runs_csv import as_csv
    from tuibp.session.shares import as_curve

    made = [(row.run, as_curve([] if row.judged is None else [(row.run.updates, row.judged)], None)) for row in rows]
    write_told(path, as_csv(made).encode())
