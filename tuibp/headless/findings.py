"""A diagnosis as lines of text: findings first, the most helpful above; then what is well."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import wrap

from tuibp.core.diagnosis.examination import Diagnosis, Finding
from tuibp.core.diagnosis.suspicion import Spot
from tuibp.core.diagnosis.trial import Outcome
from tuibp.core.diagnosis.well import well
from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.numbers import significant
from tuibp.render.sparkline import sparkline

WIDTH = 78
CURVE = 14
"""Cells of a curve."""


def report(name: str, target: str, found: Diagnosis) -> Iterator[str]:
    """For people, at most 80 columns."""
    yield from wrap(_title(name, found), WIDTH, initial_indent=" ", subsequent_indent="   ")
    yield ""
    if found.healthy:
        yield " " + _("Healthy: it learns what it is asked for.")
        yield "   " + _ended(found.readings.own)
        yield ""
    elif not found.findings:
        yield from _unknown(found)
    for number, finding in enumerate(found.findings, 1):
        yield from _finding(number, finding)
    if found.untried:
        yield from wrap(_untried(found), WIDTH, initial_indent=" ", subsequent_indent="   ")
        yield ""
    clauses = "; ".join(well(found))
    if clauses:
        yield from wrap(clauses + ".", WIDTH, initial_indent=" " + _("well") + "   ", subsequent_indent=" " * 8)
    if found.findings:
        yield ""
        yield from _see(target, found.findings[0].suspicion.see)


def _title(name: str, found: Diagnosis) -> str:
    case = found.readings.case
    names = case.network.activations
    kinds = names[0] if len(set(names)) == 1 else " ".join(names)
    return _("{name}  {sizes}  {kinds}, {cost}   {n:,} examples, {updates:,} updates").format(
        name=name, sizes="·".join(map(str, case.network.sizes)), kinds=kinds, cost=case.network.cost,
        n=len(case.data), updates=found.readings.updates,
    )  # fmt: skip


def _finding(number: int, finding: Finding) -> Iterator[str]:
    head = f" {number} " + (_("Follows from 1: ") if finding.follows else "") + finding.cause.title
    where = {"data": _("looked at: data"), "start": _("looked at: start"), "run": _("looked at: run")}
    yield f"{head:<{WIDTH - 18}}{where[finding.suspicion.where]:>18}"
    yield from _indented(finding.suspicion.seen)
    if finding.follows:  # its cure is that of the first
        yield ""
        return
    if finding.because:
        yield from _indented(
            _("With the change below this is gone as well: {seen}").format(seen=" ".join(finding.because))
        )
    yield ""
    doing = _("for comparison: {says}") if finding.cure.control else _("tried on a copy: {says}")
    yield from _indented(doing.format(says=finding.cure.says))
    yield from _curves(finding)
    label = _("to check") if finding.cure.control else _("to do")
    lines = finding.cure.change.split("; ")
    for at, line in enumerate(lines):
        yield from wrap(line, WIDTH, initial_indent=f"     {label if not at else '':<9}", subsequent_indent=" " * 14)
    yield ""


def _indented(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="   ", subsequent_indent="   ")


def _curves(finding: Finding) -> Iterator[str]:
    before, after = finding.before, finding.after
    last = max(float(before.updates[-1]), float(after.updates[-1]))
    ends = [v for o in (before, after) for v in (o.first, o.last) if math.isfinite(v)]
    highest = max(ends)
    for label, outcome in ((_("as it is"), before), (_("changed"), after)):
        line = sparkline(outcome.updates, outcome.costs, last, highest, CURVE)
        first, end = significant(outcome.first), significant(outcome.last)
        yield (
            f"     {label:<9}"
            + _("cost {first} {line} {end}").format(first=f"{first:>7}", line=line, end=f"{end:<8}")
            + _right(outcome)
        )


def _right(outcome: Outcome) -> str:
    if outcome.right is None:
        return ""
    text = _("  {share:.0%} right").format(share=outcome.right)
    return text if outcome.held_out is None else text + _(", {share:.0%} held out").format(share=outcome.held_out)


def _ended(outcome: Outcome) -> str:
    return _("cost {first} → {last}").format(first=significant(outcome.first), last=significant(outcome.last)) + _right(
        outcome
    )


def _unknown(found: Diagnosis) -> Iterator[str]:
    yield " " + _("It does not learn what it is asked for, and no change that was tried helps.")
    yield "   " + _ended(found.readings.own)
    for suspicion in found.refuted:
        yield from wrap(
            _("{seen} Its cure did not help.").format(seen=suspicion.seen), WIDTH,
            initial_indent="   ", subsequent_indent="     ",
        )  # fmt: skip
    yield ""


def _untried(found: Diagnosis) -> str:
    seen = " ".join(suspicion.seen for suspicion in found.untried)
    return _("Seen, and not tried for want of time: {seen}").format(seen=seen)


def _see(target: str, see: Spot) -> Iterator[str]:
    at = f"{see.update},{shown(see.layer)},{shown(see.j)}"
    yield f" tuibp {target} --at {at}"
    yield "   " + _("opens the stepper where cause 1 is seen: update {n}, layer {layer}, neuron {j}").format(
        n=see.update, layer=shown(see.layer), j=shown(see.j)
    )
