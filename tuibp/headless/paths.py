"""The ways on which one weight reaches the cost: the strongest, and the sum of all beside backpropagation (53)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput
from tuibp.headless.arguments import example_row, load_as_opened
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import add_parameter, as_json, heading, name, parameter
from tuibp.locale import _, ngettext
from tuibp.render.padding import at_left, at_right

if TYPE_CHECKING:
    from tuibp.core.paths import Path, Paths

SUMMARY = _("The paths from a weight to the cost, strongest first, and their sum beside the backprop gradient.")
EXAMPLE = "tuibp paths deep-sigmoid --weight 2,1,1 --top 5"
EXACT_AS_DOUBLE = 2**53
"""A larger integer is a string in JSON: readers that know only doubles would round it."""
MOST = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_parameter(parser)
    parser.add_argument("--top", type=int, default=10, metavar="N", help=_("how many paths are listed (10)"))


def run(args: argparse.Namespace) -> int:
    if not 1 <= args.top <= MOST:
        raise BadInput(_("--top takes a number from 1 to {most:,}, not {n}").format(most=MOST, n=args.top))
    preset = load_as_opened(args)
    row = example_row(args.example, preset)
    layer, j, k = parameter(args, preset.network)
    from tuibp.core.paths import paths

    found = paths(preset.network, preset.data.example(row), layer, j, k)
    top = list(islice(found.strongest(), args.top))
    if args.json:
        value = float(preset.network.parameters[preset.network.index_of(layer, j, k)])
        print_json(contract(found, top, value))
        return 0
    say(heading(preset, row))
    for line in table(found, top):
        say(line)
    return 0


def contract(found: Paths, top: Sequence[Path], value: float) -> dict[str, Any]:
    """The JSON object."""
    return {
        "parameter": as_json(found.layer, found.j, found.k, value),
        "paths_total": found.total if found.total <= EXACT_AS_DOUBLE else str(found.total),
        "sum": found.sum,
        "backprop": found.backprop,
        "top": [
            {"neurons": [shown(n) for n in path.neurons], "factors": list(path.factors), "product": path.product}
            for path in top
        ],
    }


def table(found: Paths, top: Sequence[Path]) -> Iterator[str]:
    """The same for people."""
    from tuibp.render.numbers import alone, percent, significant

    which = name(found.layer, found.j, found.k)
    yield (
        ngettext("{n} way from {which} to C.", "{n} ways from {which} to C.", found.total).format(
            n=f"{found.total:,}", which=which
        )
        + "  "
        + _("Their sum is ∂C/∂{which} = {sum}  (53)").format(which=which, sum=significant(found.sum, 4))
    )
    if found.fans_out:
        yield _("Softmax couples the layer: the paths set out to every neuron of it.")
    yield ""
    ways = ["→".join([which[0], *(str(shown(n)) for n in path.neurons), "C"]) for path in top]
    factors = [" ".join(alone(f, 8, plus=True) for f in path.factors) for path in top]
    left, middle = max(map(len, ways)), max(map(len, factors))
    numbers = f"{at_right(_('product'), 11)}  {at_right(_('sum so far'), 11)}  {at_right(_('share'), 7)}"
    yield f"  {at_left(_('path'), left)}  {at_left(_('rate factors'), middle)}  {numbers}"
    for way, row, path in zip(ways, factors, top, strict=True):
        numbers = f"{alone(path.product, 11, plus=True)}  {alone(path.running_sum, 11, plus=True)}"
        yield f"  {way:<{left}}  {row:<{middle}}  {numbers}  {percent(path.share):>7}"
    blank = left + middle + 4
    rest = found.total - len(top)
    if rest:
        more = ngettext("and {n} more", "and {n} more", rest).format(n=f"{rest:,}")
        yield f"  {at_left(more, blank - 2)}  {alone(found.sum - top[-1].running_sum, 11, plus=True)}"
    yield f"  {at_left(_('all paths'), blank - 2)}  {alone(found.sum, 11, plus=True)}"
    yield f"  {at_left(_('backprop'), blank - 2)}  {alone(found.backprop, 11, plus=True)}"
    yield ""
    yield "  " + _("Share: what the paths so far have of all that flows, Σ|product| = {total}.").format(
        total=significant(found.absolute_sum, 4)
    )
