"""Why a network does not learn: causes whose cure was tried on a copy and helped."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.headless.arguments import add_json, add_target, load, progress_bar
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.diagnosis.case import Case
    from tuibp.core.diagnosis.examination import Diagnosis, Finding
    from tuibp.core.diagnosis.trial import Outcome

SUMMARY = _("Why it does not learn: each cause is named with a change that was tried on a copy and helped.")
EXAMPLE = "tuibp diagnose ill-scale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.files.changed import case_of

    preset = load(args)
    found = follow(case_of(preset))
    if args.json:
        print_json(contract(found))
    else:
        from tuibp.render.findings import report

        for line in report(preset.name, args.target, found):
            say(line)
    return 0 if found.healthy else 1


def follow(case: Case) -> Diagnosis:
    """Examine, with a bar where somebody watches."""
    from time import perf_counter

    from tuibp.core.diagnosis.examination import diagnose

    bar, story, total = progress_bar(_("examining")), diagnose(case, perf_counter), 1
    while True:
        try:
            now = next(story)
        except StopIteration as end:
            bar(total, total)
            found: Diagnosis = end.value
            return found
        total = now.total
        bar(now.done, total)


def contract(found: Diagnosis) -> dict[str, Any]:
    """The JSON object."""
    from tuibp.core.diagnosis.well import well

    return {
        "healthy": found.healthy,
        "findings": [_finding(finding) for finding in found.findings],
        "well": list(well(found)),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    seen = finding.suspicion
    return {
        "cause": finding.cause.name,
        "where": seen.where,
        "evidence": dict(seen.evidence),
        "because": " ".join((seen.seen, *finding.because)),
        "cure": {
            "change": finding.cure.change,
            "before": _outcome(finding.before),
            "after": _outcome(finding.after),
        },
        "see": {"update": seen.see.update, "layer": shown(seen.see.layer), "j": shown(seen.see.j)},
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "cost": outcome.last, "accuracy": outcome.right, "test_accuracy": outcome.held_out,
        "updates": outcome.updates, "costs": outcome.costs,
    }  # fmt: skip
