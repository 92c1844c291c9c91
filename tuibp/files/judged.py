"""What is in somebody's file: numbers, a recorded run or code, each read in the way that fits and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tuibp.core.index import shown
from tuibp.core.mistakes.across import Trial, compare_all
from tuibp.core.mistakes.comparison import Comparison, beside, compare
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.mistakes.trials import trials
from tuibp.files.brought import FACTS, Brought, kind_of, read_brought, read_run
from tuibp.files.errors import BadInput
from tuibp.files.heed import tell
from tuibp.files.own_code import OwnRun, run_own_code
from tuibp.files.reading import Fallback, Reading, readings
from tuibp.files.recorder import MARK
from tuibp.locale import _


class Judged(NamedTuple):
    """What somebody brought, how it was read, and what the comparison says of it."""

    brought: Brought
    reading: Reading
    verdict: Comparison
    notes: tuple[str, ...] = ()
    """What else there is to say, a sentence each."""


def judge_file(path: Path, settings: Fallback) -> Judged:
    """Code (.py), a Recorder's run (its first wrong update), or numbers (.json, .npz). Raises BadInput."""
    if path.suffix == ".py":
        return judge_code(path, settings)
    recorded = read_run(path)
    if recorded is not None:
        return first_wrong(recorded, settings)[1]
    brought = read_brought(path)
    return Judged(brought, *best(brought, settings))


KINDS = frozenset({"z", "a", "delta", "grad_w", "grad_b", "new_w", "new_b"})
"""What only somebody's own backpropagation brings."""


def brings_numbers(target: str) -> bool:
    """Whether a target is somebody's own numbers, run or code, and no network alone: by its names, unchecked."""
    from zipfile import BadZipFile, ZipFile

    path = Path(target)
    ending = path.suffix.lower()
    if ending not in (".py", ".npz", ".json") or not path.is_file():
        return False
    if ending == ".py":
        return True
    try:
        if ending == ".json":
            return not KINDS.isdisjoint(read_brought(path).arrays)
        names = [name.removesuffix(".npy") for name in ZipFile(path).namelist()]
    except (BadInput, BadZipFile, OSError):
        return False
    return MARK in names or any(kind_of(n)[0] in KINDS and n.lower() not in FACTS for n in names)


def likeliest(brought: Brought, settings: Fallback) -> list[Reading]:
    """The readings, the one first of which most arrays agree before the first that does not. Raises BadInput."""

    def agreeing(reading: Reading) -> int:
        compared = beside(reading.task, reading.arrays, reading.precision)
        return next((i for i, c in enumerate(compared) if not c.agrees), len(compared))

    return sorted(readings(brought, settings), key=agreeing, reverse=True)


def best(brought: Brought, settings: Fallback) -> tuple[Reading, Comparison]:
    """The reading that agrees; else the one for which a mistake is named; else the likeliest. Raises BadInput."""
    first: tuple[Reading, Comparison] | None = None
    for reading in likeliest(brought, settings):
        verdict = compare(reading.task, reading.arrays, reading.precision)
        first = first or (reading, verdict)
        if verdict.agrees or (verdict.mistakes and all(m.everything for m in verdict.mistakes)):
            return reading, verdict
    assert first is not None
    return first


def first_wrong(recorded: Sequence[tuple[int, Brought]], settings: Fallback) -> tuple[int, Judged]:
    """The first update of a run that differs, by its place among those recorded, with what is in it; else the last one.
    Raises BadInput where it is empty."""
    if not recorded:
        raise BadInput(_("The run holds no update."))
    for at, (number, brought) in enumerate(recorded):
        tell(at, len(recorded))
        reading, verdict = best(brought, settings)
        if not verdict.agrees:
            note = _("Update {n} is the first that differs, of {count} recorded.")
            return at, Judged(brought, reading, verdict, (note.format(n=shown(number), count=len(recorded)),))
    note = _("All {count} recorded updates agree.").format(count=len(recorded))
    return at, Judged(brought, reading, verdict, (note,))


