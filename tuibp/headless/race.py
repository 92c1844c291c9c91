"""N + 1 forward passes against one backpropagation on this very network: counted, timed and compared (46)."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_example, add_json, add_target, example_row, load_as_opened, progress_bar
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import heading
from tuibp.locale import _
from tuibp.render.padding import at_left, at_right

if TYPE_CHECKING:
    from tuibp.core.diagonal import Widths
    from tuibp.core.epsilon import Sweep
    from tuibp.core.kinks import Kink
    from tuibp.core.race import Race

SUMMARY = _("Every partial derivative by N + 1 forward passes and by one backpropagation: counted, timed, compared.")
EXAMPLE = "tuibp race mazur"

INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--passes", type=int, metavar="N", help=_("make N of the N + 1 passes and extrapolate"))
    parser.add_argument("--sweep", action="store_true", help=_("also the error over ε from 1e-1 to 1e-15"))
    parser.add_argument("--diagonal", action="store_true", help=_("also Σ′(z) as a matrix against ⊙, by width"))
    add_example(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.passes is not None and args.passes < 1:
        raise BadInput(_("--passes takes a number from 1 up, not {n}").format(n=args.passes))
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    from time import perf_counter

    from tuibp.core.race import race

    downstream, passes, stopped = progress_bar(_("downstream")), progress_bar(_("forward passes")), False
    try:
        for now in race(preset.network, preset.data.example(row), perf_counter, args.passes):
            if now.run:
                passes(now.run, now.wanted)
            else:
                downstream(now.careful.done, now.careful.wanted)
    except KeyboardInterrupt:  # what is done is kept, and told
        stopped = True
    if args.json:
        print_json(contract(now))
        return INTERRUPTED if stopped else 0
    say(heading(preset, row))
    for line in table(now):
        say(line)
    if stopped:
        return INTERRUPTED
    if args.sweep:
        from tuibp.core.epsilon import gathered, sweep

        say()
        for line in swept(gathered(list(sweep(preset.network, preset.data.example(row), per_decade=2)))):
            say(line)
    if args.diagonal:
        from tuibp.core.diagonal import diagonal

        say()
        for line in widths(diagonal(perf_counter)):
            say(line)
    return 0


def contract(now: Race) -> dict[str, Any]:
    """The JSON object."""
    return {
        "parameters": now.parameters,
        "forward_passes_needed": now.needed,
        "forward_passes_run": now.run,
        "seconds_forward_pass": now.seconds_forward_pass,
        "seconds_backprop": now.seconds_backprop,
        "seconds_finite_difference": now.seconds_finite_difference,
        "extrapolated": not now.finished,
        "speedup": now.speedup,
        "max_rel_error": now.max_rel_error,
    }


def table(now: Race) -> Iterator[str]:
    """The three lanes for people."""
    from tuibp.render.numbers import duration, ratio, significant

    yield _("∂C/∂w for every one of {n} parameters, three ways  (46)").format(n=f"{now.parameters:,}")
    yield ""
    careful = now.careful
    compared = math.isfinite(now.max_rel_error or 0.0) and math.isfinite(careful.max_rel_error or 0.0)
    lanes = (
        (_("Backpropagation"), _("one pass forward, one back"), "2", now.seconds_backprop, 0.0 if compared else None),
        (
            _("Finite differences"),
            _("N + 1 passes, one weight at a time"),
            f"{now.run:,} / {now.needed:,}" if not now.finished else f"{now.run:,}",
            now.seconds_run,
            now.max_rel_error,
        ),
        (
            _("Only what lies downstream"),
            _("many weights in one product"),
            f"≙ {careful.passes:,.1f}",
            careful.seconds or 0.0,
            careful.max_rel_error,
        ),
    )
    yield f"  {'':<27}{'':<36}{at_right(_('passes'), 17)}{at_right(_('time'), 12)}{at_right(_('error'), 10)}"
    for label, how, passes, seconds, error in lanes:
        off = (
            (_("none") if compared else "·") if error is None else _("exact") if error == 0.0 else significant(error, 2)
        )
        off = off if error is None or math.isfinite(error) else _("no number")
        yield f"  {at_left(label, 27)}{at_left(how, 36)}{passes:>17}{duration(seconds):>12}{at_right(off, 10)}"
    total, speedup = now.seconds_finite_difference, now.speedup
    yield ""
    if total is not None and not now.finished:
        yield "  " + _("All {n} passes would take {time}: extrapolated from {run}, not measured.").format(
            n=f"{now.needed:,}", time=duration(total), run=f"{now.run:,}"
        )
    if careful.wanted < now.parameters:
        yield "  " + _("The time downstream is extrapolated from {n} of the parameters.").format(n=f"{careful.done:,}")
    if speedup is not None:
        said = (
            _("Backpropagation is {times}× faster{likely}, and exact.")
            if compared
            else _(
                "Backpropagation is {times}× faster{likely}; some differences are no number: nothing to compare with."
            )
        )
        yield "  " + said.format(
            times=ratio(speedup),
            likely="" if now.finished else _(" (extrapolated)"),
        )
    for sentence in corners(now.kinks):
        yield "  " + sentence
    yield "  " + _(
        "Errors are relative to the largest |∂C/∂w|. ≙ says how many whole passes the same arithmetic makes."
    )


def corners(kinks: Sequence[Kink]) -> Iterator[str]:
    """Why the worst difference is so far off, where a corner is the reason."""
    from tuibp.core.kinks import corner
    from tuibp.render.typeset import typeset

    if kinks:
        yield _("The largest error is no rounding: {corner}").format(corner=typeset(corner(kinks[0])))


def swept(points: Sweep) -> Iterator[str]:
    """The ε sweep as a table."""
    from tuibp.render.numbers import significant

    yield _("Error of a difference over ε, relative to the largest |∂C/∂w|")
    yield f"  {'ε':>10}{at_right(_('forward'), 12)}{at_right(_('central'), 12)}{at_right(_('complex'), 12)}"
    for eps, forward, central, turned in zip(points.eps, points.forward, points.central, points.complex, strict=True):
        best = [
            *((_("best forward"),) if eps == points.best_forward else ()),
            *((_("best central"),) if eps == points.best_central else ()),
        ]
        numbers = "".join(f"{significant(float(v), 2):>12}" for v in (forward, central, turned))
        yield f"  {significant(float(eps), 2):>10}{numbers}   {', '.join(best)}".rstrip()


def widths(races: Iterator[Widths]) -> Iterator[str]:
    """Σ′(z) against ⊙ as a table."""
    from tuibp.render.numbers import duration

    yield _("δ = Σ′(z) ∇C with a real diagonal matrix (33), and δ = ∇C ⊙ σ′(z) (BP1)")
    yield f"  {at_right(_('width'), 6)}{'Σ′(z)':>12}{'⊙':>12}{at_right(_('times'), 10)}"
    for at in races:
        yield f"  {at.width:>6,}{duration(at.seconds_matrix):>12}{duration(at.seconds_hadamard):>12}{at.ratio:>10,.1f}"
