"""BP3 and BP4, which the book leaves to the reader: the same four lines for a bias and for a weight."""

from __future__ import annotations

import numpy as np

from tuibp.core.network import Array
from tuibp.core.notation import weights_into
from tuibp.core.proof.line import FactorColumn, Highlight, ProofLine, doubles, one
from tuibp.core.proof.measured import Measured
from tuibp.core.proof.names import Names
from tuibp.locale import _, ngettext


def proof_of_gradient(m: Measured, layer: int, j: int, k: int | None) -> tuple[ProofLine, ...]:
    """The lines of BP4 for w^l_jk, or of BP3 for b^l_j where k is None."""
    n, count = Names(m.network, layer, j), m.network.sizes[layer]
    name = n.b if k is None else n.w(k)
    left = one(m.cost_by_parameter(layer, j, k))
    by_z, rates = m.cost_by_z(layer, list(range(count))), m.z_by_parameter(layer, j, k)
    others = np.delete(rates, j)
    told = _told(m, layer, j, k)
    wires = () if k is None else ((layer, j, k),)
    everyone, alone = tuple((layer, i) for i in range(count)), ((layer, j),)
    return (
        ProofLine(
            "",
            f"∂C/∂{name} = Σ_i ∂C/∂{n.z_i} · ∂{n.z_i}/∂{name}",
            one(told),
            one((by_z * rates).sum()),
            ngettext(
                "{name} reaches C only through the weighted input of its layer’s one neuron: the chain rule. On the "
                "left is what step 5 says.",
                "{name} reaches C only through the weighted inputs of its layer, {count} of them: the chain rule. On "
                "the left is what step 5 says.",
                count,
            ).format(name=name, count=count),
            columns=(FactorColumn(f"∂C/∂{n.z_i}", doubles(by_z)), FactorColumn(f"∂{n.z_i}/∂{name}", doubles(rates))),
            summed=True,
            lit=Highlight(everyone, wires),
        ),
        ProofLine(
            "",
            f"∂C/∂{name} = ∂C/∂{n.z} · ∂{n.z}/∂{name}",
            left,
            one(by_z[j] * rates[j]),
            _("There is one neuron in the layer, so the sum has one term.")
            if not others.size
            else ngettext(
                "Only {z} has {name} in it: the rate of the other neuron is measured too, and is 0.",
                "Only {z} has {name} in it: the rates of the other {count} neurons are measured too, and are 0.",
                others.size,
            ).format(z=n.z, name=name, count=others.size),
            columns=(FactorColumn(f"∂C/∂{n.z}", one(by_z[j])), FactorColumn(f"∂{n.z}/∂{name}", one(rates[j]))),
            summed=True,
            dropped=doubles(others),
            dropped_symbols=f"∂{n.z_i}/∂{name}, i ≠ {j + 1}",
            lit=Highlight(alone, wires),
        ),
        _rate(m, layer, j, k, name, wires),
        _end(m, layer, j, k, name, left),
    )


def _told(m: Measured, layer: int, j: int, k: int | None) -> float:
    """What step 5 says."""
    by_layer = m.seen.grad_b(layer) if k is None else m.seen.grad_w(layer)
    return float(by_layer[j] if k is None else by_layer[j, k])


def _rate(
    m: Measured, layer: int, j: int, k: int | None, name: str, wires: tuple[tuple[int, int, int], ...]
) -> ProofLine:
    """∂z^l_j/∂w^l_jk = a^{l-1}_k; ∂z^l_j/∂b^l_j = 1."""
    n = Names(m.network, layer, j)
    rates = m.addends_by_parameter(layer, j, k)
    own = -1 if k is None else k
    before = "1" if k is None else n.from_before(k)
    constants = f"∂({weights_into(layer, j, 'i')} a^{layer}_i)/∂{name}"
    row = f"{weights_into(layer, j, 'i')} a^{layer}_i"
    return ProofLine(
        "",
        f"∂{n.z}/∂{name} = {before}",
        one(rates.sum()),
        one(1.0 if k is None else m.a(layer - 1)[k]),
        _(
            "{z} = Σ_i {row} + {b}: the bias stands there alone, so its rate is 1. No other addend has it in it; their "
            "rates are measured, and are 0."
        ).format(z=n.z, row=row, b=n.b)
        if k is None
        else _(
            "{z} = Σ_i {row} + {b}: {name} stands there once, beside {before}, which so is its rate. The rates of all "
            "other addends are measured, and are 0."
        ).format(z=n.z, row=row, b=n.b, name=name, before=before),
        dropped=doubles(np.delete(rates, own)),
        dropped_symbols=constants if k is None else f"{constants}, i ≠ {k + 1}; ∂{n.b}/∂{name}",
        lit=Highlight(((layer, j),) if k is None else ((layer, j), (layer - 1, k)), wires, "a"),
    )


def _end(m: Measured, layer: int, j: int, k: int | None, name: str, left: Array) -> ProofLine:
    n, delta = Names(m.network, layer, j), m.delta(layer)[j]
    if k is None:
        return ProofLine(
            "(BP3)",
            f"∂C/∂{name} = {n.delta}",
            left,
            one(delta * 1.0),
            _("∂C/∂{z} is what {delta} is called. This is BP3.").format(z=n.z, delta=n.delta),
            lit=Highlight(((layer, j),), letter="δ"),
        )
    before = m.a(layer - 1)[k]
    return ProofLine(
        "(BP4)",
        f"∂C/∂{name} = {n.from_before(k)} {n.delta}",
        left,
        one(before * delta),
        _("∂C/∂{z} is what {delta} is called. This is BP4: what goes in times the error that comes out.").format(
            z=n.z, delta=n.delta
        ),
        columns=(FactorColumn(n.from_before(k), one(before)), FactorColumn(n.delta, one(delta))),
        summed=True,
        lit=Highlight(((layer, j), (layer - 1, k)), ((layer, j, k),), "δ"),
    )
