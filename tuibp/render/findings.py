"""A diagnosis as lines: findings first, the most helpful above; then what is well. The command prints them, the screen
draws them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from tuibp.core.diagnosis.examination import Diagnosis, Finding
from tuibp.core.diagnosis.suspicion import Spot
from tuibp.core.diagnosis.trial import Outcome
from tuibp.core.diagnosis.well import well
from tuibp.core.index import shown
from tuibp.core.notation import percent
from tuibp.locale import _
from tuibp.render.lines import indented
from tuibp.render.numbers import significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.sparkline import sparkline

WIDTH = 78
CURVE = 14
"""Cells of a curve."""

Role = Literal["title", "head", "text", "own", "cured", "cure", "well"]


@dataclass(frozen=True)
class Told:
    """A line, what it is, and the finding (from 0) that it belongs to."""

    text: str
    role: Role
    of: int | None = None


def told(name: str, found: Diagnosis, width: int = WIDTH) -> Iterator[Told]:
    """The whole diagnosis, at most so many columns wide."""
    for line in indented(_title(name, found), width, first=" ", rest="   "):
        yield Told(line, "title")
    yield Told("", "title")
    if found.healthy:
        yield Told(" " + _("Healthy: it learns what it is asked for."), "head")
        yield Told("   " + _ended(found.readings.own), "text")
        yield Told("", "text")
    elif not found.findings:
        for line in _unknown(found, width):
            yield Told(line, "text")
    for at, finding in enumerate(found.findings):
        yield from _finding(at, finding, width)
    if found.untried:
        for line in indented(_untried(found), width, first=" ", rest="   "):
            yield Told(line, "text")
        yield Told("", "text")
    clauses = "; ".join(well(found))
    if clauses:
        label = f" {_('well')}   "
        for line in indented(clauses + ".", width, first=label, rest=" " * cell_len(label)):
            yield Told(line, "well")


def report(name: str, target: str, found: Diagnosis) -> Iterator[str]:
    """For people, at most 80 columns."""
    for line in told(name, found):
        yield line.text
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


def _finding(at: int, finding: Finding, width: int) -> Iterator[Told]:
    head = f" {at + 1} " + (_("Follows from 1: ") if finding.follows else "") + finding.cause.title
    where = {"data": _("looked at: data"), "start": _("looked at: start"), "run": _("looked at: run")}
    yield Told(at_left(head, width - 18) + at_right(where[finding.suspicion.where], 18), "head", at)
    yield from _indented(finding.suspicion.seen, "text", at, width)
    if finding.follows:  # its cure is that of the first
        yield Told("", "text", at)
        return
    if finding.because:
        gone = _("With the change below this is gone as well: {seen}").format(seen=" ".join(finding.because))
        yield from _indented(gone, "text", at, width)
    yield Told("", "text", at)
    doing = _("for comparison: {says}") if finding.cure.control else _("tried on a copy: {says}")
    yield from _indented(doing.format(says=finding.cure.says), "text", at, width)
    yield from _curves(at, finding)
    label = _("to check") if finding.cure.control else _("to do")
    for place, line in enumerate(finding.cure.change.split("; ")):
        first = "     " + at_left(label if not place else "", 9)
        for part in indented(line, width, first=first, rest=" " * 14):
            yield Told(part, "cure", at)
    yield Told("", "text", at)


def _indented(text: str, role: Role, at: int, width: int) -> Iterator[Told]:
    for line in indented(text, width, first="   ", rest="   "):
        yield Told(line, role, at)


def _curves(at: int, finding: Finding) -> Iterator[Told]:
    before, after = finding.before, finding.after
    last = max(float(before.updates[-1]), float(after.updates[-1]))
    ends = [v for o in (before, after) for v in (o.first, o.last) if math.isfinite(v)]
    highest = max(ends)
    roles: tuple[tuple[str, Outcome, Role], ...] = ((_("as it is"), before, "own"), (_("changed"), after, "cured"))
    for label, outcome, role in roles:
        line = sparkline(outcome.updates, outcome.costs, last, highest, CURVE)
        first, end = significant(outcome.first), significant(outcome.last)
        cost = _("cost {first} {line} {end}").format(first=f"{first:>7}", line=line, end=f"{end:<8}")
        yield Told(f"     {at_left(label, 9)}{cost}{_right(outcome)}", role, at)


def _right(outcome: Outcome) -> str:
    if outcome.right is None:
        return ""
    text = _("  {share} right").format(share=percent(outcome.right))
    return text if outcome.held_out is None else text + _(", {share} held out").format(share=percent(outcome.held_out))


def _ended(outcome: Outcome) -> str:
    return _("cost {first} → {last}").format(first=significant(outcome.first), last=significant(outcome.last)) + _right(
        outcome
    )


def _unknown(found: Diagnosis, width: int) -> Iterator[str]:
    yield " " + _("It does not learn what it is asked for, and no change that was tried helps.")
    yield "   " + _ended(found.readings.own)
    for suspicion in found.refuted:
        yield from indented(
            _("{seen} Its cure did not help.").format(seen=suspicion.seen), width,
            first="   ", rest="     ",
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
