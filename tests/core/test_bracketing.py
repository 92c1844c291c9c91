"""Every line of a bracketing is the same number; its multiplications are those of an honest count."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.core.random_networks import numbers_of, random_network
from tuibp.core.bracketing import bracket, by_backpropagation
from tuibp.core.example import Example
from tuibp.core.network import Network, NetworkError, initialise
from tuibp.core.paths import paths
from tuibp.files import load

DEEP = initialise((2, 8, 8, 8, 8, 1), "sigmoid", "quadratic", "gaussian", 1)
X = Example.of([0.3, -0.8], [1.0])


def parameters(network: Network) -> list[tuple[int, int, int | None]]:
    found: list[tuple[int, int, int | None]] = []
    for layer in range(1, network.layer_count):
        for j in range(network.sizes[layer]):
            found += [(layer, j, None), *((layer, j, k) for k in range(network.sizes[layer - 1]))]
    return found


def test_every_line_is_the_same_number_on_networks_of_all_kinds(whole: bool) -> None:
    signs, worst = 0, 0.0
    for number in numbers_of(whole, 36):
        network, example = random_network(number)
        for layer, j, k in parameters(network)[:: 1 if whole else 7]:
            found = bracket(network, example, layer, j, k)
            assert found.apart <= 1e-12, (number, layer, j, k, [line.value for line in found.lines])
            signs, worst = signs + len(found.lines) + 1, max(worst, found.apart)
    print(f"{signs:,} equals signs, worst relative difference {worst:.1e}")
    assert signs > 400


def test_the_sum_of_the_books_picture_takes_so_many_multiplications() -> None:
    found = bracket(DEEP, X, 1, 0, 0)
    assert found.paths == 512
    assert [line.multiplications for line in found.lines] == [2560, 2056, 264, 152, 145]
    assert [line.ways for line in found.lines] == [512, 512, 64, 8, 1]
    assert [len(line.holds) for line in found.lines] == [0, 8, 8, 8, 1]


def counted_by_hand(network: Network, layer: int, brackets: int) -> int:
    """Go through all of it and count, factor by factor."""
    made = 0
    for at in range(network.last - 1, network.last - 1 - brackets, -1):
        for _ in range(network.sizes[at] if at > layer else 1):
            made += network.sizes[at + 1]
    for way in itertools.product(*(range(n) for n in network.sizes[layer + 1 : network.layer_count - brackets])):
        factors = 2 + len(way)  # ∂C/∂a or the bracket, one an edge, ∂a/∂w
        made += factors - 1
    return made


@pytest.mark.parametrize("sizes", [(3, 2, 4, 3), (1, 1, 1, 1), (2, 5), (4, 3, 2, 2, 3)])
def test_multiplications_are_counted_as_one_would_by_hand(sizes: tuple[int, ...]) -> None:
    network = initialise(sizes, "tanh", "quadratic", "gaussian", 2)
    example = Example.of(np.linspace(-1, 1, sizes[0]), np.linspace(0, 1, sizes[-1]))
    for layer in range(1, network.layer_count):
        for line in bracket(network, example, layer, 0, 0).lines:
            assert line.multiplications == counted_by_hand(network, layer, line.brackets)


def test_all_weights_at_once_by_backpropagation_is_a_walk_through_bp1_bp2_and_bp4() -> None:
    # mazur, 2·2·2: 2 for BP1, 4 + 2 for BP2, 4 + 4 for BP4
    assert by_backpropagation(load("mazur").network) == 16
    found = bracket(load("mazur").network, load("mazur").data.example(0), 1, 0, 0)
    assert found.all_by_paths == 4 * (2 * 2) + 4 * 1  # two ways with three factors into layer 2, one with two after


def test_the_last_bracket_is_what_the_error_holds() -> None:
    network, example = DEEP, X
    found = bracket(network, example, 1, 2, 1)
    prime = paths(network, example, 1, 2, None).first[2]  # ∂a/∂b is σ'
    assert found.lines[-1].holds[0] * prime * example.x[1] == pytest.approx(found.value_found, rel=1e-12)
    assert found.found == "δ^2_3 · a^1_2"


def test_the_lines_are_written_as_sums_with_one_bracket() -> None:
    lines = bracket(DEEP, X, 1, 0, 0).lines
    written = [" ".join(filter(None, (line.sums, line.bracket + line.rest))) for line in lines]
    assert written[0] == ("Σ_n Σ_p Σ_x ∂C/∂a^6·∂a^6/∂a^5_n·∂a^5_n/∂a^4_p·∂a^4_p/∂a^3_x·∂a^3_x/∂a^2_1·∂a^2_1/∂w")
    assert written[2] == "Σ_p Σ_x [Σ_n ∂C/∂a^5_n·∂a^5_n/∂a^4_p]·∂a^4_p/∂a^3_x·∂a^3_x/∂a^2_1·∂a^2_1/∂w"
    assert written[4] == "[Σ_x ∂C/∂a^3_x·∂a^3_x/∂a^2_1]·∂a^2_1/∂w"


def test_more_ways_than_can_be_gone_are_summed_together() -> None:
    network = initialise((3, *[20] * 8, 2), "sigmoid", "quadratic", "scaled", 2)
    found = bracket(network, Example.of([1, 2, 3], [0, 1]), 1, 0, 0)
    assert found.paths == 20**7 * 2
    assert [line.walked for line in found.lines] == [False] * 5 + [True] * 4
    assert found.apart <= 1e-12


def test_a_weight_that_is_not_there_is_refused() -> None:
    with pytest.raises(NetworkError):
        bracket(DEEP, X, 1, 9, 0)
