"""What somebody adds by a row of a table is there everywhere: opened, computed, explained in true sentences, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.core import awkward, truth
from tests.core.test_claims import lies
from tuibp.app.desk import Desk
from tuibp.app.keys import NUMBERS
from tuibp.app.stage import Stage
from tuibp.cli import main
from tuibp.core.activations import ACTIVATIONS, Activation, Array, Values
from tuibp.core.activations import sigmoid_into as sigmoid_in_place
from tuibp.core.optimisers import OPTIMISERS, Optimiser
from tuibp.core.update_formula import Given, assignments, general
from tuibp.files import load
from tuibp.render.lines import text_of
from tuibp.session.commands import GoTo, Update
from tuibp.session.history import History
from tuibp.session.view import LENSES

PRESET = """title = "Somebody's own"
about = "A function that was added a moment ago."
[network]
sizes = [2, 3, 2]
activations = ["softplus", "sigmoid"]
cost = "quadratic"
init = { scheme = "gaussian", seed = 1 }
[data]
x = [[0.1, 0.2], [0.5, -0.4], [1.0, 0.3], [-1.0, 2.0]]
y = [[0, 1], [1, 0], [1, 0], [0, 1]]
[training]
eta = 0.5
batch_size = 2
epochs = 20
"""


def softplus(z: Values) -> Values:
    """ln(1 + e^z)."""
    above = z.real > 0
    return np.where(above, z, 0.0) + np.log1p(np.exp(np.where(above, -z, z)))


def softplus_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """σ(z), with all its digits also where it is next to nothing."""
    return np.exp(-np.logaddexp(0.0, -z))


def softplus_into(z: Array, kept: Array, a: Array) -> None:  # noqa: ARG001
    np.logaddexp(z, 0.0, a)


def times_softplus_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    slope = np.empty_like(z)
    sigmoid_in_place(z, kept, slope)
    np.multiply(delta, slope, delta)


SOFTPLUS = Activation(
    "softplus", softplus, softplus_prime, softplus_into, times_softplus_prime, "softplus", 1.0, span=5.0,
    code=("def softplus(z): return np.logaddexp(z, 0)", "def softplus_prime(z): return 1 / (1 + np.exp(-z))"),
    torch="nn.Softplus()",
)  # fmt: skip


@pytest.fixture
def preset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A file whose hidden layer is of the new function."""
    monkeypatch.setitem(ACTIVATIONS, "softplus", SOFTPLUS)
    path = tmp_path / "own.toml"
    path.write_text(PRESET)
    return str(path)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check {}", "all agree"),
        ("check {} --method central", "all agree"),
        ("explain {} --neuron 2,1", "softplus′(z²₁)"),
        ("prove {} --neuron 2,1", "softplus"),
        ("trace {}", "softplus(wˡ aˡ⁻¹ + bˡ)"),
        ("train {} --epochs 3", "4 to train on"),
        ("paths {} --weight 2,1,1", "softplus"),
        ("convert {} own.py", "nn.Softplus()"),
    ],
)
def test_every_command_knows_an_added_function(
    preset: str, command: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(preset).parent
    monkeypatch.chdir(folder)
    assert main(command.format(preset).split()) == 0
    written = (folder / "own.py").read_text() if "own.py" in command else capsys.readouterr().out
    assert said in written


def test_every_screen_of_the_steps_draws_an_added_function(preset: str) -> None:
    desk = Desk.of(load(preset))
    stage = Stage(desk, lambda work: work())
    for stop in NUMBERS:
        desk.history.do(GoTo(stop))
        for lens in LENSES:
            desk.look(lens=lens)
            rows = stage.whole(80, 24)
            assert {sum(segment.cell_length for segment in row) for row in rows} == {80}
    assert "softplus" in "".join(map(text_of, rows))


def test_what_is_said_of_an_added_function_is_true(preset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value, slope, move = truth._value, truth._slope, truth.Recomputed.moved_activation

    def added_value(name: str, z: Any) -> Any:
        return np.logaddexp(z, truth.Wide(0)) if name == "softplus" else value(name, z)

    def added_slope(name: str, z: Any, towards: Any) -> Any:
        return truth._sigmoid(z) if name == "softplus" else slope(name, z, towards)

    def added_move(self: truth.Recomputed, layer: int, j: int, by: float) -> Any:
        if self._names[layer][j] != "softplus":
            return move(self, layer, j, by)
        return np.log1p(truth._sigmoid(self._z[layer][j]) * np.expm1(truth.Wide(by)))  # nothing cancels

    monkeypatch.setattr(awkward, "ELEMENTWISE", (*awkward.ELEMENTWISE, *["softplus"] * 5))
    monkeypatch.setattr(truth, "_value", added_value)
    monkeypatch.setattr(truth, "_slope", added_slope)
    monkeypatch.setattr(truth.Recomputed, "moved_activation", added_move)
    monkeypatch.setitem(truth.STEEPEST, "softplus", 1.0)
    judged = [(seed, place, text, holds) for seed, place, text, holds in lies(range(120))]
    assert [false for false in judged if not false[-1]] == []
    assert sum("softplus" in text for _seed, _place, text, _holds in judged) > 10
    assert preset


class Signum(Optimiser):
    """w → w − η sign(g)."""

    title = "signSGD"
    formula = "w → w − η sign({g})"
    by_rate = False
    shrinks = False

    def move(self, parameters: Array, g: Array) -> None:
        np.sign(g, g)
        np.multiply(g, self._rate, g)
        np.subtract(parameters, g, parameters)


@pytest.fixture
def by_sign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A file that is trained by the new rule."""
    monkeypatch.setitem(OPTIMISERS, "signum", Signum)
    path = tmp_path / "own.toml"
    path.write_text(PRESET.replace("softplus", "tanh") + 'optimiser = "signum"\n')
    return str(path)


def test_an_added_optimiser_trains_and_its_update_is_shown(by_sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", by_sign, "--epochs", "2"]) == 0
    assert "signSGD" in capsys.readouterr().out
    preset = load(by_sign)
    given, training = preset.network, preset.training
    state = History.open(preset)
    state.do(Update())
    moved = np.abs(state.state.network.parameters - given.parameters)
    assert moved == pytest.approx(training.eta)
    assert general(training, bias=False) == "w → w − η sign(∂C/∂w)"
    (made,) = assignments(training, 4, 0, None, Given(1, 0, 0, 0.5, 0.2, 0))
    assert made.result == pytest.approx(0.5 - training.eta)
    assert sum(part for part in made.parts if isinstance(part, float)) == pytest.approx(made.result)
    text = Path(by_sign).with_name("shown.txt")
    assert main(["play", by_sign, "--keys", "u", "--size", "120x40", "--text", str(text)]) == 0
    assert "sign(" in text.read_text()
