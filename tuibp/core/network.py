"""A network as a frozen value: layers of weights and biases, an activation each, and a cost."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuibp.core.activations import ACTIVATIONS, Activation
from tuibp.core.costs import COSTS, requires_probabilities
from tuibp.core.stream import Purpose, stream
from tuibp.locale import _

Array = NDArray[np.float64]


class NetworkError(ValueError):
    """A network that cannot be: the message says which part and why."""


@dataclass(frozen=True)
class Modified:
    """One neuron with an activation of its own (0-based layer, counted from the input; 0-based neuron)."""

    layer: int
    neuron: int
    activation: str


@dataclass(frozen=True, eq=False)
class Network:
    """Layers 0 (input) to L-1 (output). Weights into layer l are `w(l)`, (n_l, n_{l-1}); biases `b(l)`, (n_l,).

    All parameters live in one read-only array, layer by layer, weights row by row and then the biases;
    `weights` and `biases` are views of it, so an update is one operation and a digest one hash.
    """

    sizes: tuple[int, ...]
    parameters: Array
    """Shape (parameter_count,), float64, read-only."""
    activations: tuple[str, ...]
    """One name for each layer but the input: activations[l - 1] belongs to layer l."""
    cost: str
    modified: tuple[Modified, ...] = ()

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or any(n < 1 for n in self.sizes):
            raise NetworkError(
                _("sizes must be two or more positive numbers, not {sizes}").format(sizes=list(self.sizes))
            )
        if len(self.activations) != len(self.sizes) - 1:
            raise NetworkError(
                _("{needed} activations are needed, {given} given").format(
                    needed=len(self.sizes) - 1, given=len(self.activations)
                )
            )
        for name in (*self.activations, *(m.activation for m in self.modified)):
            if name not in ACTIVATIONS:
                raise NetworkError(_("unknown activation {name!r}").format(name=name))
        if self.cost not in COSTS:
            raise NetworkError(_("unknown cost {cost!r}").format(cost=self.cost))
        for m in self.modified:
            if not 1 <= m.layer < len(self.sizes) or not 0 <= m.neuron < self.sizes[m.layer]:
                raise NetworkError(
                    _("there is no neuron {j} in layer {layer} to modify").format(j=m.neuron + 1, layer=m.layer + 1)
                )
            if "softmax" in (m.activation, self.activations[m.layer - 1]):
                raise NetworkError(_("softmax couples a whole layer and cannot mix with a modified neuron"))
        if (self.cost, self.activations[-1], self.sizes[-1]) == ("cross_entropy", "softmax", 1):
            raise NetworkError(_("a softmax of one output is always 1, where cross-entropy is infinite: use sigmoid"))
        if requires_probabilities(self.cost):
            outputs = {self.activations[-1], *(m.activation for m in self.modified if m.layer == len(self.sizes) - 1)}
            for name in sorted(outputs):
                if not ACTIVATIONS[name].probability:
                    raise NetworkError(
                        _("cost {cost} needs outputs between 0 and 1; {name} does not give them").format(
                            cost=self.cost, name=name
                        )
                    )
        count = parameter_count(self.sizes)
        if self.parameters.shape != (count,) or self.parameters.dtype != np.float64:
            raise NetworkError(
                _("{count} float64 parameters are needed, {shape} given").format(
                    count=count, shape=self.parameters.shape
                )
            )
        self.parameters.flags.writeable = False

    # The order of layers, weights and biases in the flat array is known to `views` alone.

    @cached_property
    def _views(self) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
        return views(self.parameters, self.sizes)

    @property
    def weights(self) -> tuple[Array, ...]:
        """One (n_l, n_{l-1}) array for each layer but the input."""
        return self._views[0]

    @property
    def biases(self) -> tuple[Array, ...]:
        """One (n_l,) array for each layer but the input."""
        return self._views[1]

    def w(self, layer: int) -> Array:
        """Weights into `layer` (0-based, 1 or more)."""
        return self.weights[layer - 1]

    def b(self, layer: int) -> Array:
        """Biases of `layer` (0-based, 1 or more)."""
        return self.biases[layer - 1]

    @property
    def layer_count(self) -> int:
        return len(self.sizes)

    @property
    def last(self) -> int:
        """Index of the output layer."""
        return len(self.sizes) - 1

    def activation_of(self, layer: int, neuron: int) -> str:
        """The name of one neuron's activation, its own where it is modified."""
        for m in self.modified:
            if (m.layer, m.neuron) == (layer, neuron):
                return m.activation
        return self.activations[layer - 1]

    def function(self, layer: int, neuron: int) -> Activation:
        """One neuron's activation function with what belongs to it, its own where it is modified."""
        return ACTIVATIONS[self.activation_of(layer, neuron)]

    def couples(self, layer: int) -> bool:
        """Whether each activation of the layer depends on every weighted input of it; the input's do not."""
        return layer > 0 and ACTIVATIONS[self.activations[layer - 1]].couples

    def modified_in(self, layer: int) -> tuple[Modified, ...]:
        return tuple(m for m in self.modified if m.layer == layer)

    def with_parameters(self, parameters: Array) -> Network:
        """The same network with other numbers (the array is kept, and set read-only)."""
        return Network(self.sizes, parameters, self.activations, self.cost, self.modified)

    def index_of(self, layer: int, j: int, k: int | None) -> int:
        """Place of w^l_jk (or of b^l_j where k is None) in `parameters`; all 0-based. Raises NetworkError if absent."""
        if not 1 <= layer < self.layer_count:
            raise NetworkError(
                _("no layer {layer} with weights: layers 2 to {count} have them").format(
                    layer=layer + 1, count=self.layer_count
                )
            )
        if not 0 <= j < self.sizes[layer]:
            raise NetworkError(
                _("layer {layer} has neurons 1 to {count}, not {j}").format(
                    layer=layer + 1, count=self.sizes[layer], j=j + 1
                )
            )
        if k is not None and not 0 <= k < self.sizes[layer - 1]:
            raise NetworkError(
                _("layer {layer} has neurons 1 to {count}, not {k}").format(
                    layer=layer, count=self.sizes[layer - 1], k=k + 1
                )
            )
        start = parameter_count(self.sizes[:layer])
        n_in = self.sizes[layer - 1]
        return start + (j * n_in + k if k is not None else self.sizes[layer] * n_in + j)

    @cached_property
    def _largest(self) -> dict[int, float]:
        return {}

    def largest_weight(self, layer: int) -> float:
        """The largest finite |w| into a layer: the scale of its colours, the same whatever part is seen."""
        if layer not in self._largest:
            self._largest[layer] = largest(self.w(layer))
        return self._largest[layer]

    def digest(self) -> str:
        """SHA-256 of all parameters as little-endian doubles, in the order of `parameters`."""
        import hashlib  # with OpenSSL behind it, and seldom wanted

        return hashlib.sha256(np.ascontiguousarray(self.parameters, dtype="<f8").tobytes()).hexdigest()


