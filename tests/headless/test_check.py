"""`check` as a person or a program calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tuibp.cli import main
from tuibp.core import finite_difference
from tuibp.core.gradient import gradient
from tuibp.core.network import Network
from tuibp.files import preset_names


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_agrees_with_the_complex_step_to_nine_digits(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", name, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is True
    assert found["max_rel_error"] <= 1e-9


def test_check_tells_the_contracts_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mazur", "--method", "central", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "method", "eps", "parameters", "max_abs_error", "max_rel_error", "tolerance", "ok", "worst",
    ]  # fmt: skip
    assert (found["method"], found["eps"], found["parameters"]) == ("central", 1e-4, 12)
    assert list(found["worst"]) == ["layer", "j", "k", "backprop", "numeric"]
    assert found["worst"]["layer"] in (2, 3)


def test_a_wrong_gradient_is_exit_status_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = gradient

    def wrong(network: Network, *rows: object) -> object:
        return right(network, *rows).flat * 1.01  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(finite_difference, "by_backpropagation", wrong)
    assert main(["check", "mazur"]) == 1
    assert "they disagree" in capsys.readouterr().out


@pytest.mark.parametrize("eps", ["0", "-1", "nan", "inf", "tiny"])
def test_a_step_that_is_no_step_is_one_line_and_status_two(eps: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mazur", f"--eps={eps}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tuibp: --eps")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "eps", "why"),
    [("central", "1e-200", "digits cancel"), ("central", "1e-15", "digits cancel"), ("forward", "10", "curve bends")],
)
def test_a_step_that_cannot_tell_is_no_agreement(
    method: str, eps: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "mazur", "--method", method, "--eps", eps]) == 1
    assert capsys.readouterr().out.rstrip().splitlines()[-1].endswith(why)


@pytest.mark.parametrize("name", ["mazur", "digits", "deep-sigmoid", "iris"])
@pytest.mark.parametrize(("method", "eps"), [("central", "1e-6"), ("forward", "1e-8")])
def test_a_smaller_step_that_can_tell_still_agrees(name: str, method: str, eps: str) -> None:
    assert main(["check", name, "--method", method, "--eps", eps, "--json"]) == 0


KINK = """
[network]
sizes = [2, 2, 1]
activations = ["relu", "linear"]
cost = "quadratic"
weights = [[[1.0, -1.0], [0.5, 0.5]], [[1.0, 1.0]]]
biases = [[0.0, 0.0], [0.0]]
[data]
examples = [{ x = [1, 1], y = [3] }]
"""


@pytest.mark.parametrize("method", ["central", "forward"])
def test_at_a_corner_the_corner_is_named_and_all_else_compared(
    method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kink.toml").write_text(KINK)
    assert main(["check", str(tmp_path / "kink.toml"), "--method", method]) == 0
    out = capsys.readouterr().out
    assert "z²₁ is exactly 0, where relu has a corner" in out
    assert "disagree" not in out


def test_a_wrong_gradient_away_from_the_corner_is_still_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = gradient
    (tmp_path / "kink.toml").write_text(KINK)
    monkeypatch.setattr(
        finite_difference,
        "by_backpropagation",
        lambda n, *rows: right(n, *rows).flat * 1.01,
    )
    assert main(["check", str(tmp_path / "kink.toml"), "--method", "central"]) == 1
    assert "they disagree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("method", "eps", "why"),
    [
        ("central", "1e-30", "digits cancel"),
        ("complex", "1e-3", "curve bends"),
        ("complex", "1e-320", "below the smallest number there is"),
    ],
)
def test_a_step_with_which_the_method_cannot_work_is_named_as_the_reason(
    method: str, eps: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "mazur", "--method", method, "--eps", eps]) == 1
    last = capsys.readouterr().out.rstrip().splitlines()[-1]
    assert last.startswith("they disagree")
    assert last.endswith(why)


def test_an_error_that_fails_is_not_printed_as_a_small_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mazur", "--method", "central", "--eps", "1e-30", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["max_rel_error"] == pytest.approx(1.0)
