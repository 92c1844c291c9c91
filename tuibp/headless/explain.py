"""How one number is made: general, indexed, with numbers, result, and what it means here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuibp.core.index import shown
from tuibp.files.errors import BadInput
from tuibp.headless.arguments import (
    add_example,
    add_json,
    add_target,
    bias_index,
    example_row,
    load_as_opened,
    neuron_index,
    weight_index,
)
from tuibp.headless.output import print_json, say
from tuibp.headless.parameter import add_number, heading
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.explanation import Explanation, Factor, Quantity, Term
    from tuibp.core.network import Network
    from tuibp.files.preset import Preset

SUMMARY = _("How one number of the five steps is made, and what it means.")
EXAMPLE = "tuibp explain digits --weight 2,13,22"
WIDTH = 76
MOST_TERMS = 20
"""Terms that the table lists, the largest, where there are more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    add_number(parser, neuron=_("neuron J of layer L; layer 1 is the input"))
    parser.add_argument(
        "--quantity",
        choices=("z", "a", "delta", "gradient"),
        help=_("of a neuron z, a, delta or gradient (of its bias); without it delta, or a of an input"),
    )
    add_example(parser)
    parser.add_argument(
        "--batch", action="store_true", help=_("its mean over the mini-batch that training takes next, and each share")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.batch and args.example is not None:
        raise BadInput(_("--batch is about the mini-batch that training takes next: it takes no --example"))
    preset = load_as_opened(args)
    if args.batch:
        return _of_batch(args, preset)
    row = example_row(args.example, preset)
    quantity, layer, j, k = number_asked_for(args, preset.network)
    from tuibp.core.explanation import explain

    network, example = preset.network, preset.data.example(row)
    found = explain(network, example, quantity, layer, j, k)
    if args.json:
        print_json(contract(found))
        return 0
    say(heading(preset, row))
    inside = explain(network, example, "z", layer, j) if quantity == "a" and layer else None
    for line in table(found, inside):
        say(line)
    return 0


def _of_batch(args: argparse.Namespace, preset: Preset) -> int:
    quantity, layer, j, k = number_asked_for(args, preset.network)
    from tuibp.core.mini_batch import mini_batch
    from tuibp.headless.batch import contract, table

    batch = mini_batch(preset.network, preset.data, preset.training, preset.opening.updates + preset.opening.later)
    shares = batch.shares(quantity, layer, j, k)
    if args.json:
        print_json(contract(batch, shares, quantity))
        return 0
    for line in table(batch, shares, preset.name):
        say(line)
    return 0


def number_asked_for(args: argparse.Namespace, network: Network) -> tuple[Quantity, int, int, int | None]:
    """(quantity, layer, j, k), 0-based. Raises BadInput where there is no such number."""
    if args.neuron is None:
        if args.quantity not in (None, "gradient"):
            kind = "weight" if args.weight is not None else "bias"
            raise BadInput(
                _("--quantity {quantity}: a {kind} has a gradient; ask a neuron for {quantity}").format(
                    quantity=args.quantity, kind=kind
                )
            )
        if args.weight is not None:
            return ("gradient", *weight_index(args.weight, network))
        return ("gradient", *bias_index(args.bias, network), None)
    layer, j = neuron_index(args.neuron, network)
    quantity: Quantity = args.quantity or ("delta" if layer else "a")
    if layer == 0 and quantity != "a":
        raise BadInput(
            _("--quantity {quantity}: layer 1 is the input and has activations only (--quantity a)").format(
                quantity=quantity
            )
        )
    return quantity, layer, j, None


def contract(found: Explanation) -> dict[str, Any]:
    """The JSON object."""
    return {
        "quantity": found.quantity,
        "layer": shown(found.layer),
        "j": shown(found.j),
        "k": None if found.k is None else shown(found.k),
        "equation": found.equation,
        "general": found.general,
        "indexed": found.indexed,
        "terms": [{"factors": [_factor(f) for f in t.factors], "value": t.value} for t in found.terms],
        "times": [_factor(f) for f in found.times],
        "result": found.result,
        "meaning": found.meaning,
        "note": found.note,
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {"name": factor.name, "value": factor.value}


def table(found: Explanation, inside: Explanation | None = None) -> Iterator[str]:
    """The same for people: the equation three times over, each nearer to the number, and the meaning.

    `inside` is the weighted input of an activation.
    """
    from tuibp.render.lines import indented
    from tuibp.render.numbers import significant
    from tuibp.render.typeset import typeset

    name = typeset(found.name)
    yield ""
    yield f"  {found.equation:<4} {typeset(found.general)}"
    yield f"       {typeset(found.indexed)}"
    yield ""
    if inside is not None:
        yield from _terms(inside, typeset(inside.name))
        yield ""
    yield from _terms(found)
    yield ""
    sign = f"  {name} = "
    if found.times:
        outside = "".join(f" · {significant(f.value, 6)}" for f in found.times)
        yield f"{sign}{_bracketed(found.inner)}{outside}    " + _("(times {names})").format(
            names=" · ".join(typeset(f.name) for f in found.times)
        )
        yield " " * (len(sign) - 2) + f"= {significant(found.result, 10)}"
    else:
        yield f"{sign}{significant(found.result, 10)}"
    for text in (found.meaning, found.note):
        if text:
            yield ""
            yield from indented(typeset(text), WIDTH, first="  ", rest="  ")


def _bracketed(value: float) -> str:
    from tuibp.render.numbers import significant

    text = significant(value, 6)
    return f"({text})" if value < 0 else text


def _terms(found: Explanation, label: str = "") -> Iterator[str]:
    """A line for each term, values under each other; where there are many, the largest first and what is left."""
    from tuibp.render.numbers import plain
    from tuibp.render.typeset import typeset

    terms = list(found.terms)
    rest: list[Term] = []
    if len(terms) > MOST_TERMS:
        ranked = sorted(terms, key=lambda t: -abs(t.value))
        terms, rest = ranked[:MOST_TERMS], ranked[MOST_TERMS:]
    names = [" · ".join(typeset(f.name) for f in t.factors) for t in terms]
    columns = max(len(t.factors) for t in terms)
    factors = [plain([f.value for t in terms for f in t.factors[i : i + 1]], 11) for i in range(columns)]
    written = [" · ".join(factors[i](f.value) for i, f in enumerate(t.factors)) for t in terms]
    left, middle = max(map(len, names)), max(map(len, written))
    values = plain([*(t.value for t in found.terms), found.inner], 12)
    for which, numbers, term in zip(names, written, terms, strict=True):
        shown_numbers = numbers if len(term.factors) > 1 else ""
        yield f"  {which:<{left}}  {shown_numbers:<{middle}}  {values(term.value)}"
    blank = " " * (left + middle + 4)
    if rest:
        more = _("{n} more terms").format(n=len(rest))
        yield f"  {more:<{left + middle + 2}}  {values(sum(t.value for t in rest))}"
    if len(found.terms) > 1:
        yield f"{blank}  {'─' * 12}"
        yield f"  {label or _('sum'):<{left + middle + 2}}  {values(found.inner)}"
