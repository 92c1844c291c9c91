"""Training by gradient descent, epoch by epoch: a progress bar, then the cost curve."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_json, add_target, load, progress_bar
from tuibp.headless.how_to_train import add_settings, as_asked, how
from tuibp.headless.led_to import in_the_end, led_to
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.epochs import Diverged, EpochResult
    from tuibp.core.network import Network
    from tuibp.core.stopping import Stopped
    from tuibp.files.preset import Preset

SUMMARY = _("Train from the untrained start with a progress bar and print the cost curve.")
EXAMPLE = "tuibp train xor --epochs 20 --out xor.json"
MOST_ROWS = 30
"""Rows of the table; of a longer run it shows some epochs, the last among them."""
BAR = 24
"""Width of the longest bar of the cost curve."""


@dataclass(frozen=True)
class Course:
    """How a training run went."""

    results: Sequence[EpochResult]
    seconds: float
    examples: int
    """How many were trained on in all."""
    diverged: Diverged | None

    @property
    def stopped(self) -> Stopped | None:
        """Why it ended before its epochs were over, where it did."""
        return self.results[-1].stopped if self.results else None

    @property
    def rate(self) -> float | None:
        """Training examples a second, measuring after each epoch included."""
        return self.examples / self.seconds if self.examples else None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--epochs", type=int, metavar="N", help=_("how often to go through the examples"))
    add_settings(parser)
    parser.add_argument(
        "--out", metavar="FILE", help=_("save the trained network (.json .npz .safetensors, or .py for PyTorch)")
    )
    parser.add_argument("--force", action="store_true", help=_("let --out overwrite a file that exists"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.epochs is not None and args.epochs < 1:
        raise BadInput(_("--epochs takes a number from 1 up, not {n}").format(n=args.epochs))
    preset = as_asked(load(args), args)
    if args.out is not None:
        _can_be_written(args.out, preset, args.force)
    course = follow(preset, preset.training.epochs if args.epochs is None else args.epochs)
    if args.json:
        print_json(contract(course) | led_to(preset, course.results))
    else:
        for line in report(preset, course):
            say(line)
    if course.diverged is not None:
        print(f"tuibp: {course.diverged}", file=sys.stderr)
        return 1
    if args.out is not None:
        _save(args.out, preset, course.results[-1].network)
    return 0


def follow(preset: Preset, epochs: int) -> Course:
    """Train, with a bar where somebody watches."""
    from tuibp.core.epochs import Diverged, train

    bar, results, diverged = progress_bar(_("training")), [], None
    started = perf_counter()
    bar(0, epochs)
    try:
        for result in train(preset.network, preset.data, preset.training, epochs):
            results.append(result)
            bar(result.epoch, epochs)
    except Diverged as error:
        diverged = error
        bar(epochs, epochs)
    return Course(results, perf_counter() - started, len(results) * len(preset.data.train), diverged)


def contract(course: Course) -> dict[str, Any]:
    """The JSON object."""
    names: tuple[str, ...] = ("epoch", "cost", "accuracy", "test_cost", "test_accuracy")
    if any(result.decay_cost for result in course.results):
        names += ("decay_cost",)
    return {
        "epochs": [{name: getattr(result, name) for name in names} for result in course.results],
        "seconds": course.seconds,
        "examples_per_second": course.rate,
        **({} if course.stopped is None else {"stopped": {"why": course.stopped.why, "epoch": course.stopped.epoch}}),
    }


def report(preset: Preset, course: Course) -> Iterator[str]:
    """The same, for a person: the cost curve lies on its side."""
    yield title(preset)
    if not course.results:
        return
    if preset.training.l2:
        yield _("cost: with λ/(2n) Σ w², as it is descended. Held out: without.")
    yield _("epoch       cost    right   held out    right  cost")
    highest = max(result.cost for result in course.results)
    for result in _some(course.results):
        bar = "█" * round(BAR * (result.cost / highest)) if highest > 0.0 else ""
        yield (
            f"{result.epoch:>5}  {_cost(result.cost)}  {_share(result.accuracy)}  "
            f"{_cost(result.test_cost)}  {_share(result.test_accuracy)}  {bar}"
        ).rstrip()
    yield from in_the_end(preset, course.results)
    if course.stopped is not None:
        yield course.stopped.reason
    if preset.training.l2:
        last = course.results[-1]
        text = _("of the cost {whole}, λ/(2n) Σ w² is {part}, and the examples’ own C₀ is {own}")
        parts = (last.cost, last.decay_cost, last.cost - last.decay_cost)
        yield text.format(**dict(zip(("whole", "part", "own"), (_cost(part).strip() for part in parts), strict=True)))
    yield _("{seconds:.2f} s, {rate:,.0f} examples a second").format(seconds=course.seconds, rate=course.rate)


def title(preset: Preset) -> str:
    """`digits  64·30·10  1,438 to train on, 359 held out  η = 3, mini-batch 10`."""
    training = preset.training
    text = _("{name}  {sizes}  {train:,} to train on, {test:,} held out  η = {eta:g}, mini-batch {batch}").format(
        name=preset.name,
        sizes="·".join(str(n) for n in preset.network.sizes),
        train=len(preset.data.train),
        test=len(preset.data.test),
        eta=training.eta,
        batch=training.batch_size,
    )
    text += how(training)
    return text + (_(", λ = {l2:g}").format(l2=training.l2) if training.l2 else "")


def _some(results: Sequence[EpochResult]) -> Sequence[EpochResult]:
    """At most MOST_ROWS of them, evenly, the first and the last among them."""
    if len(results) <= MOST_ROWS:
        return results
    last = len(results) - 1
    return [results[round(i * last / (MOST_ROWS - 1))] for i in range(MOST_ROWS)]


def _share(share: float | None) -> str:
    from tuibp.render.numbers import percent

    return "      ·" if share is None else percent(share).rjust(7)


def _cost(cost: float | None) -> str:
    from tuibp.render.numbers import significant

    if cost is None:
        return "        ·"
    written = significant(cost, 4)
    return (written if len(written) <= 9 else significant(cost, 3)).rjust(9)


def _can_be_written(out: str, preset: Preset, force: bool) -> None:
    """Before the training, not after it: an ending that names no format, or a folder that is not there."""
    from tuibp.files.errors import printable
    from tuibp.files.network_file import encoded, may_write

    path = Path(out)
    encoded(path, preset)
    if not path.parent.is_dir() or path.is_dir():
        where = path.parent if not path.is_dir() else path
        reason = _("is a folder") if path.is_dir() else _("no such folder")
        raise BadInput(f"{printable(where)}: {reason}")
    may_write(path, force)


def _save(out: str, preset: Preset, network: Network) -> None:
    """The trained network with its data and settings, so that it can be opened or trained on."""
    from tuibp.files import save

    save(out, replace(preset, network=network, opening=replace(preset.opening, updates=0)))