class OfCode(NamedTuple):
    """What somebody's code gave on several networks."""

    judged: Judged
    trials: tuple[Trial | None, ...]
    """By task, as far as they can be compared; None where the code raised."""
    errors: tuple[str, ...]
    """By task: the line of their code and what was raised there; empty where it went well."""


def judge_code(path: Path, settings: Fallback) -> Judged:
    """Their code on our trials, and what is in all it gave. Raises BadInput."""
    names = settings.activations or (settings.network.activations if settings.network else "sigmoid")
    hidden, output = (names, names) if isinstance(names, str) else (names[0], names[-1])
    cost = settings.cost or (settings.network.cost if settings.network else "quadratic")
    return judge_on(path, list(trials(hidden, output, cost))).judged


def judge_on(path: Path, tasks: Sequence[Task]) -> OfCode:
    """Their code on these tasks. Raises BadInput where it cannot be run, or raises on all of them."""
    found = run_own_code(path, tasks)
    read = [None if brought is None else _read(task, brought, found.turned)
            for task, brought in zip(tasks, found.brought, strict=True)]  # fmt: skip
    ran = [entry for entry in read if entry is not None]
    raised = [task for task, error in zip(tasks, found.errors, strict=True) if error]
    again = _called_again(tasks[0], found) if read[0] is not None else None
    notes = list(_notes(found, len(ran), len(ran) + len(raised)))
    of_one = [entry for entry in ran if not _only_of_one(entry[2])] or ran
    if len(of_one) < len(ran):
        notes.append(_("It takes one example at a time: of several, the biases' gradients came back unsummed."))
    trial, verdict = compare_all([entry[2] for entry in of_one], raised)
    if verdict.agrees and again is not None:
        second = compare_all([again[2]])
        if not second[1].agrees:  # right at first, and wrong after something was left over
            of_one, (trial, verdict) = [again], second
            notes.append(_("Its first call agrees, a second one with another example does not."))
    told, reading = next(entry[:2] for entry in of_one if entry[2] is trial)
    kept = tuple(None if entry is None else entry[2] for entry in read)
    return OfCode(Judged(told, reading, verdict, tuple(notes)), kept, found.errors)


Read = tuple[Brought, Reading, Trial]


def _read(task: Task, brought: Brought, turned: bool) -> Read:
    known = Fallback(task.network, task.x, task.y, eta=task.eta, orientations=(turned,))
    found = likeliest(brought, known)
    own = found[0] if len(found) == 1 else best(brought, known)[0]
    own = replace(own, task=replace(own.task, eta_known=task.eta_known))
    return brought, own, Trial(own.task, own.arrays, own.precision)


def _called_again(task: Task, found: OwnRun) -> Read | None:
    """The second call, on the first task with its x turned round."""
    if found.again is None:
        return None
    second = replace(task, x=task.x[:, ::-1], history=(Run(task),))
    brought, reading, trial = _read(second, found.again, found.turned)
    known = replace(trial.task, history=second.history)
    return brought, replace(reading, task=known), replace(trial, task=known)


def _only_of_one(trial: Trial) -> bool:
    """Whether this is a mini-batch through code for one example: ∂C/∂b has a column for each and ∂C/∂w is no mean."""
    unsummed = any(q == "grad_b" and array.ndim == 2 for (q, __), array in trial.brought.items())
    if trial.task.m == 1 or not unsummed:
        return False
    compared = beside(trial.task, trial.brought, trial.precision)
    return not all(c.agrees for c in compared if c.quantity == "grad_w")


def _notes(found: OwnRun, ran: int, of: int) -> Iterator[str]:
    forms = {"columns": _("columns"), "vectors": _("vectors"), "rows": _("rows")}
    yield _("It ran on {ran} of {of} networks; x was given as {form}.").format(ran=ran, of=of, form=forms[found.form])
    if found.turned:
        yield _("Weights were given as (n_in, n_out).")
    if found.changed:
        yield _("It writes into its arguments: whoever calls it finds weights or x changed.")
    yield from [error for error in found.errors if error][:1]