def located(sizes: tuple[int, ...], place: int) -> tuple[int, int, int | None]:
    """(layer, j, k) of a place in `parameters`, k None of a bias: `Network.index_of` the other way round."""
    for layer in range(1, len(sizes)):
        n_in, count = sizes[layer - 1], parameter_count(sizes[layer - 1 : layer + 1])
        if place < count:
            weights = sizes[layer] * n_in
            return (layer, *divmod(place, n_in)) if place < weights else (layer, place - weights, None)
        place -= count
    raise IndexError("there are not so many parameters")


def parameter_count(sizes: Sequence[int]) -> int:
    """Number of weights and biases of a network of these sizes."""
    return sum(n * (n_in + 1) for n_in, n in itertools.pairwise(sizes))


def views(flat: Array, sizes: Sequence[int]) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Weights and biases as views of a flat array: layer by layer, weights row by row, then biases."""
    weights, biases, at = [], [], 0
    for n_in, n in itertools.pairwise(sizes):
        weights.append(flat[at : at + n * n_in].reshape(n, n_in))
        at += n * n_in
        biases.append(flat[at : at + n])
        at += n
    return tuple(weights), tuple(biases)


def largest(values: Array) -> float:
    """The largest finite |value|; 0 where there is none."""
    if not values.size:
        return 0.0
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    return max(high, -low) + 0.0  # of zeros not −0.0, which would be written with a sign


SCHEMES = ("gaussian", "scaled", "glorot", "he", "zeros")


def initialise(
    sizes: Sequence[int],
    activations: str | Sequence[str],
    cost: str,
    scheme: str = "gaussian",
    seed: int = 0,
    modified: Sequence[Modified] = (),
) -> Network:
    """Fresh numbers: `gaussian` N(0, 1) (the book's); `scaled` weights N(0, 1)/√n_in; `glorot` weights
    N(0, 1)·√(2/(n_in + n_out)) and `he` N(0, 1)·√(2/n_in), both with biases of 0; or `zeros`.
    """
    if scheme not in SCHEMES:
        raise NetworkError(
            _("unknown scheme {scheme!r}; there are {known}").format(scheme=scheme, known=", ".join(SCHEMES))
        )
    flat = np.zeros(parameter_count(sizes))
    if scheme != "zeros":
        random = stream(seed, Purpose.START)
        for w, b in zip(*views(flat, sizes), strict=True):
            w[...] = random.standard_normal(w.shape)
            b[...] = random.standard_normal(b.shape)
            if scheme == "scaled":
                w /= np.sqrt(w.shape[1])
            elif scheme != "gaussian":
                w *= np.sqrt(2.0 / (w.shape[1] if scheme == "he" else sum(w.shape)))
                b[...] = 0.0
    return Network(tuple(sizes), flat, _per_layer(activations, sizes), cost, tuple(modified))


def explicit(
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike],
    activations: str | Sequence[str],
    cost: str,
    modified: Sequence[Modified] = (),
) -> Network:
    """A network from the numbers themselves. Raises NetworkError where the shapes do not chain."""
    ws = [np.asarray(w, dtype=np.float64) for w in weights]
    bs = [np.asarray(b, dtype=np.float64) for b in biases]
    if not ws or len(ws) != len(bs):
        raise NetworkError(
            _("{weights} weight matrices and {biases} bias vectors do not make layers").format(
                weights=len(ws), biases=len(bs)
            )
        )
    if ws[0].ndim != 2:
        raise NetworkError(_("weights of layer 2 must be a matrix"))
    sizes = [ws[0].shape[1], *(w.shape[0] for w in ws)]
    for layer, (w, b) in enumerate(zip(ws, bs, strict=True), start=1):
        if w.shape != (sizes[layer], sizes[layer - 1]):
            raise NetworkError(
                _("weights of layer {layer} have shape {shape}, not {wanted}").format(
                    layer=layer + 1, shape=w.shape, wanted=(sizes[layer], sizes[layer - 1])
                )
            )
        if b.shape != (sizes[layer],):
            raise NetworkError(
                _("biases of layer {layer} have shape {shape}, not {wanted}").format(
                    layer=layer + 1, shape=b.shape, wanted=(sizes[layer],)
                )
            )
    flat = np.concatenate([part.ravel() for pair in zip(ws, bs, strict=True) for part in pair])
    return Network(tuple(sizes), flat, _per_layer(activations, sizes), cost, tuple(modified))


def _per_layer(activations: str | Sequence[str], sizes: Sequence[int]) -> tuple[str, ...]:
    return (activations,) * (len(sizes) - 1) if isinstance(activations, str) else tuple(activations)
