"""What every sentence claims, judged by the network's numbers computed anew, on networks made awkward."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.core.awkward import awkward
from tests.core.truth import Recomputed
from tuibp.core.example import Example
from tuibp.core.explanation import Quantity, look
from tuibp.core.five_steps import order, walk
from tuibp.core.meaning import spoken
from tuibp.core.meaning.claim import Sentence
from tuibp.core.meaning.layer import LayerSight
from tuibp.core.meaning.step import spoken_of_step
from tuibp.core.network import Network

SAMPLE, WHOLE = 200, 20_000
MOST = 60
"""Sentences judged of one network; of a larger one a sample."""

Place = tuple[str, int, int, int | None]


def places(network: Network) -> Iterator[Place]:
    """(what, layer, j, k) of everything of which a sentence is spoken."""
    for j in range(network.sizes[0]):
        yield "a", 0, j, None
    for layer in range(1, network.layer_count):
        for j in range(network.sizes[layer]):
            for quantity in ("z", "a", "delta", "gradient"):
                yield quantity, layer, j, None
            for k in range(network.sizes[layer - 1]):
                yield "gradient", layer, j, k
    for step, layer in order(network.layer_count):
        yield step, layer, -1, None


def sentences(network: Network, example: Example, seed: int) -> Iterator[tuple[Place, Sentence]]:
    """What is said of the network."""
    with np.errstate(all="ignore"):
        given = walk(network, example)
        found = list(places(network))
        if len(found) > MOST:
            chosen = np.random.default_rng(seed).choice(len(found), MOST, replace=False)
            found = [found[i] for i in sorted(chosen)]
        for place in found:
            what, layer, j, k = place
            if j < 0:
                yield place, spoken_of_step(LayerSight(network, example, given, layer), what)  # type: ignore[arg-type] # of `order`
            else:
                quantity: Quantity = what  # type: ignore[assignment] # one of them
                yield place, spoken(look(network, example, quantity, layer, j, k, given), quantity)


def lies(seeds: range) -> Iterator[tuple[int, Place | None, str, bool]]:
    """(seed, place, text, whether its claim holds) of every sentence."""
    for seed in seeds:
        network, example = awkward(seed)
        with np.errstate(all="ignore"):
            truth = Recomputed(network, example)
            for place, sentence in sentences(network, example, seed):
                yield seed, place, sentence.text, sentence.claim(truth)


def test_every_sentence_is_true(whole: bool) -> None:
    judged, false = 0, []
    for seed, place, text, holds in lies(range(WHOLE if whole else SAMPLE)):
        judged += 1
        if not holds:
            false.append(f"{seed} {place}: {text}")
        assert len(text) <= 4 * 44, text
    assert not false, f"{len(false)} of {judged}:\n" + "\n".join(false[:20])
    assert judged > 15 * SAMPLE
