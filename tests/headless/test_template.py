"""`tuibp template`: what it writes is taken by compare, names what is still to be written, and filled in agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tuibp.cli import main

FILLED = (
    ("delta = ...  # (BP1)", "delta = (activations[-1] - y) * sigmoid_prime(zs[-1])  #"),
    ("grad_b[-1] = ...", "grad_b[-1] = delta"),
    ("grad_w[-1] = ...", "grad_w[-1] = delta @ activations[-2].T"),
    ("delta = ...  # (BP2)", "delta = (weights[-l + 1].T @ delta) * sigmoid_prime(zs[-l])  #"),
    ("grad_b[-l] = ...", "grad_b[-l] = delta"),
    ("grad_w[-l] = ...", "grad_w[-l] = delta @ activations[-l - 1].T"),
)


@pytest.mark.parametrize(
    ("slip", "name"), [(None, None), (("weights[-l + 1].T", "weights[-l + 1]"), "w_not_transposed")]
)
def test_filled_in_it_agrees_and_with_a_slip_the_slip_is_named(
    slip: tuple[str, str] | None, name: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.py"
    assert main(["template", "numpy", "--out", str(mine)]) == 0
    code = mine.read_text()
    for blank, line in FILLED:
        assert code.count(blank) == 1
        code = code.replace(blank, line)
    mine.write_text(code.replace(*slip) if slip else code)
    capsys.readouterr()
    assert main(["compare", str(mine), "--json"]) == (slip is not None)
    found = json.loads(capsys.readouterr().out)
    assert [m["name"] for m in found["mistakes"]] == ([name] if name else [])


def test_as_it_is_written_the_first_line_to_fill_in_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.py"
    main(["template", "numpy", "--out", str(mine)])
    assert main(["compare", str(mine)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "mine.py" in told


def test_a_file_that_exists_is_kept_unless_it_is_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("mine\n")
    assert main(["template", "torch", "--out", str(mine)]) == 2
    assert (mine.read_text(), capsys.readouterr().err.count("\n")) == ("mine\n", 1)
    assert main(["template", "torch", "--out", str(mine), "--force"]) == 0
    assert "rec.log(model, x, y)" in mine.read_text()
