"""BP1: (36) to (39), and what the cost makes of it; for softmax the whole sum of (37)."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.costs import output_error
from tuibp.core.five_steps import slope
from tuibp.core.notation import target
from tuibp.core.proof.line import FactorColumn, Highlight, ProofLine, doubles, numbered, one
from tuibp.core.proof.measured import Measured
from tuibp.core.proof.names import Names, corner, own_function
from tuibp.core.terms import jacobian_column
from tuibp.locale import _, ngettext


def proof_of_output_error(m: Measured, j: int) -> tuple[ProofLine, ...]:
    """The lines of BP1 for output neuron j."""
    couples = m.network.couples(m.network.last)
    return (*_beginning(m, j), *(_softmax(m, j) if couples else _elementwise(m, j)))


def _beginning(m: Measured, j: int) -> tuple[ProofLine, ...]:
    """(36) and (37)."""
    layer, n = m.network.last, Names(m.network, m.network.last, j)
    left, by_a, rates = m.cost_by_z(layer, [j]), m.cost_by_activation(), m.activation_by_z(layer, j)
    everyone = tuple((layer, k) for k in range(m.network.sizes[layer]))
    return (
        ProofLine(
            "(36)",
            f"{n.delta} = ∂C/∂{n.z}",
            one(m.delta(layer)[j]),
            one(left),
            _(
                "This is what an error is: how fast C changes with {z}. On the left is what step 3 says, on the right "
                "what a complex step of {z} measures."
            ).format(z=n.z),
            lit=Highlight(((layer, j),), letter="δ"),
        ),
        ProofLine(
            "(37)",
            f"{n.delta} = Σ_k ∂C/∂{n.a_k} · ∂{n.a_k}/∂{n.z}",
            one(left),
            one((by_a * rates).sum()),
            ngettext(
                "C sees {z} only through the activation of the one output: the chain rule.",
                "C sees {z} only through the activations of the {count} outputs: the chain rule adds up all of them.",
                m.network.sizes[layer],
            ).format(z=n.z, count=m.network.sizes[layer]),
            columns=(FactorColumn(f"∂C/∂{n.a_k}", doubles(by_a)), FactorColumn(f"∂{n.a_k}/∂{n.z}", doubles(rates))),
            summed=True,
            lit=Highlight(everyone, letter="a"),
        ),
    )


def _elementwise(m: Measured, j: int) -> tuple[ProofLine, ...]:
    """(38), (39), and with the cost's own ∂C/∂a."""
    layer, n = m.network.last, Names(m.network, m.network.last, j)
    left, by_a, rates = one(m.cost_by_z(layer, [j])), m.cost_by_activation(), m.activation_by_z(layer, j)
    prime = slope(m.network, layer, m.z(layer), m.a(layer))[j]
    others = np.delete(rates, j)
    alone = (
        _("There is one output, so the sum has one term.")
        if not others.size
        else ngettext(
            "Of all outputs only {a} has {z} in it: the rate of the other one is measured too, and is 0.",
            "Of all outputs only {a} has {z} in it: the rates of the other {count} are measured too, and are 0.",
            others.size,
        ).format(a=n.a, z=n.z, count=others.size)
    )
    return (
        ProofLine(
            "(38)",
            f"{n.delta} = ∂C/∂{n.a} · ∂{n.a}/∂{n.z}",
            left,
            one(by_a[j] * rates[j]),
            alone,
            columns=(FactorColumn(f"∂C/∂{n.a}", one(by_a[j])), FactorColumn(f"∂{n.a}/∂{n.z}", one(rates[j]))),
            summed=True,
            dropped=doubles(others),
            dropped_symbols=f"∂{n.a_k}/∂{n.z}, k ≠ {j + 1}",
            lit=Highlight(((layer, j),), letter="a"),
        ),
        ProofLine(
            "(39)",
            f"{n.delta} = ∂C/∂{n.a} · {n.prime}",
            left,
            one(_cost_rates(m)[j] * prime),
            " ".join(
                filter(
                    None,
                    (
                        _("{a} = {f}({z}), so how fast it changes with {z} is the slope of {f} there.").format(
                            a=n.a, z=n.z, f=n.f
                        ),
                        own_function(m.network, layer, j),
                        corner(m, layer, j),
                    ),
                )
            ),
            columns=(FactorColumn(f"∂C/∂{n.a}", one(_cost_rates(m)[j])), FactorColumn(n.prime, one(prime))),
            summed=True,
            lit=Highlight(((layer, j),), letter="σ'"),
        ),
        *_with_the_cost(m, j, left),
    )


