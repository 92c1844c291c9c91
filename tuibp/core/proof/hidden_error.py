"""BP2: (40) to (45); where softmax couples the layer, (44) is a sum and stays one."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.five_steps import slope
from tuibp.core.notation import of_neuron, weight
from tuibp.core.proof.line import FactorColumn, Highlight, ProofLine, doubles, numbered, one
from tuibp.core.proof.measured import Measured
from tuibp.core.proof.names import Names, corner, own_function
from tuibp.core.terms import Factor, Term, jacobian_column, product
from tuibp.locale import _, ngettext

SHORT = 40
"""Sums of no more terms than this, over all cases, are written out."""


def proof_of_hidden_error(m: Measured, layer: int, j: int) -> tuple[ProofLine, ...]:
    """The lines of BP2 for neuron j of a hidden layer."""
    n, after, count = Names(m.network, layer, j), layer + 1, m.network.sizes[layer + 1]
    left = one(m.cost_by_z(layer, [j]))
    by_next, rates = m.cost_by_z(after, list(range(count))), m.next_by_z(layer, j)
    nexts = tuple((after, k) for k in range(count))
    rate_name = f"∂{n.z_k}/∂{n.z}"
    rate_column = FactorColumn(rate_name, doubles(rates))
    return (
        ProofLine(
            "(40)",
            f"{n.delta} = ∂C/∂{n.z}",
            one(m.delta(layer)[j]),
            left,
            _(
                "This is what an error is: how fast C changes with {z}. On the left is what step 4 says, on the right "
                "what a complex step of {z} measures."
            ).format(z=n.z),
            lit=Highlight(((layer, j),), letter="δ"),
        ),
        ProofLine(
            "(41)",
            f"{n.delta} = Σ_k ∂C/∂{n.z_k} · {rate_name}",
            left,
            one((by_next * rates).sum()),
            ngettext(
                "{z} reaches C only through the next layer’s one neuron: the chain rule.",
                "{z} reaches C only through the next layer’s {count} neurons: the chain rule adds up all of them.",
                count,
            ).format(z=n.z, count=count),
            columns=(FactorColumn(f"∂C/∂{n.z_k}", doubles(by_next)), rate_column),
            summed=True,
            lit=Highlight(((layer, j), *nexts)),
        ),
        ProofLine(
            "(42)",
            f"{n.delta} = Σ_k {rate_name} · {n.delta_k}",
            left,
            one((rates * m.delta(after)).sum()),
            _("∂C/∂{z} is what {delta} is called, and is known already; the factors have changed places.").format(
                z=n.z_k, delta=n.delta_k
            ),
            columns=(rate_column, FactorColumn(n.delta_k, doubles(m.delta(after)))),
            summed=True,
            lit=Highlight(nexts, letter="δ"),
        ),
        _next_input(m, layer, j),
        *_rate_and_end(m, layer, j, left, rates),
    )


def _next_input(m: Measured, layer: int, j: int) -> ProofLine:
    """(43): z^{l+1}_k written out; its left side is the pass's own product of matrix and vector."""
    n, after = Names(m.network, layer, j), layer + 1
    w, a, b = m.network.w(after), m.a(layer), m.network.b(after)
    count, width = w.shape
    couples = m.network.couples(layer)
    # Another neuron may have a function of its own: f_i is each one's.
    mixed = any(m.network.activation_of(layer, i) != m.network.activation_of(layer, j) for i in range(width))
    f = "f_i" if mixed else n.f
    inside = n.a_i if couples else f"{f}({n.z_i})"
    short, nexts = w.size <= SHORT, tuple((after, k) for k in range(count))
    return ProofLine(
        "(43)",
        f"{n.z_k} = Σ_i {n.w_ki} {inside} + {n.b_k}",
        doubles(m.z(after)),
        doubles((w * a).sum(axis=1) + b),
        _("This is step 2 of the next layer, written out: where {z} is in it is what the next line asks.").format(
            z=n.z
        ),
        numbered(count),
        addends=tuple(_addends(m, layer, k) for k in range(count)) if short else (),
        lit=Highlight(nexts, tuple((after, k, i) for k in range(count) for i in range(width)) if short else ()),
    )


