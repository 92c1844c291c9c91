"""A walk and a proof as Markdown documents: LaTeX formulas, and the numbers that are on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.latex import in_markdown, latex
from tuibp.render.numbers import significant

if TYPE_CHECKING:
    from tuibp.core.example import Example
    from tuibp.core.five_steps import Frame, Pass
    from tuibp.core.network import Array, Network
    from tuibp.core.proof import Proof, ProofLine

DIGITS = 10
MOST = 200
"""Rows of a table."""


def of_proof(found: Proof, heading: str) -> Iterator[str]:
    title = _("Proof of {equation}: why {about} is what step {step} says").format(
        equation=found.equation, about=f"${latex(found.about)}$", step=shown(found.step)
    )
    yield f"# {title}"
    yield ""
    yield heading
    for line in found.lines:
        yield ""
        tag = rf" \tag{{{line.number.strip('()')}}}" if line.number else ""
        yield f"$${latex(line.symbols)}{tag}$$"
        yield ""
        yield from _sides(line)
        yield ""
        yield in_markdown(line.why)


def _sides(line: ProofLine) -> Iterator[str]:
    cases = line.cases or ("",)
    yield f"| {_('case')} | {_('left')} | {_('right')} | {_('difference')} |"
    yield "| --- | ---: | ---: | ---: |"
    for at, case in enumerate(cases[:MOST]):
        numbers = (significant(float(v), DIGITS) for v in (line.left[at], line.right[at]))
        apart = significant(float(line.difference[at]), 1) if line.difference[at] else "0"
        name = f"${latex(case)}$" if case else ""
        yield f"| {name} | {' | '.join(numbers)} | {apart} |"
    if len(cases) > MOST:
        yield ""
        yield _("and {n} more cases (--json has all)").format(n=len(cases) - MOST)
    if line.dropped.size:
        yield ""
        zeros = _("{n} measured zeros") if not line.dropped.any() else _("{n} measured, not all 0")
        yield _("Dropped: {zeros}, ${symbols}$.").format(
            zeros=zeros.format(n=line.dropped.size), symbols=latex(line.dropped_symbols)
        )


def of_walk(network: Network, example: Example, found: Pass, heading: str) -> Iterator[str]:
    from tuibp.core.explained_step import explain_step
    from tuibp.core.steps import STEPS, TITLES

    yield "# " + _("The five steps of backpropagation")
    yield ""
    yield heading
    for frame in found.frames:
        step = explain_step(network, frame.step, frame.layer, example, found)
        number = STEPS.index(frame.step)
        yield ""
        yield "## " + _("{number} {title}, layer {layer}").format(
            number=shown(number), title=TITLES[number], layer=shown(frame.layer)
        )
        yield ""
        yield f"$${latex(step.general)}$$"
        yield ""
        yield from _numbers(frame)
        yield ""
        yield in_markdown(step.meaning)
    yield ""
    yield f"$$C = {significant(found.cost, DIGITS).replace('−', '-')}$$"


def _numbers(frame: Frame) -> Iterator[str]:
    """A row a neuron; of the gradient ∂C/∂b and the row of ∂C/∂w."""
    columns: list[tuple[str, Array]] = []
    names = {"z": "z", "a": "a", "delta": "δ", "grad_b": "∂C/∂b"}
    for field, name in names.items():
        values = getattr(frame, field)
        if values is not None:
            columns.append((name, values))
    if frame.grad_w is not None:
        wide = min(frame.grad_w.shape[1], MOST)
        columns += [(f"∂C/∂w_{{j,{shown(k)}}}", frame.grad_w[:, k]) for k in range(wide)]
    yield "| $j$ | " + " | ".join(f"${latex(name)}$" for name, _values in columns) + " |"
    yield "| ---: |" + " ---: |" * len(columns)
    count = len(columns[0][1])
    for j in range(min(count, MOST)):
        yield f"| {shown(j)} | " + " | ".join(_cells(columns, j)) + " |"
    if count > MOST:
        yield ""
        yield _("and {n} more (--json has all)").format(n=count - MOST)


def _cells(columns: Sequence[tuple[str, Array]], j: int) -> list[str]:
    return [significant(float(values[j]), DIGITS) for _name, values in columns]
