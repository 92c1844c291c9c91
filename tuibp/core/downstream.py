"""Forward passes that begin in the middle: what lies downstream of a changed layer, for many changes at once."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.five_steps import activate, cost_of_output
from tuibp.core.network import Array, Network

TURN = 1e-20
"""An imaginary part whose square vanishes beside 1; so does that of any up to TINY."""
TINY = 1e-12


def cost_from(network: Network, layer: int, z: Values, y: Array) -> Values:
    """C of each row of weighted inputs of `layer`: z (…, n_l), real or complex; y (…, n_L) or what broadcasts to it."""
    for later in range(layer + 1, network.layer_count):
        z = times_rows(activate(network, later - 1, z), network.w(later)) + network.b(later)
    return cost_of_output(network, z, activate(network, network.last, z), np.broadcast_to(y, z.shape))


def cost_turned(network: Network, layer: int, z: Array, turn: Array, y: Array) -> Values:
    """The same for weighted inputs z + i turn, z (n_l,) and turn (…, n_l) tiny, as in a complex step.

    A function is asked once a neuron, f(z + ih) = f(z) + ih s; so f(z + ih t) = f(z) + ih t s for every row: the
    square of h is beyond what a double holds. Only a layer that couples its neurons is computed row by row.
    """
    for later in range(layer, network.last):
        if network.couples(later):
            rows = activate(network, later, z + 1j * turn)
            z, turn = rows.real.reshape(-1, rows.shape[-1])[0], rows.imag
        else:
            a = activate(network, later, z + TURN * 1j)
            z, turn = a.real, turn * (a.imag / TURN)
        z, turn = network.w(later + 1) @ z + network.b(later + 1), times_rows(turn, network.w(later + 1))
    return cost_from(network, network.last, z + 1j * turn, y)


def times_rows(a: Values, w: Array) -> Values:
    """w times each row of a, (…, n_in) to (…, n_out), as one product of two matrices; two where a is complex."""
    flat = a.reshape(-1, a.shape[-1])
    times: Values
    if np.iscomplexobj(flat):  # numpy would make w complex, and take twice as long
        times = np.empty((len(flat), len(w)), dtype=flat.dtype)
        times.real, times.imag = flat.real @ w.T, flat.imag @ w.T
    else:
        times = flat @ w.T
    return times.reshape(*a.shape[:-1], w.shape[0])
