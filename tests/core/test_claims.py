"""What every sentence claims, judged by the network's numbers computed anew, on networks made awkward."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.core.awkward import awkward
from tests.core.truth import Recomputed
from tuibp.core.example import Example
from tuibp.core.explanation import Quantity, look
from tuibp.core.five_steps import order, walk
from tuibp.core.meaning import spoken
from tuibp.core.meaning.claim import Sentence
from tuibp.core.meaning.layer import LayerSight
from tuibp.core.meaning.nudge import meaning_of_nudge
from tuibp.core.meaning.sight import Sight
from tuibp.core.meaning.step import spoken_of_step
from tuibp.core.network import Network
from tuibp.core.nudge import Nudge
from tuibp.core.perturbation import experiment

SAMPLE, WHOLE = 150, 20_000
FOUND = (1406, 1740, 4726, 6492, 7091, 7880, 7991, 8985, 13004, 16144, 19786, 40209)
"""Those of which something false was said once."""
NO_TARGET = 7
"""Of so many examples one is of somebody's own who has not said what is wanted: what is said holds for any target."""
FORWARDS = ("a", "z", "input", "feedforward")
"""Of such an example no more is said than this."""
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
        found = [place for place in places(network) if example.has_target or place[0] in FORWARDS]
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


def lies(seeds: Iterable[int]) -> Iterator[tuple[int, Place | None, str, bool]]:
    """(seed, place, text, whether its claim holds) of every sentence."""
    for seed in seeds:
        network, example = awkward(seed)
        with np.errstate(all="ignore"):
            truth = Recomputed(network, example)
            if seed % NO_TARGET == 0:
                example = Example.of(example.x, np.full(len(example.y), np.nan))
            for place, sentence in sentences(network, example, seed):
                yield seed, place, sentence.text, sentence.claim(truth) and advice_holds(sentence.text, truth)


ADVICE = re.compile(r"(lowering|raising) ([zwb])\^(\d+)_(\d)(\d?)(?: by \S+)? lowers C", re.IGNORECASE)


def advice_holds(text: str, truth: Recomputed) -> bool:
    """Whether what a person reads lowers C, whatever claim goes with it."""
    return all(
        truth.lowers(int(layer) - 1, int(j) - 1, -1.0 if way.lower() == "lowering" else 1.0, int(k) - 1 if k else None)
        for way, _letter, layer, j, k in ADVICE.findall(text)
    )


def turned(s: Sight) -> str:
    return f"{'Raising' if s.delta > 0 else 'Lowering'} {s.name('z')} lowers C."


def test_every_sentence_is_true(whole: bool) -> None:
    judged, false = 0, []
    for seed, place, text, holds in lies(range(WHOLE) if whole else (*range(SAMPLE), *FOUND)):
        judged += 1
        if not holds:
            false.append(f"{seed} {place}: {text}")
        assert len(text) <= 4 * 44, text
    assert not false, f"{len(false)} of {judged}:\n" + "\n".join(false[:20])
    assert judged > 15 * SAMPLE


WRONG: dict[str, tuple[str, Any]] = {
    "corners are not seen": ("tuibp.core.meaning.certainty.Certainty.corner_after", lambda *_: None),
    "a change is not tried": ("tuibp.core.meaning.advice.STRAIGHT", math.inf),
    "what is sure is not asked": ("tuibp.core.meaning.sight.Sight.is_sure_of", lambda *_: True),
    "right by an absolute threshold": (
        "tuibp.core.meaning.sight.Sight.is_right",
        property(lambda s: abs(s.miss) < 0.2),
    ),
    "advice is turned round": ("tuibp.core.meaning.hidden_error._advice", lambda s: turned(s)),
    "ties have a largest": ("tuibp.core.meaning.step.largest_of", lambda values, _noise: int(values.argmax())),
}


@pytest.mark.parametrize("mutant", WRONG)
def test_a_wrong_rule_is_caught(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*WRONG[mutant])
    assert not all(holds for *_, holds in lies(range(120)))


def test_at_a_single_corner_an_error_is_the_slope_of_c_on_one_side() -> None:
    both_ways = 0
    for seed in range(600):
        network, example = awkward(seed)
        if network.layer_count > 6:
            continue
        with np.errstate(all="ignore"):
            truth, given = Recomputed(network, example), walk(network, example)
            if len(truth.corners()) != 1 or truth.overflows():
                continue
            (at, neuron) = truth.corners()[0]
            for layer in range(1, at + 1):
                for j in range(network.sizes[layer]):
                    text = spoken(look(network, example, "delta", layer, j, None, given), "delta").text
                    if "has a corner" not in text:
                        continue
                    below, above = truth.slopes(layer, j)
                    near = 1e-9 * abs(given.delta(layer)).max() + 1e4 * truth.noise(layer)[j]
                    told = given.delta(layer)[j]
                    assert min(abs(told - below), abs(told - above)) <= near, (seed, layer, j, text)
                    assert (layer, j) != (at, neuron) or abs(told - below) <= near, (seed, text)
                    both_ways += abs(below - above) > near
    assert both_ways > 5


def test_what_is_said_of_a_nudge_is_true() -> None:
    told = set()
    for seed in range(400):
        network, example = awkward(seed)
        random = np.random.default_rng([48, seed])
        layer = int(random.integers(1, network.layer_count))
        j, by = int(random.integers(network.sizes[layer])), float(10.0 ** random.integers(-17, 2))
        with np.errstate(all="ignore"):
            truth, made = Recomputed(network, example), experiment(network, example, Nudge("parameter", by, layer, j))
            text = meaning_of_nudge(network, example, made)
            slope = truth.delta(layer)[j]
            off, half = (truth.moved(layer, j, None, d) - slope * d for d in (by, by / 2))
            told.add(text[:30])
            if "a quarter" in text:
                assert 3 < off / half < 5.3, (seed, text)
            elif "an eighth" in text:
                assert 6 < off / half < 10.5, (seed, text)
            elif "the sign" in text:
                assert truth.moved(layer, j, None, by) * slope * by < 0, (seed, text)
            elif "bent away" in text:
                assert abs(off) > 0.99 * abs(truth.moved(layer, j, None, by)), (seed, text)
            elif "as good as straight" in text:
                assert abs(off) < 1.1e-5 * abs(truth.moved(layer, j, None, by)), (seed, text)
            elif "Nothing reaches" in text:
                assert abs(truth.moved(layer, j, None, by)) <= 1e-12 * truth.cost() + 1e-290, (seed, text)
    assert len(told) >= 6
