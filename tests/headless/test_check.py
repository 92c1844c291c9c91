"""`check` as a person or a program calls it."""

from __future__ import annotations

import json

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
