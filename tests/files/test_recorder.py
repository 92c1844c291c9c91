"""A recorded run: what is kept, what it costs, and which of its updates is the first to go wrong."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from tuibp import Recorder
from tuibp.cli import main
from tuibp.files import recorder
from tuibp.files.brought import read_run
from tuibp.files.heed import heard_by
from tuibp.files.judged import first_wrong
from tuibp.files.reading import Fallback


def run(
    path: Path, updates: int, wrong_from: int | None = None, zeroed: bool = True, rate: float = 0.5, **options: Any
) -> None:
    """A loop as a person writes it, sigmoid and the quadratic cost; from one update on BP2 lacks its σ′, or the
    gradients are added to those before. It says that η is 0.5."""
    random = np.random.default_rng(0)
    w = [random.standard_normal((5, 3)), random.standard_normal((2, 5))]
    b = [np.zeros(5), np.zeros(2)]
    kept: list[Any] = [0.0] * 4
    with Recorder(path, **options) as rec:
        for update in range(updates):
            x, y = random.standard_normal((4, 3)), np.eye(2)[random.integers(0, 2, 4)]
            a1 = 1 / (1 + np.exp(-(x @ w[0].T + b[0])))
            a2 = 1 / (1 + np.exp(-(a1 @ w[1].T + b[1])))
            d2 = (a2 - y) * a2 * (1 - a2)
            d1 = d2 @ w[1]
            if wrong_from is None or update < wrong_from:
                d1 = d1 * a1 * (1 - a1)
            grad_w, grad_b = [d1.T @ x / 4, d2.T @ a1 / 4], [d1.mean(0), d2.mean(0)]
            if not zeroed:
                kept = [old + new for old, new in zip(kept, (*grad_w, *grad_b), strict=True)]
                grad_w, grad_b = kept[:2], kept[2:]
            rec.log(weights=w, biases=b, x=x, y=y, grad_w=grad_w, grad_b=grad_b, eta=0.5)
            for parameters, gradients in ((w, grad_w), (b, grad_b)):
                for p, g in zip(parameters, gradients, strict=True):
                    p -= rate * g


@pytest.mark.parametrize(("wrong_from", "status"), [(None, 0), (3, 1)])
def test_compare_finds_the_update_that_went_wrong_first(
    wrong_from: int | None, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path / "run.npz", 8, wrong_from)
    assert main(["compare", str(tmp_path / "run.npz"), "--json"]) == status
    found = json.loads(capsys.readouterr().out)
    assert found["agrees"] == (status == 0)
    if wrong_from is not None:
        assert found["notes"] == ["Update 4 is the first that differs, of 8 recorded."]
        assert found["mistakes"][0]["name"] == "slope_missing_hidden"


@pytest.mark.parametrize(
    ("how", "update", "name"),
    [({"zeroed": False}, 2, "gradients_not_zeroed"), ({"rate": -0.5}, 1, "sign_of_update"),
     ({"rate": 0.5 / 4}, 1, "mean_twice")],
)  # fmt: skip
def test_a_loop_that_never_zeroes_its_gradients_or_updates_wrongly_is_told(
    how: dict[str, Any], update: int, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path / "run.npz", 4, **how)
    assert main(["compare", str(tmp_path / "run.npz"), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["notes"] == [f"Update {update} is the first that differs, of 4 recorded."]
    assert found["mistakes"][0]["name"] == name


def test_a_long_run_is_told_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    run(tmp_path / "run.npz", 6)
    recorded = read_run(tmp_path / "run.npz")
    assert recorded is not None
    told: list[tuple[int, int]] = []
    with heard_by(lambda done, total: told.append((done, total))):
        first_wrong(recorded, Fallback())
    assert told == [(at, 6) for at in range(6)]

    def end(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), heard_by(end):
        first_wrong(recorded, Fallback())


def test_what_is_kept_is_a_copy_and_bounded_and_thinned_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "SHARE", 1e9)  # not by time
    run(tmp_path / "run.npz", 400, memory=40_000)
    kept = read_run(tmp_path / "run.npz")
    assert kept is not None
    numbers = [number for number, __ in kept]
    assert numbers[:8] == list(range(8))
    steps = set(np.diff([n for n in numbers if n >= 8]).tolist())
    assert len(steps) == 1
    assert (tmp_path / "run.npz").stat().st_size < 200_000
    assert not np.array_equal(kept[0][1].arrays["w"][0], kept[-1][1].arrays["w"][0])


def test_it_takes_at_most_a_twentieth_of_the_loop(tmp_path: Path) -> None:
    """Of a 784-30-10 update at mini-batch 10: its arrays are as large, the update is timed as a bare pause."""
    arrays = {"weights": [np.zeros((30, 784)), np.zeros((10, 30))], "biases": [np.zeros(30), np.zeros(10)]}
    rec = Recorder(tmp_path / "run.npz")
    for _update in range(recorder.FIRST):  # always kept, whatever they cost
        rec.log(x=np.zeros((10, 784)), y=np.zeros((10, 10)), grad_w=arrays["weights"], **arrays)  # type: ignore[arg-type]  # a table of both
    began, inside = perf_counter(), 0.0
    while perf_counter() - began < 0.4:
        until = perf_counter() + 90e-6
        while perf_counter() < until:
            pass
        at = perf_counter()
        rec.log(x=np.zeros((10, 784)), y=np.zeros((10, 10)), grad_w=arrays["weights"], **arrays)  # type: ignore[arg-type]  # a table of both
        inside += perf_counter() - at
    assert inside < 0.25 * (perf_counter() - began)  # the share is 0.04; a busy machine stops anywhere


def test_a_loop_that_fails_leaves_what_was_recorded(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Recorder(tmp_path / "run.npz") as rec:  # noqa: PT012
        rec.log(weights=[np.ones((1, 1))], x=np.ones(1), y=np.ones(1), grad_w=[np.ones((1, 1))])
        rec.log(weights=[np.ones((1, 1))], x=np.ones(1), y=np.ones(1), grad_w=[np.ones((1, 1)) / (1 // 0)])
    kept = read_run(tmp_path / "run.npz")
    assert kept is not None
    assert len(kept) == 1


def test_pytorch_s_gradients_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch = pytest.importorskip("torch")
    for dtype, precision in ((torch.float64, "float64"), (torch.float32, "float32")):
        torch.manual_seed(1)
        nn = torch.nn
        model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2), nn.Sigmoid()).to(dtype)
        x, y = torch.randn(6, 3, dtype=dtype), torch.rand(6, 2, dtype=dtype)
        with Recorder(tmp_path / "run.npz") as rec:
            for _update in range(3):
                model.zero_grad()
                (0.5 * ((model(x) - y) ** 2).sum(dim=1).mean()).backward()
                rec.log(model, x, y)
        assert main(["compare", str(tmp_path / "run.npz"), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["taken"]["precision"] == precision
        assert found["taken"]["activations"] == ["tanh", "sigmoid"]


@pytest.mark.parametrize(
    ("name", "options"),
    [("SGD", {"optimiser": "sgd"}), ("SGD", {"momentum": 0.9}), ("Adam", {"optimiser": "adam"}),
     ("AdamW", {"optimiser": "adamw", "l2": 0.01, "n": 1}), ("RMSprop", {"optimiser": "rmsprop"})],
)  # fmt: skip
def test_pytorch_s_optimisers_agree(
    name: str, options: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(2)
    nn = torch.nn
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2), nn.Sigmoid()).double()
    more = {"momentum": 0.9} if "momentum" in options else {"weight_decay": 0.01} if "l2" in options else {}
    stepping = getattr(torch.optim, name)([p for layer in model if hasattr(layer, "weight") for p in [layer.weight]]
                                          if "l2" in options else model.parameters(), lr=0.01, **more)  # fmt: skip
    with Recorder(tmp_path / "run.npz") as rec:
        for _update in range(4):
            x, y = torch.randn(6, 3).double(), torch.rand(6, 2).double()
            model.zero_grad()
            (0.5 * ((model(x) - y) ** 2).sum(dim=1).mean()).backward()
            rec.log(model, x, y, eta=0.01, **options)
            stepping.step()
    status = main(["compare", str(tmp_path / "run.npz"), "--json"])
    found = json.loads(capsys.readouterr().out)
    compared = {c["quantity"] for c in found["compared"]}
    if "l2" in options:  # its biases were left alone
        assert all(c["agrees"] for c in found["compared"] if c["quantity"] != "new_b")
    else:
        assert (status, "new_w" in compared or found["agrees"]) == (0, True)
