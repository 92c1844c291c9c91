"""Inputs on a scale of their own, classes in equal shares, and the keys of a preset that ask for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.network import initialise
from tuibp.core.scaling import rescaled, with_balance
from tuibp.core.training import Training, epoch_rows
from tuibp.files import BadInput, load

PRESET = """
[network]
sizes = [2, 2, 1]
activations = "sigmoid"
cost = "quadratic"
init = {{ scheme = "scaled", seed = 1 }}
[data]
examples = [
  {{ x = [1000, 3], y = [0] }}, {{ x = [1200, 3], y = [0] }}, {{ x = [1400, 3], y = [0] }},
  {{ x = [1600, 3], y = [1] }}, {{ x = [9000, 4], y = [1] }},
]
test = [5]
{data}
[training]
{training}
"""


def written(folder: Path, data: str = "", training: str = "") -> str:
    path = folder / "mine.toml"
    path.write_text(PRESET.format(data=data, training=training))
    return str(path)


def test_standard_and_unit_are_fitted_on_the_rows_to_train_on_alone(tmp_path: Path) -> None:
    standard = load(written(tmp_path, 'scale = "standard"')).data
    trained = standard.x[standard.train, 0]
    assert trained.mean() == pytest.approx(0.0, abs=1e-12)
    assert trained.std() == pytest.approx(1.0)
    assert standard.x[4, 0] == pytest.approx((9000 - 1300) / np.std([1000, 1200, 1400, 1600]))
    unit = load(written(tmp_path, 'scale = "unit"')).data
    assert list(unit.x[:, 0]) == pytest.approx([0, 1 / 3, 2 / 3, 1, 8000 / 600])


def test_a_column_that_is_constant_in_training_becomes_0(tmp_path: Path) -> None:
    assert not load(written(tmp_path, 'scale = "standard"')).data.x[:, 1].any()
    almost = np.array([[0.1], [0.1 + 1e-17], [0.1]])
    assert not rescaled(almost, np.arange(3), "standard").any()


@pytest.mark.parametrize(("key", "scale"), [('scale = "none"', 1.0), ("scale = 4", 4.0), ("", 1.0)])
def test_none_and_a_number_are_what_they_say(key: str, scale: float, tmp_path: Path) -> None:
    assert load(written(tmp_path, key)).data.x[0, 0] == 1000 / scale


@pytest.mark.parametrize("key", ['scale = "standart"', "scale = 0", "scale = true", "balance = 1", 'balance = "yes"'])
def test_a_wrong_key_is_one_line(key: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"mine.toml: data\.(scale|balance): ") as told:
        load(written(tmp_path, key))
    assert "\n" not in str(told.value)


def test_balance_repeats_rows_of_the_rarer_class_among_those_to_train_on(tmp_path: Path) -> None:
    data = load(written(tmp_path, "balance = true")).data
    assert data.labels is not None
    assert list(np.bincount(data.labels[data.train])) == [3, 3]
    assert list(data.test) == [4]
    assert len(with_balance(data)) == len(data)


def test_without_shuffling_every_epoch_goes_through_the_data_s_order(tmp_path: Path) -> None:
    training = load(written(tmp_path, training="shuffle = false")).training
    assert list(epoch_rows(training, 4, 7)) == [0, 1, 2, 3]
    assert list(epoch_rows(Training(), 40, 7)) != list(range(40))
    rows = np.arange(8.0)[:, None]
    network = initialise((1, 1), "linear", "quadratic", "scaled", 1)
    descent = Descent(network, DataSet.of(rows, rows), Training(eta=1e-3, batch_size=4, shuffle=False))
    first = network.w(1)[0, 0] * rows[:4, 0] + network.b(1)[0] - rows[:4, 0]
    assert descent.run(1)[0] == pytest.approx(0.5 * float((first**2).mean()))


@pytest.mark.parametrize("how", ["standard", "unit"])
def test_inputs_are_moved_in_their_place_and_some_columns_at_a_time_as_well(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.random.default_rng(2).standard_normal((30, 9)) * np.arange(9)
    train = np.arange(0, 30, 2)
    wanted = rescaled(x, train, how)
    monkeypatch.setattr("tuibp.core.scaling.AT_ONCE", 2 * len(train))
    moved = x.copy()
    assert rescaled(moved, train, how, moved) is moved
    assert np.allclose(moved, wanted, rtol=1e-14, atol=1e-14)
