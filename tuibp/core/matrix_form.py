"""The matrix form (33)–(35): a layer's error as one product of real matrices, multiplied one at a time from the right.

Beside it the same as ⊙, line by line with BP1 and BP2, and how many multiplications each way takes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, through_activation, walk
from tuibp.core.network import Array, Network, NetworkError
from tuibp.core.notation import of_layer, symbol
from tuibp.core.rate_factors import cost_rates, jacobian_times
from tuibp.locale import _

LARGEST = 4_000_000
"""Numbers that a matrix may have."""


@dataclass(frozen=True, eq=False)
class Product:
    """One matrix times the vector that stands to the right of it, and the same without the matrix."""

    name: str
    """The matrix, in markup: `Σ'(z^3)`, `(w^4)^T`."""
    layer: int
    """Whose error, 0-based: δ^l once it is Σ', what comes back into it while it is (w^{l+1})^T."""
    square: bool
    """Whether it is Σ'."""
    matrix: Array
    """(rows, columns)."""
    vector_name: str
    vector: Array
    """(columns,)."""
    result_name: str
    result: Array
    """matrix times vector, (rows,)."""
    equation: str
    """BP1 or BP2 where the result is an error, otherwise empty."""
    beside: str
    """The same as it is computed, in markup: `σ'(z^3) ⊙ (w^4)^T δ^4`; of a weight matrix the product itself."""
    elementwise: Array
    """What that comes to, (rows,)."""
    multiplications_beside: int

    @property
    def multiplications(self) -> int:
        """By the matrix."""
        return int(self.matrix.size)

    @property
    def by_zero(self) -> int:
        """Those of them in which the matrix has a 0."""
        return int(self.matrix.size - np.count_nonzero(self.matrix))

    @property
    def same(self) -> bool:
        """Whether both are equal to the bit."""
        return bool(np.array_equal(self.result, self.elementwise, equal_nan=True))


@dataclass(frozen=True, eq=False)
class MatrixForm:
    """δ^l as Σ'(z^l)(w^{l+1})^T … Σ'(z^L)∇_a C."""

    layer: int
    """0-based."""
    symbols: str
    """The whole equation in markup."""
    number: str
    """(33) for the output layer, (35) for others."""
    blame: Array
    """∇_a C, (n_L,): where it begins."""
    products: tuple[Product, ...]
    """In the order in which they are made: from the right."""
    coupled: tuple[int, ...]
    """Layers whose Σ' is softmax's full Jacobian and no diagonal, 0-based."""
    told: Array
    """δ^l as the five steps have it, (n_l,)."""

    @property
    def result(self) -> Array:
        return self.products[-1].result

    @property
    def multiplications(self) -> int:
        """From the right: each a matrix times a vector."""
        return sum(p.multiplications for p in self.products)

    @property
    def by_zero(self) -> int:
        return sum(p.by_zero for p in self.products)

    @property
    def multiplications_beside(self) -> int:
        """By BP1 and BP2, with ⊙."""
        return sum(p.multiplications_beside for p in self.products)

    @property
    def multiplications_from_the_left(self) -> int:
        """If the matrices were multiplied with each other first, from the left, and ∇_a C last."""
        rows, made = self.products[-1].matrix.shape[0], 0
        for product in reversed(self.products[:-1]):
            made += rows * int(product.matrix.size)
        return made + rows * self.products[0].matrix.shape[1]


def matrix_form(network: Network, example: Example, layer: int, given: Pass | None = None) -> MatrixForm:
    """The matrix form of δ^l for a layer (0-based, 1 or more). Raises NetworkError where none is, or too large."""
    if not 1 <= layer < network.layer_count:
        raise NetworkError(
            _("layers 2 to {count} have an error, not {layer}").format(count=network.layer_count, layer=layer + 1)
        )
    widest = max(network.sizes[layer:])
    if widest * widest > LARGEST:
        raise NetworkError(
            _("Σ′ would have {n:,} numbers: a matrix here has at most {most:,}").format(n=widest * widest, most=LARGEST)
        )
    seen = walk(network, example) if given is None else given
    with np.errstate(all="ignore"):
        blame = cost_rates(network, seen.z(network.last), seen.output, example.y)
        products = _products(network, seen, layer, blame)
    names = " ".join(p.name for p in reversed(products))
    return MatrixForm(
        layer,
        f"{of_layer('δ', layer)} = {names} ∇_a C",
        "(33)" if layer == network.last else "(35)",
        blame,
        products,
        tuple(later for later in range(layer, network.layer_count) if network.couples(later)),
        seen.delta(layer),
    )


def _products(network: Network, seen: Pass, layer: int, blame: Array) -> tuple[Product, ...]:
    name, vector = "∇_a C", blame
    made: list[Product] = []
    for later in reversed(range(layer, network.layer_count)):
        if later < network.last:
            made.append(_by_weights(network, later, name, vector))
            name, vector = made[-1].result_name, made[-1].result
        made.append(_by_slopes(network, seen, later, name, vector))
        name, vector = made[-1].result_name, made[-1].result
    return tuple(made)


def _by_weights(network: Network, layer: int, name: str, vector: Array) -> Product:
    """(w^{l+1})^T times δ^{l+1}: the same wires, walked backwards."""
    transposed = network.w(layer + 1).T
    result = transposed @ vector
    matrix = f"({of_layer('w', layer + 1)})^T"
    both = f"{matrix} {name}"
    return Product(matrix, layer, False, transposed, name, vector, both, result, "", both, result, int(transposed.size))


def _by_slopes(network: Network, seen: Pass, layer: int, name: str, vector: Array) -> Product:
    """Σ'(z^l) times what comes back: δ^l."""
    matrix = jacobian_times(network, seen, layer, np.eye(network.sizes[layer]))
    beside = through_activation(network, layer, seen.z(layer), seen.a(layer), vector)
    z, f = of_layer("z", layer), _letter(network, layer)
    coupled = network.couples(layer)
    return Product(
        f"Σ'({z})",
        layer,
        True,
        matrix,
        name,
        vector,
        of_layer("δ", layer),
        matrix @ vector,
        "BP1" if layer == network.last else "BP2",
        f"Σ'({z}) {name}" if coupled else f"{f}'({z}) ⊙ {name}",
        beside,
        # softmax: a ⊙ v, its sum taken from v, and ⊙ a
        2 * len(vector) if coupled else len(vector),
    )


def _letter(network: Network, layer: int) -> str:
    """The layer's function as written; f where its neurons have several."""
    return "f" if network.modified_in(layer) else symbol(network, layer, 0)
