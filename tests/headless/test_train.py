"""`train` as a person or a program calls it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuibp.cli import main
from tuibp.core.descent import Descent
from tuibp.core.epochs import train
from tuibp.core.network import initialise
from tuibp.core.training import updates_in_epoch
from tuibp.files import load
from tuibp.headless.led_to import plateau

DIVERGES = """
[network]
sizes = [1, 3, 1]
activations = "linear"
cost = "quadratic"
init = { scheme = "gaussian", seed = 1 }
[data]
examples = [{ x = [4], y = [1] }, { x = [3], y = [-1] }]
[training]
eta = 50
batch_size = 1
"""


def test_thirty_epochs_of_digits_read_93_of_100_held_out_images(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "digits", "--epochs", "30", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["epochs", "seconds", "examples_per_second", "classes"]
    assert [list(epoch) for epoch in found["epochs"]] == [
        ["epoch", "cost", "accuracy", "test_cost", "test_accuracy"]
    ] * 30
    assert found["epochs"][-1]["test_accuracy"] >= 0.93


def test_what_does_not_apply_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "mazur", "--epochs", "1", "--json"]) == 0
    (epoch,) = json.loads(capsys.readouterr().out)["epochs"]
    assert epoch["cost"] == pytest.approx(0.28047144679143016, rel=1e-12)
    assert (epoch["accuracy"], epoch["test_cost"], epoch["test_accuracy"]) == (None, None, None)


def test_the_curve_of_a_long_run_fits_a_screen_and_ends_with_its_last_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", "--epochs", "200"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert len(lines) <= 34
    assert max(map(len, lines)) <= 80
    assert lines[-2].split()[0] == "200"


@pytest.mark.parametrize("ending", ["json", "npz"])
def test_the_trained_network_can_be_opened_and_trained_on(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"trained.{ending}"
    assert main(["train", "xor", "--epochs", "3", "--out", str(out)]) == 0
    capsys.readouterr()
    before, after = load("xor"), load(str(out))
    descent = Descent(before.network, before.data, before.training)
    descent.run(3 * updates_in_epoch(before.training, len(before.data.train)))
    assert after.network.digest() == descent.snapshot().digest()
    assert np.array_equal(after.data.x, before.data.x)


@pytest.mark.parametrize("out", ["model.pkl", "no/such/folder/model.npz"])
def test_a_file_that_cannot_be_written_is_told_before_training(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "digits", "--out", out]) == 2
    printed, err = capsys.readouterr()
    assert printed == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize("epochs", ["0", "-3", "x"])
def test_no_epochs_are_one_line_and_status_two(epochs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", f"--epochs={epochs}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_run_that_diverges_says_where_and_why_and_is_status_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preset = tmp_path / "diverges.toml"
    preset.write_text(DIVERGES)
    assert main(["train", str(preset), "--epochs", "400", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "epochs" in json.loads(out)
    assert "tuibp: Update " in err
    assert "η = 50" in err
    assert err.count("\n") == 1


def test_what_the_command_line_says_of_the_training_stands_in_place_of_the_presets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ["--optimiser", "adam", "--eta", "0.02", "--init", "he", "--batch-size", "3", "--l2", "0.3"]
    assert main(["train", "xor", "--epochs", "4", *said, "--json"]) == 0
    epochs = json.loads(capsys.readouterr().out)["epochs"]
    preset = load("xor")
    assert preset.initial is not None
    now, training = preset.network, replace(preset.training, optimiser="adam", eta=0.02, l2=0.3, batch_size=3)
    network = initialise(now.sizes, now.activations, now.cost, "he", preset.initial.seed)
    assert [e["cost"] for e in epochs] == [r.cost for r in train(network, preset.data, training, 4)]


@pytest.mark.parametrize(
    "wrong", [["--optimiser", "lion"], ["--momentum", "1"], ["--schedule", "never"], ["--eta", "x"], ["--init", "best"]]
)
def test_a_setting_that_there_is_not_is_one_line_with_its_option(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "xor", *wrong]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"tuibp: {wrong[0]}: ")
    assert err.count("\n") == 1


def test_a_run_that_stops_before_its_epochs_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "circles", "--epochs", "500", "--stop-accuracy", "0.9", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["stopped"] == {"why": "accuracy", "epoch": len(found["epochs"])}
    assert found["epochs"][-1]["test_accuracy"] >= 0.9 > max(e["test_accuracy"] for e in found["epochs"][:-1])


def test_the_part_of_l2_in_the_cost_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "circles", "--epochs", "2", "--l2", "0.4"]) == 0
    assert "λ/(2n) Σ w²" in capsys.readouterr().out.splitlines()[-2]


@pytest.mark.parametrize("name", ["iris", "circles"])
def test_the_confusion_matrix_counts_every_held_out_example_once(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", name, "--epochs", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    counts, data = np.array(found["classes"]["confusion"]), load(name).data
    assert found["classes"]["of"] == "held_out"
    assert data.labels is not None
    assert list(counts.sum(axis=1)) == list(np.bincount(data.labels[data.test], minlength=len(counts)))
    assert np.trace(counts) / counts.sum() == pytest.approx(found["epochs"][-1]["test_accuracy"])
    shares = [s for s in found["classes"]["accuracy"] if s is not None]
    assert shares == pytest.approx([r[i] / r.sum() for i, r in enumerate(counts) if r.sum()])


def test_a_level_cost_is_called_a_plateau_and_a_falling_or_finished_one_is_not() -> None:
    assert plateau([1.0, 0.9, *[0.5] * 8]) == 7
    assert plateau([0.5 * 0.9**n for n in range(20)]) == 0
    assert plateau([1.0, *[0.001] * 9]) == 0
    assert plateau([0.5] * 5) == 0


def test_json_tells_decay_s_part_of_the_cost_where_there_is_decay(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", "--epochs", "2", "--l2", "0.5", "--json"]) == 0
    for epoch in json.loads(capsys.readouterr().out)["epochs"]:
        assert 0 < epoch["decay_cost"] < epoch["cost"]