def _with_the_cost(m: Measured, j: int, left: Values) -> tuple[ProofLine, ...]:
    """What ∂C/∂a is for this cost; where σ' cancels in it, the line in which it does."""
    layer, n, y = m.network.last, Names(m.network, m.network.last, j), target(j)
    (a, rest), wanted = (both[j] for both in m.probabilities()), m.y[j]
    prime = slope(m.network, layer, m.z(layer), m.a(layer))[j]
    lit = Highlight(((layer, j),), letter="a")
    if m.network.cost == "quadratic":
        return (
            ProofLine(
                "",
                f"{n.delta} = ({n.a} − {y}) · {n.prime}",
                left,
                one((m.a(layer)[j] - wanted) * prime),
                _("The cost is ½ Σ_k (a_k − y_k)²: its rate with {a} is {a} − {y}.").format(a=n.a, y=y),
                columns=(FactorColumn(f"{n.a} − {y}", one(m.a(layer)[j] - wanted)), FactorColumn(n.prime, one(prime))),
                summed=True,
                lit=lit,
            ),
        )
    final = output_error(m.network.cost, "sigmoid", m.z(layer), m.a(layer), m.y)[j]
    if m.network.cost == "cross_entropy":
        difference, below = (1.0 - wanted) * a - wanted * rest, f"{n.a} (1 − {n.a})"
        written, end, numbers = f"({n.a} − {y}) / ({below})", f"{n.a} − {y}", difference / (a * rest)
    else:
        below, numbers = n.a, -wanted / a
        written, end = f"−{y} / {n.a}", f"−{y} (1 − {n.a})"
    return (
        ProofLine(
            "",
            f"{n.delta} = {written} · {n.prime}",
            left,
            one(numbers * prime),
            _("With this cost ∂C/∂{a} is {written}: the surer and the more wrong {a} is, the larger it gets.").format(
                a=n.a, written=written
            ),
            columns=(FactorColumn(f"∂C/∂{n.a}", one(numbers)), FactorColumn(n.prime, one(prime))),
            summed=True,
            lit=lit,
        ),
        ProofLine(
            "",
            f"{n.prime} = {n.a} (1 − {n.a})",
            one(m.activation_by_z(layer, j)[j]),
            one(a * rest),
            _("The slope of σ can be written with its own value: measured, it is the same number."),
            columns=(FactorColumn(n.a, one(a)), FactorColumn(f"1 − {n.a}", one(rest))),
            summed=True,
            lit=Highlight(((layer, j),), letter="σ'"),
        ),
        ProofLine(
            "",
            f"{n.delta} = {end}",
            left,
            one(final),
            _("{below} stands above and below, and cancels: no slope is left that could be small.").format(below=below),
            lit=Highlight(((layer, j),), letter="δ"),
        ),
    )


def _softmax(m: Measured, j: int) -> tuple[ProofLine, ...]:
    """Where (38) does not hold: every output keeps its term."""
    layer, n = m.network.last, Names(m.network, m.network.last, j)
    left, rates = one(m.cost_by_z(layer, [j])), jacobian_column(m.a(layer), j)
    count = m.network.sizes[layer]
    everyone = Highlight(tuple((layer, k) for k in range(count)), letter="a")
    blame = _cost_rates(m)
    lines = (
        ProofLine(
            "",
            f"∂{n.a_k}/∂{n.z} = {n.a_k} ([k={j + 1}] − {n.a})",
            doubles(m.activation_by_z(layer, j)),
            doubles(rates),
            _(
                "Line (38) of the book does not hold here: softmax divides by the sum of all, so {z} is in every "
                "output and no term may be dropped. [k={j}] is 1 there, else 0."
            ).format(z=n.z, j=j + 1),
            numbered(count),
            lit=everyone,
        ),
        ProofLine(
            "",
            f"{n.delta} = Σ_k ∂C/∂{n.a_k} · {n.a_k} ([k={j + 1}] − {n.a})",
            left,
            one((blame * rates).sum()),
            _("So the whole sum of (37) stays, with ∂C/∂a_k as the cost has it."),
            columns=(FactorColumn(f"∂C/∂{n.a_k}", doubles(blame)), FactorColumn(f"∂{n.a_k}/∂{n.z}", doubles(rates))),
            summed=True,
            lit=everyone,
        ),
    )
    return (*lines, *_collapsed(m, j)) if m.network.cost == "log_likelihood" else lines


def _collapsed(m: Measured, j: int) -> tuple[ProofLine, ...]:
    """Log-likelihood: a_k stands above and below, and the sum over k comes to a − y."""
    layer, n, y = m.network.last, Names(m.network, m.network.last, j), target(j)
    left = one(m.cost_by_z(layer, [j]))
    # a_j - 1 for k = j, as minus the sum of the others, which keeps its digits
    shares = np.where(np.arange(len(m.y)) == j, -m.probabilities()[1][j], m.a(layer)[j])
    final = output_error("log_likelihood", "softmax", m.z(layer), m.a(layer), m.y)[j]
    whole = abs(float(m.y.sum()) - 1.0) < 1e-12
    lit = Highlight(((layer, j),), letter="δ")
    return (
        ProofLine(
            "",
            f"{n.delta} = Σ_k y_k ({n.a} − [k={j + 1}])",
            left,
            one((m.y * shares).sum()),
            _("∂C/∂a_k is −y_k / a_k: a_k stands above and below, and cancels in every term."),
            columns=(FactorColumn("y_k", doubles(m.y)), FactorColumn(f"{n.a} − [k={j + 1}]", doubles(shares))),
            summed=True,
            lit=lit,
        ),
        ProofLine(
            "",
            f"{n.delta} = {n.a} − {y}" if whole else f"{n.delta} = {n.a} Σ_k y_k − {y}",
            left,
            one(final),
            _("The y_k add up to 1, so what is left of the sum is the activation less what was wanted.")
            if whole
            else _("What is left of the sum is the activation, times what the y_k add up to, less what was wanted."),
            lit=lit,
        ),
    )


def _cost_rates(m: Measured) -> Values:
    """∂C/∂a^L by the cost's formula, (n_L,)."""
    (a, rest), y = m.probabilities(), m.y
    if m.network.cost == "quadratic":
        return m.a(m.network.last) - y
    rates = np.where(y == 0.0, 0.0, -y / a)
    if m.network.cost == "cross_entropy":
        rates = rates + np.where(y == 1.0, 0.0, (1.0 - y) / np.where(y == 1.0, 1.0, rest))
    return np.asarray(rates)