def _addends(m: Measured, layer: int, k: int) -> tuple[Term, ...]:
    """w^{l+1}_ki a^l_i for every i, and the bias."""
    after, a = layer + 1, m.a(layer)
    weights = m.network.w(after)[k].tolist()
    terms = (
        product(Factor(weight(after, k, i), w), Factor(of_neuron("a", layer, i), float(a[i])))
        for i, w in enumerate(weights)
    )
    return (*terms, product(Factor(of_neuron("b", after, k), float(m.network.b(after)[k]))))


def _rate_and_end(m: Measured, layer: int, j: int, left: Values, rates: Values) -> tuple[ProofLine, ...]:
    couples = m.network.couples(layer)
    return _softmax(m, layer, j, left, rates) if couples else _elementwise(m, layer, j, left, rates)


def _elementwise(m: Measured, layer: int, j: int, left: Values, rates: Values) -> tuple[ProofLine, ...]:
    """(44) and (45)."""
    n, after = Names(m.network, layer, j), layer + 1
    w, delta = m.network.w(after)[:, j], m.delta(after)
    prime = slope(m.network, layer, m.z(layer), m.a(layer))[j]
    out = tuple((after, k, j) for k in range(len(w)))
    nexts = tuple((after, k) for k in range(len(w)))
    dropped = np.delete(m.addends_by_z(layer, j), j, axis=1).ravel()
    why = _("Only one term of (43) has {z} in it: all others vanish, and a bias is a constant.").format(z=n.z)
    left_is = _("What is left is the weight times the slope of {f}.").format(f=n.f)
    return (
        ProofLine(
            "(44)",
            f"∂{n.z_k}/∂{n.z} = {n.w_kj} {n.prime}",
            doubles(rates),
            doubles(w * prime),
            " ".join(filter(None, (why, left_is, own_function(m.network, layer, j), corner(m, layer, j)))),
            numbered(len(w)),
            columns=(FactorColumn(n.w_kj, doubles(w)), FactorColumn(n.prime, np.full(len(w), float(prime)))),
            dropped=doubles(dropped),
            dropped_symbols=f"∂({n.w_ki} {n.a_i})/∂{n.z}, i ≠ {j + 1}; ∂{n.b_k}/∂{n.z}",
            lit=Highlight(((layer, j), *nexts), out, "σ'"),
        ),
        ProofLine(
            "(45)",
            f"{n.delta} = Σ_k {n.w_kj} {n.delta_k} {n.prime}",
            left,
            one((w * delta * prime).sum()),
            _("(44) put into (42): nothing on the right has to be measured any more. This is BP2."),
            columns=(
                FactorColumn(n.w_kj, doubles(w)),
                FactorColumn(n.delta_k, doubles(delta)),
                FactorColumn(n.prime, np.full(len(w), float(prime))),
            ),
            summed=True,
            lit=Highlight(((layer, j), *nexts), out, "δ"),
        ),
    )


def _softmax(m: Measured, layer: int, j: int, left: Values, rates: Values) -> tuple[ProofLine, ...]:
    """Every activation of the layer has z_j in it, so that no term of (43) but the bias vanishes."""
    n, after = Names(m.network, layer, j), layer + 1
    column = jacobian_column(m.a(layer), j)
    by_formula, delta = m.network.w(after) @ column, m.delta(after)
    nexts = tuple((after, k) for k in range(len(delta)))
    inner = f"Σ_i {n.w_ki} {n.a_i} ([i={j + 1}] − {n.a})"
    return (
        ProofLine(
            "(44)",
            f"∂{n.z_k}/∂{n.z} = {inner}",
            doubles(rates),
            doubles(by_formula),
            _(
                "As the book has it this line does not hold here: softmax divides by the sum of all, so every term of "
                "(43) has {z} in it and stays. Only the bias vanishes."
            ).format(z=n.z),
            numbered(len(delta)),
            dropped=doubles(m.addends_by_z(layer, j)[:, -1]),
            dropped_symbols=f"∂{n.b_k}/∂{n.z}",
            lit=Highlight(tuple((layer, i) for i in range(m.network.sizes[layer])), letter="a"),
        ),
        ProofLine(
            "(45)",
            f"{n.delta} = Σ_k {n.delta_k} {inner}",
            left,
            one((delta * by_formula).sum()),
            _("(44) put into (42): BP2 with the full Jacobian of softmax in place of ⊙."),
            columns=(FactorColumn(n.delta_k, doubles(delta)), FactorColumn(inner, doubles(by_formula))),
            summed=True,
            lit=Highlight(((layer, j), *nexts), letter="δ"),
        ),
    )
