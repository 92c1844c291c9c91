"""A comparison of somebody's backpropagation with the right one, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuibp.core.index import pair, shown
from tuibp.core.notation import of_layer
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.mistakes.comparison import Compared, Comparison
    from tuibp.files.brought import Brought
    from tuibp.files.reading import Reading

WIDTH = 76

NAMES = {"z": "z", "a": "a", "delta": "δ", "grad_w": "∂C/∂w", "grad_b": "∂C/∂b", "new_w": "w", "new_b": "b"}
"""As they are written; the last two are those after the update."""


def table(brought: Brought, reading: Reading, verdict: Comparison) -> Iterator[str]:
    """The same for people: what was taken for what, what differs first, and which mistake it is."""
    from tuibp.render.lines import indented

    yield ""
    for line in _taken(brought, reading):
        yield from indented(line, WIDTH, first="  ", rest="    ", break_long_words=False)
    yield ""
    yield from (f"  {line}" for line in _compared(verdict))
    yield ""
    for text in said(verdict):
        yield from indented(text, WIDTH, first="  ", rest="  ")


def said(verdict: Comparison) -> Iterator[str]:
    """Which mistake, or what is known where none fits, and whether the cost falls all the same; a paragraph each."""
    yield from _said(verdict)
    yield from _cost(verdict)


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


def _compared(verdict: Comparison) -> Iterator[str]:
    from tuibp.render.numbers import significant
    from tuibp.render.typeset import typeset

    passed = False
    for compared in verdict.compared:
        state = _("agrees") if compared.agrees else _("follows") if passed else _("differs")
        passed = passed or not compared.agrees
        yield f"{typeset(_layer(compared)):<9} {state:<9} {significant(compared.max_error, 2)}"


def _layer(compared: Compared) -> str:
    """A whole layer's array, as markup."""
    after = "′" if compared.quantity.startswith("new") else ""
    return of_layer(NAMES[compared.quantity], compared.layer) + after


def _said(verdict: Comparison) -> Iterator[str]:
    """Which mistake, or what is known where none fits."""
    from tuibp.render.compare_words import apart, hint_of
    from tuibp.render.typeset import typeset

    for layer, of in verdict.caches:
        yield _("Your a of layer {layer} is not f(z): the rest is compared from both, f′ taken from {of}.").format(
            layer=shown(layer), of=of)  # fmt: skip
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
        names = ", ".join(n.mistake.name for n in verdict.indistinguishable)
        yield _("On these numbers the same: {names}.").format(names=names)
        if verdict.task is not None:
            yield apart(verdict.task, verdict)
    if not verdict.mistakes:
        yield _("No known mistake makes these numbers.")
        if first.quantity.startswith("new"):
            yield _("Is the update another than was said? eta, optimiser, momentum, beta1 and so on may be given.")
        yield from map(hint_of, verdict.hints)


def _markup(first: Compared) -> str:
    """One number of an array, as markup."""
    return f"{_layer(first)}_{shown(first.j) if first.k is None else pair(first.j, first.k)}"


def _cost(verdict: Comparison) -> Iterator[str]:
    if verdict.falls is None or verdict.agrees:
        return
    before, after = verdict.falls
    if after < before:
        yield _("The cost falls all the same: {before:.6g} → {after:.6g}.").format(before=before, after=after)
    else:
        yield _("A step along it raises the cost: {before:.6g} → {after:.6g}.").format(before=before, after=after)
