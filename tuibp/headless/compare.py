"""Which mistake is in somebody's own backpropagation: their numbers beside the right ones, and what made the others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_json
from tuibp.headless.comparison import table
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.mistakes.across import Trial
    from tuibp.core.mistakes.comparison import Comparison, Named
    from tuibp.core.mistakes.run import Task
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
    parser.add_argument("--activations", metavar="NAMES", help=_("one name, or one a layer, with commas between"))
    parser.add_argument("--cost", metavar="NAME", help=_("quadratic, cross_entropy or log_likelihood"))
    parser.add_argument("--eta", type=float, metavar="E", help=_("learning rate of the update"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    settings, notes = settings_of(args), list[str]()
    if Path(args.mine).suffix == ".py":
        brought, reading, verdict = best_of_code(Path(args.mine), settings, notes)
    else:
        from tuibp.files.brought import read_brought, read_run

        recorded = read_run(Path(args.mine))
        if recorded is not None:
            brought, reading, verdict = first_wrong(recorded, settings, notes)
        else:
            brought = read_brought(Path(args.mine))
            reading, verdict = best(brought, settings)
    if args.json:
        print_json({**contract(brought, reading, verdict), "notes": notes})
    else:
        for line in (*table(brought, reading, verdict), *(f"  {note}" for note in notes)):
            say(line)
    return 0 if verdict.agrees else 1


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


def best(brought: Brought, settings: Fallback) -> tuple[Reading, Comparison]:
    """The reading that agrees; else the one for which a mistake is named; else the likeliest. Raises BadInput."""
    from tuibp.core.mistakes.comparison import beside, compare
    from tuibp.files.reading import readings

    def agreeing(reading: Reading) -> int:
        """Arrays that agree before the first that does not."""
        compared = beside(reading.task, reading.arrays, reading.precision)
        return next((i for i, c in enumerate(compared) if not c.agrees), len(compared))

    likeliest: tuple[Reading, Comparison] | None = None
    for reading in sorted(readings(brought, settings), key=agreeing, reverse=True):
        verdict = compare(reading.task, reading.arrays, reading.precision)
        likeliest = likeliest or (reading, verdict)
        if verdict.agrees or (verdict.mistakes and all(m.everything for m in verdict.mistakes)):
            return reading, verdict
    assert likeliest is not None
    return likeliest


def first_wrong(
    recorded: Sequence[tuple[int, Brought]], settings: Fallback, notes: list[str]
) -> tuple[Brought, Reading, Comparison]:
    """The first update of a run that differs, with what is in it; else the last one. Raises BadInput where it is
    empty."""
    if not recorded:
        raise BadInput(_("The run holds no update."))
    for number, brought in recorded:
        reading, verdict = best(brought, settings)
        if not verdict.agrees:
            notes.append(_("Update {n} is the first that differs, of {count} recorded.").format(
                n=shown(number), count=len(recorded)))  # fmt: skip
            return brought, reading, verdict
    notes.append(_("All {count} recorded updates agree.").format(count=len(recorded)))
    return brought, reading, verdict


def best_of_code(path: Path, settings: Fallback, notes: list[str]) -> tuple[Brought, Reading, Comparison]:
    """Their code on our trials, and what is in all it gave; what else there is to say goes into `notes`."""
    from tuibp.core.mistakes.across import Trial, compare_all
    from tuibp.core.mistakes.trials import trials
    from tuibp.files.own_code import run_own_code
    from tuibp.files.reading import Fallback

    names = settings.activations or (settings.network.activations if settings.network else "sigmoid")
    hidden, output = (names, names) if isinstance(names, str) else (names[0], names[-1])
    cost = settings.cost or (settings.network.cost if settings.network else "quadratic")
    tasks = list(trials(hidden, output, cost))
    found = run_own_code(path, tasks)
    read: list[tuple[Brought, Reading, Trial]] = []
    raised: list[Task] = []
    for task, brought in zip(tasks, found.brought, strict=True):
        if brought is None:
            raised.append(task)
            continue
        known = Fallback(task.network, task.x, task.y, eta=task.eta, orientations=(False,))
        own, __ = best(brought, known)
        read.append((brought, own, Trial(own.task, own.arrays, own.precision)))
    if not read:
        raise BadInput(found.errors[0])
    notes += _notes(found.errors, found.form, found.changed, len(read), len(tasks))
    of_one = [entry for entry in read if not _only_of_one(entry[2])]
    if len(of_one) < len(read):
        notes.append(_("It takes one example at a time: of several, the biases' gradients came back unsummed."))
    trial, verdict = compare_all([entry[2] for entry in of_one], raised)
    told, reading = next(entry[:2] for entry in of_one if entry[2] is trial)
    return told, reading, verdict


def _only_of_one(trial: Trial) -> bool:
    """Whether this is a mini-batch through code for one example: ∂C/∂b has a column for each and ∂C/∂w is no mean."""
    from tuibp.core.mistakes.comparison import beside

    unsummed = any(q == "grad_b" and array.ndim == 2 for (q, __), array in trial.brought.items())
    if trial.task.m == 1 or not unsummed:
        return False
    compared = beside(trial.task, trial.brought, trial.precision)
    return not all(c.agrees for c in compared if c.quantity == "grad_w")


def _notes(errors: Sequence[str], form: str, changed: bool, ran: int, of: int) -> Iterator[str]:
    forms = {"columns": _("columns"), "vectors": _("vectors"), "rows": _("rows")}
    yield _("It ran on {ran} of {of} networks; x was given as {form}.").format(ran=ran, of=of, form=forms[form])
    if changed:
        yield _("It writes into its arguments: whoever calls it finds weights or x changed.")
    yield from [error for error in errors if error][:1]


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


# For people
