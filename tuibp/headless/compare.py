"""Which mistake is in somebody's own backpropagation: their numbers beside the right ones, and what made the others."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.headless.arguments import add_json
from tuibp.headless.comparison import table
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.mistakes.comparison import Comparison, Named
    from tuibp.files.brought import Brought
    from tuibp.files.reading import Fallback, Reading

SUMMARY = _("Which mistake is in your own backpropagation: your numbers beside the right ones.")
EXAMPLE = "tuibp compare sheet.json --target worksheet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mine", metavar="MINE", help=_("your numbers (.json, .npz) or your code (.py with backprop())"))
    parser.add_argument(
        "--target", metavar="TARGET", help=_("whose network and data they are, where MINE does not say")
    )
    parser.add_argument("--example", type=int, metavar="N", help=_("which example of the target, counted from 1"))
    parser.add_argument("--activations", metavar="A,B", help=_("one name, or one a layer, with commas between"))
    parser.add_argument("--cost", metavar="COST", help=_("quadratic, cross_entropy or log_likelihood"))
    parser.add_argument("--eta", type=float, metavar="ETA", help=_("learning rate of the update"))
    parser.add_argument("--open", action="store_true", help=_("show it on the grid"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.files.errors import printable
    from tuibp.files.heed import told_on_stderr
    from tuibp.files.judged import judge_file

    if args.open:
        return _open(args)
    settings = settings_of(args)
    with told_on_stderr(printable(args.mine)):
        brought, reading, verdict, notes = judge_file(Path(args.mine), settings)
    if args.json:
        print_json({**contract(brought, reading, verdict), "notes": notes})
    else:
        for line in (*table(brought, reading, verdict), *(f"  {note}" for note in notes)):
            say(line)
    return 0 if verdict.agrees else 1


def _open(args: argparse.Namespace) -> int:
    """The same on the grid."""
    from tuibp.app.compared import open_compared
    from tuibp.app.start import start
    from tuibp.headless.commands import opening_parser

    opening = opening_parser().parse_args([])
    opening.compared = open_compared(Path(args.mine), settings_of(args))
    return start(opening)


def settings_of(args: argparse.Namespace) -> Fallback:
    """What the target and the options say. Raises BadInput."""
    from tuibp.files.reading import Fallback

    settings = Fallback()
    if args.target is not None:
        from tuibp.headless.arguments import example_row, load_as_opened

        preset = load_as_opened(args)
        example = preset.data.example(example_row(args.example, preset))
        training = preset.training
        settings = Fallback(
            preset.network, example.x, example.y, eta=training.eta, l2=training.l2, n=len(preset.data.train)
        )
    if args.activations:
        names = [name.strip() for name in args.activations.split(",")]
        settings = replace(settings, activations=names[0] if len(names) == 1 else names)
    if args.cost:
        settings = replace(settings, cost=args.cost)
    if args.eta is not None:
        settings = replace(settings, eta=args.eta)
    return settings


# JSON


def contract(brought: Brought, reading: Reading, verdict: Comparison) -> dict[str, Any]:
    """The JSON object."""
    first = verdict.first
    return {
        "agrees": verdict.agrees,
        "taken": {
            "names": dict(brought.taken), "unknown": list(brought.unknown),
            "sizes": list(reading.task.network.sizes), "activations": list(reading.task.network.activations),
            "cost": reading.task.network.cost, "examples": reading.task.m, "precision": reading.precision.kind,
            "weights": "(n_in, n_out)" if reading.transposed else "(n_out, n_in)",
        },
        "first_difference": None if first is None else {
            "quantity": first.quantity, "layer": shown(first.layer), "j": shown(first.j),
            "k": None if first.k is None else shown(first.k), "yours": first.yours, "ours": first.ours,
        },
        "mistakes": [_named(named) for named in verdict.mistakes],
        "indistinguishable": [named.mistake.name for named in verdict.indistinguishable],
        "caches": [{"layer": shown(layer), "slope_from": of} for layer, of in verdict.caches],
        "hints": [hint.kind for hint in verdict.hints],
        "cost_falls": None if verdict.falls is None else
        {"before": verdict.falls[0], "after": verdict.falls[1], "falls": verdict.falls[1] < verdict.falls[0]},
        "compared": [{"quantity": c.quantity, "layer": shown(c.layer), "agrees": c.agrees, "max_error": c.max_error}
                     for c in verdict.compared],
    }  # fmt: skip


def _named(named: Named) -> dict[str, Any]:
    from tuibp.render.typeset import typeset

    return {
        "name": named.mistake.name,
        "layers": [shown(layer) for layer in named.layers],
        "max_rel_error": named.max_rel_error,
        "sentence": typeset(named.mistake.sentence),
    }
