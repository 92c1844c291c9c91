"""Which mistake is in somebody's own backpropagation: their numbers beside the right ones, and what made the others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.core.index import pair, shown
from tuibp.core.notation import of_layer
from tuibp.headless.arguments import add_json
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.mistakes.verdict import Compared, Named, Verdict
    from tuibp.files.brought import Brought
    from tuibp.files.reading import Reading, Settings

SUMMARY = "Which mistake is in your own backpropagation: your numbers beside the right ones."
WIDTH = 76

NAMES = {"z": "z", "a": "a", "delta": "δ", "grad_w": "∂C/∂w", "grad_b": "∂C/∂b", "new_w": "w", "new_b": "b"}
"""As they are written; the last two are those after the update."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mine", metavar="MINE", help="a .json or .npz file with your numbers")
    parser.add_argument("--target", metavar="TARGET", help="whose network and data they are, where MINE does not say")
    parser.add_argument("--example", type=int, metavar="N", help="which example of the target, counted from 1")
    parser.add_argument("--activations", metavar="NAMES", help="one name, or one a layer, with commas between")
    parser.add_argument("--cost", metavar="NAME", help="quadratic, cross_entropy or log_likelihood")
    parser.add_argument("--eta", type=float, metavar="E", help="learning rate of the update")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.files.brought import read_brought

    brought = read_brought(Path(args.mine))
    reading, verdict = best(brought, settings_of(args))
    if args.json:
        print_json(contract(brought, reading, verdict))
    else:
        for line in table(brought, reading, verdict):
            say(line)
    return 0 if verdict.agrees else 1


def settings_of(args: argparse.Namespace) -> Settings:
    """What the target and the options say. Raises BadInput."""
    from tuibp.files.reading import Settings

    settings = Settings()
    if args.target is not None:
        from tuibp.headless.arguments import example_row, load_as_opened

        preset = load_as_opened(args)
        example = preset.data.example(example_row(args.example, preset))
        training = preset.training
        settings = Settings(
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


def best(brought: Brought, settings: Settings) -> tuple[Reading, Verdict]:
    """The reading that agrees; else the one for which a mistake is named; else the first. Raises BadInput."""
    from tuibp.core.mistakes.verdict import compare
    from tuibp.files.reading import readings

    judged = [(reading, compare(reading.task, reading.arrays, reading.precision))
              for reading in readings(brought, settings)]  # fmt: skip
    return max(judged, key=lambda pair: _fits(pair[1]))


def _fits(verdict: Verdict) -> tuple[bool, bool, int]:
    agreeing = next((i for i, c in enumerate(verdict.compared) if not c.agrees), len(verdict.compared))
    return verdict.agrees, bool(verdict.mistakes) and all(m.everything for m in verdict.mistakes), agreeing


# JSON


def contract(brought: Brought, reading: Reading, verdict: Verdict) -> dict[str, Any]:
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


def table(brought: Brought, reading: Reading, verdict: Verdict) -> Iterator[str]:
    """The same for people: what was taken for what, what differs first, and which mistake it is."""
    from textwrap import wrap

    yield ""
    for line in _taken(brought, reading):
        yield from wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False)
    yield ""
    yield from (f"  {line}" for line in _compared(verdict))
    yield ""
    for text in (*_said(verdict), *_cost(verdict)):
        yield from wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _taken(brought: Brought, reading: Reading) -> Iterator[str]:
    network = reading.task.network
    by_kind: dict[str, list[str]] = {}
    for name, kind in brought.taken:
        by_kind.setdefault(kind, []).append(name)
    yield _("{file}: {sizes}, {activations}, {cost}, mini-batch of {m}, {precision}").format(
        file=brought.file, sizes="·".join(map(str, network.sizes)), activations=" ".join(network.activations),
        cost=network.cost, m=reading.task.m, precision=reading.precision.kind)  # fmt: skip
    taken = ", ".join(f"{' '.join(names)} → {NAMES.get(kind, kind)}" for kind, names in by_kind.items())
    yield _("taken: {names}").format(names=taken)
    if brought.unknown:
        yield _("not used: {names}").format(names=" ".join(brought.unknown))


def _compared(verdict: Verdict) -> Iterator[str]:
    from tuibp.render.typeset import typeset

    passed = False
    for compared in verdict.compared:
        state = _("agrees") if compared.agrees else _("follows") if passed else _("differs")
        passed = passed or not compared.agrees
        yield f"{typeset(_layer(compared)):<9} {state:<9} {compared.max_error:.1e}"


def _layer(compared: Compared) -> str:
    """A whole layer's array, as markup."""
    after = "′" if compared.quantity.startswith("new") else ""
    return of_layer(NAMES[compared.quantity], compared.layer) + after


def _said(verdict: Verdict) -> Iterator[str]:
    """Which mistake, or what is known where none fits."""
    from tuibp.render.typeset import typeset

    if verdict.agrees:
        yield _("All of it agrees.")
        return
    first = verdict.first
    assert first is not None
    yield _("First difference: {name}. Yours is {yours:.6g}, right is {ours:.6g}.").format(
        name=typeset(_markup(first)), yours=first.yours, ours=first.ours)  # fmt: skip
    if len(verdict.mistakes) > 1:
        yield _("Two mistakes at once:")
    for named in verdict.mistakes:
        yield typeset(named.mistake.sentence) + f" [{named.mistake.name}]"
    if verdict.indistinguishable:
        yield _("On these numbers the same: {names}. Another example or another width would tell them apart.").format(
            names=", ".join(n.mistake.name for n in verdict.indistinguishable))  # fmt: skip
    if not verdict.mistakes:
        yield _("No known mistake makes these numbers.")
        yield from map(_hint, verdict.hints)


def _markup(first: Compared) -> str:
    """One number of an array, as markup."""
    return f"{_layer(first)}_{shown(first.j) if first.k is None else pair(first.j, first.k)}"


def _hint(hint: Any) -> str:
    if hint.kind == "shape":
        return _("Its shape is {shape}.").format(shape=hint.shape)
    if hint.kind == "transposed":
        return _("It is the right one, transposed.")
    if hint.kind == "factor":
        return _("Every number of it is {factor:.6g} times the right one.").format(factor=hint.factor)
    return _("Its numbers are those of layer {layer}.").format(layer=shown(hint.layer))


def _cost(verdict: Verdict) -> Iterator[str]:
    if verdict.falls is None or verdict.agrees:
        return
    before, after = verdict.falls
    if after < before:
        yield _("The cost falls all the same: {before:.6g} → {after:.6g}.").format(before=before, after=after)
    else:
        yield _("A step along it raises the cost: {before:.6g} → {after:.6g}.").format(before=before, after=after)
