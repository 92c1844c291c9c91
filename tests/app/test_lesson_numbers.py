"""A number that a lesson's text states is one of the network that the page is about, worked out anew by plain loops."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest

from tests.oracles import cost_by_formula
from tuibp.app.bench import Bench
from tuibp.app.desk import Desk
from tuibp.core.network import Array
from tuibp.files.folder import lesson_names
from tuibp.files.lesson import Page
from tuibp.files.lesson_file import load_lesson
from tuibp.files.once import load_once
from tuibp.session.state import State

NUMBER = re.compile(
    r"(?<![A-Za-z0-9²³⁴₁₂₃.])[−-]?\d+\.\d+(?![A-Za-z0-9]|\.\d)|(?<![A-Za-z0-9²³⁴₁₂₃.(/])[−]\d{2,}(?!\.\d|\d)"
)
"""With a point, or with a minus and two digits and more; counts in running text are checked by hand below."""


def state_of(page: Page) -> State:
    desk = Desk.of(load_once(page.preset))
    Bench.press(desk, page.keys)
    return desk.state


def by_loops(state: State) -> Iterator[float]:
    """All numbers of the five steps, neuron by neuron, derivatives of C by a difference."""
    network, x, y = state.network, state.shown.x, state.shown.y
    yield from (*network.parameters.tolist(), *x.tolist(), *y.tolist(), state.settings.eta)
    a = list(x)
    slopes: list[list[float]] = []
    for layer in range(1, network.layer_count):
        z = [sum(w * v for w, v in zip(row, a, strict=True)) for row in network.w(layer)]
        z = [s + b for s, b in zip(z, network.b(layer), strict=True)]
        names = [network.activation_of(layer, j) for j in range(len(z))]
        if "softmax" in names:
            a = (np.exp(z) / np.exp(z).sum()).tolist()
        else:
            a = [by_name(n, v) for n, v in zip(names, z, strict=True)]
            slopes.append([(by_name(n, v + 1e-6) - by_name(n, v - 1e-6)) / 2e-6 for n, v in zip(names, z, strict=True)])
            yield from slopes[-1]
        yield from z
        yield from a
    yield from (v - t for v, t in zip(a, y, strict=True))
    gradient = differences(state, x[None], y[None])
    yield from gradient
    if len(state.preset.data) <= state.settings.batch_size:  # the mini-batch is all of the data
        yield from differences(state, state.preset.data.x, state.preset.data.y)
    for layer in range(1, network.layer_count):  # ∂C/∂b is δ
        yield math.sqrt(sum(gradient[network.index_of(layer, j, None)] ** 2 for j in range(network.sizes[layer])))
    after = network.parameters - state.settings.eta * np.array(gradient)
    for parameters in (network.parameters, after):
        yield float(cost_by_formula(network, parameters, x[None], y[None]))


def by_name(name: str, z: float) -> float:
    if name == "sigmoid":
        return 1 / (1 + math.exp(-z))
    return {"tanh": math.tanh(z), "relu": max(z, 0.0), "linear": z}[name]


def differences(state: State, x: Array | None = None, y: Array | None = None) -> list[float]:
    """∂C/∂ of every parameter, on the example shown or on the mean over these."""
    network = state.network
    x, y = state.shown.x[None] if x is None else x, state.shown.y[None] if y is None else y
    found = []
    for i in range(network.parameters.size):
        moved = []
        for by in (1e-6, -1e-6):
            parameters = network.parameters.copy()
            parameters[i] += by
            moved.append(float(cost_by_formula(network, parameters, x, y)))
        found.append((moved[0] - moved[1]) / 2e-6)
    return found


KNOWN = {0.25: "the steepest slope of sigmoid", 0.01: "a small change", 0.0059: "0.01 · 0.5933", 0.5: "about"}


@pytest.mark.parametrize("name", lesson_names())
def test_a_number_in_a_text_is_the_network_s(name: str) -> None:
    seen: dict[tuple[str, tuple[str, ...]], list[float]] = {}
    earlier: list[float] = []
    for number, page in enumerate(load_lesson(name, Bench.known).pages, start=1):
        texts = [text for text in (page.text, page.after) if text is not None]
        english = [n for text in texts for n in NUMBER.findall(text.en)]
        assert sorted(english) == sorted(n for text in texts for n in NUMBER.findall(text.zh_tw)), f"page {number}"
        key = page.preset, page.keys
        if key not in seen and english:
            state = state_of(page)
            seen[key] = [] if state.network.parameters.size > 300 else list(by_loops(state))
        for written in english:
            value = float(written.replace("−", "-"))
            decimals = len(written.partition(".")[2])
            candidates = [*seen[key], *earlier, *KNOWN]
            unit = 0.5 * 10.0**-decimals
            assert any(abs(value - c) <= 1.002 * unit for c in candidates), f"{name}, page {number}: {written}"
        earlier = seen.get(key, earlier)


def test_what_lessons_say_in_words_is_so() -> None:
    """Counts and ratios of the texts."""
    plain, saturated = (differences(state_of(load_lesson("output-error", Bench.known).pages[i]))[1] for i in (2, 3))
    assert round(plain / saturated) == 7
    deep = load_once("deep-sigmoid").network
    assert deep.parameters.size == 249
    assert math.prod(deep.sizes[2:]) == 512
    assert load_once("mazur").network.parameters.size == 12
    vanishing = load_lesson("vanishing", Bench.known).pages
    state = state_of(vanishing[0])
    gradient = differences(state)
    norms = [
        math.sqrt(sum(gradient[state.network.index_of(layer, j, None)] ** 2 for j in range(state.network.sizes[layer])))
        for layer in range(1, 6)
    ]
    assert round(norms[-1] / norms[0]) == 246
    exploding = state_of(vanishing[3])
    first = differences(exploding)
    assert first[exploding.network.index_of(1, 0, None)] == pytest.approx(-1953.125, rel=1e-2)
