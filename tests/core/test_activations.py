"""Every activation's four functions agree with each other, at the kink too."""

from __future__ import annotations

import numpy as np
import pytest

from tuibp.core.activations import ACTIVATIONS, LEAK, Activation

ELEMENTWISE = [name for name, a in ACTIVATIONS.items() if not a.couples]
Z = np.array([[-3.0, -1e-300, -0.0, 0.0, 1e-300, 0.5, 4.0]])


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_what_is_done_in_place_is_what_is_told(name: str) -> None:
    function = ACTIVATIONS[name]
    kept, a, delta = np.empty_like(Z), np.empty_like(Z), np.full_like(Z, 2.0)
    function.into(Z, kept, a)
    np.testing.assert_allclose(a, function.value(Z), rtol=1e-14)
    function.times_derivative(Z, kept, a, delta)
    np.testing.assert_allclose(delta, 2.0 * function.derivative(Z, function.value(Z)), rtol=1e-14)


@pytest.mark.parametrize(("name", "at_zero"), [("relu", 0.0), ("leaky_relu", LEAK)])
def test_a_kink_has_the_slope_of_its_left_side(name: str, at_zero: float) -> None:
    zero = np.zeros((1, 2))
    zero[0, 1] = -0.0
    assert (ACTIVATIONS[name].derivative(zero, ACTIVATIONS[name].value(zero)) == at_zero).all()


@pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values() if f.flat is not None], ids=lambda f: f.name)
def test_a_function_is_flat_where_its_slope_is_a_37th_of_the_steepest(f: Activation) -> None:
    z = np.array([f.flat, -(f.flat or 0.0)])
    assert f.derivative(z, f.value(z)) / f.steepest == pytest.approx(1 / 37.6, rel=0.02)
