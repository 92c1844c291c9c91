"""The [network] table: sizes, activations, cost and either the numbers themselves or how to draw them."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.costs import COSTS
from tuibp.core.index import counted, shown
from tuibp.core.network import SCHEMES, Modified, Network, NetworkError, explicit, initialise, parameter_count
from tuibp.files.bounds import LAYERS, NEURONS, PARAMETERS
from tuibp.files.numbers import Array, matrix, shape, vector
from tuibp.files.preset import Initial
from tuibp.files.table import Table
from tuibp.locale import _

KEYS = ("sizes", "activations", "cost", "init", "weights", "biases", "modified")
BOOK_COSTS = {"QuadraticCost": "quadratic", "CrossEntropyCost": "cross_entropy"}
"""The names that the book's own network files use."""
MODIFIED_NEURONS = 10_000


def network_of(table: Table) -> tuple[Network, Initial | None]:
    """The untrained network, and how it was drawn if it was. Raises BadInput."""
    table.only(KEYS)
    sizes = read_sizes(table)
    activations = activations_of(table, sizes)
    cost = cost_of(table)
    if cost == "cross_entropy" and activations[-1] == "softmax":
        said = _(
            "Here cross_entropy sums over every output's own; what frameworks call so with softmax is log_likelihood."
        )
        table.note(said)
    modified = _modified(table, sizes)
    initial = initial_of(table)
    try:
        if table.has("weights") or table.has("biases"):
            network = explicit(*_numbers(table, sizes), activations, cost, modified)
        else:
            initial = initial or Initial("scaled", 0)
            network = initialise(sizes, activations, cost, initial.scheme, initial.seed, modified)
    except NetworkError as error:
        raise table.bad(culprit(str(error)), str(error)) from None
    return network, initial


def read_sizes(table: Table) -> tuple[int, ...]:
    """Neurons a layer, bounded; from the weights' shapes where `sizes` is not given."""
    if not table.has("sizes") and table.has("weights"):
        return _sizes_of_weights(table)
    items = table.items("sizes", LAYERS)
    sizes = tuple(table.whole_of(f"sizes[{shown(at)}]", n, 1, NEURONS) for at, n in enumerate(items))
    return _bounded(table, "sizes", sizes)


def _sizes_of_weights(table: Table) -> tuple[int, ...]:
    shapes = [matrix(table, f"weights[{shown(at)}]", w).shape for at, w in enumerate(table.items("weights", LAYERS))]
    if not shapes:
        raise table.bad("weights", _("must hold a matrix for each layer after the first"))
    return _bounded(table, "weights", (shapes[0][1], *(rows for rows, __ in shapes)))


def _bounded(table: Table, name: str, sizes: tuple[int, ...]) -> tuple[int, ...]:
    if len(sizes) < 2 or min(sizes) < 1:
        raise table.bad(name, _("must name two layers or more, of one neuron or more"))
    if (count := parameter_count(sizes)) > PARAMETERS:
        raise table.bad(name, _("makes {n:,} weights and biases, more than {most:,}").format(n=count, most=PARAMETERS))
    return sizes


def activations_of(table: Table, sizes: tuple[int, ...]) -> tuple[str, ...]:
    """One name for each layer but the input; one name serves all."""
    if isinstance(table.get("activations"), str):
        return (table.word("activations", ACTIVATIONS),) * (len(sizes) - 1)
    names = table.items("activations", LAYERS)
    if len(names) != len(sizes) - 1:
        raise table.bad(
            "activations",
            _("must be one name, or {n} for {layers} layers (the input has none), not {m}").format(
                n=len(sizes) - 1, layers=len(sizes), m=len(names)
            ),
        )
    each = Table(table.file, table.path, {f"activations[{shown(at)}]": name for at, name in enumerate(names)})
    return tuple(each.word(name, ACTIVATIONS) for name in each.values)


def cost_of(table: Table) -> str:
    given = table.get("cost")
    return BOOK_COSTS[given] if isinstance(given, str) and given in BOOK_COSTS else table.word("cost", COSTS)


def _modified(table: Table, sizes: tuple[int, ...]) -> tuple[Modified, ...]:
    found: dict[tuple[int, int], Modified] = {}
    for entry in table.tables("modified", MODIFIED_NEURONS, []):
        entry.only(("layer", "neuron", "activation"))
        layer = counted(entry.whole("layer", low=2, high=len(sizes)))
        neuron = counted(entry.whole("neuron", low=1, high=sizes[layer]))
        if (layer, neuron) in found:
            raise entry.bad("neuron", _("is modified twice"))
        found[layer, neuron] = Modified(layer, neuron, entry.word("activation", ACTIVATIONS))
    return tuple(found.values())


def initial_of(table: Table) -> Initial | None:
    if not table.has("init"):
        return None
    init = table.table("init")
    init.only(("scheme", "seed"))
    return Initial(init.word("scheme", SCHEMES), init.whole("seed", 0, high=2**32 - 1))


def _numbers(table: Table, sizes: tuple[int, ...]) -> tuple[list[Array], list[Array]]:
    """Weights and biases of the very shapes that `sizes` asks for."""
    count = len(sizes) - 1
    parts: dict[str, list[Any]] = {name: table.items(name, LAYERS) for name in ("weights", "biases")}
    for name, part in parts.items():
        if len(part) != count:
            raise table.bad(
                name,
                _("must have {n} entries for {layers} layers, not {m}").format(n=count, layers=count + 1, m=len(part)),
            )
    weights, biases = [], []
    for at, (n_in, n) in enumerate(itertools.pairwise(sizes)):
        name = f"weights[{shown(at)}]"
        w = matrix(table, name, parts["weights"][at])
        if w.shape != (n, n_in):
            wanted = shape(np.empty((n, n_in)))
            raise table.bad(name, _("has shape {s}, sizes ask for {t}").format(s=shape(w), t=wanted))
        weights.append(w)
        b = parts["biases"][at]
        if b is None and isinstance(parts["weights"][at], np.ndarray):
            b = np.zeros(n)
            table.note(_("The file has no biases for some layers: they are zeros."))
        biases.append(vector(table, f"biases[{shown(at)}]", b, n))
    return weights, biases


def culprit(message: str) -> str:
    """The key that a complaint of Network is about."""
    for word, key in (("modif", "modified"), ("cost", "cost"), ("activation", "activations")):
        if word in message:
            return key
    return "sizes"
