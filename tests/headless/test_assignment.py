"""`tuibp assignment`: the kit is run as Gradescope and otter-grader run it, and tells the student the named mistake."""

from __future__ import annotations

import doctest
import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.headless.test_compare_code import BOOK
from tuibp.cli import main

WRONG = BOOK.replace("* prime(zs[-l])", "")
NAMED = "σ′ is missing on the way back"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course") / "kit"
    assert main(["assignment", "--out", str(folder), "--seed", "7"]) == 0
    return folder


def graded(code: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, float], str]:
    mine = folder / "backprop.py"
    mine.write_text(code)
    status = main(["assignment", "--grade", str(mine), "--seed", "7", "--json"])
    found = json.loads(capsys.readouterr().out)
    return status, {test["number"]: test["score"] for test in found["tests"]}, found["output"]


def test_right_code_gets_all_points_and_no_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, scores, told = graded(BOOK, tmp_path, capsys)
    assert (status, sum(scores.values()), told) == (0, 100, "")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def backprop(weights biases)", "line 1: SyntaxError"),
        ("def backprop(weights, biases, x, y):\n    return [None], [None]", "still None"),
        ("import sys\nsys.exit()", "SystemExit"),
    ],
)
def test_code_that_does_not_run_gets_none_and_one_line(
    code: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, scores, told = graded(code, tmp_path, capsys)
    assert (status, sum(scores.values()), told.count("\n")) == (1, 0, 0)
    assert reason in told


def test_gradescope_s_autograder_writes_its_results_with_the_named_mistake(kit: Path, tmp_path: Path) -> None:
    """As it is run there: unzipped into source/, with numpy and rich alone."""
    for name in ("source", "submission", "results", "venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    ZipFile(kit / "gradescope/autograder.zip").extractall(tmp_path / "source")
    for missing in ("textual", "plotext"):
        (tmp_path / "source" / f"{missing}.py").write_text("raise ImportError")
    (tmp_path / "venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tmp_path / "venv/bin/python").chmod(0o755)
    (tmp_path / "submission/backprop.py").write_text(WRONG)
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", str(tmp_path / "source" / script)], check=True)
    words = ["bash", str(tmp_path / "source/run_autograder")]
    subprocess.run(words, check=True, env={**os.environ, "AUTOGRADER": str(tmp_path)}, timeout=120)
    found = json.loads((tmp_path / "results/results.json").read_text("utf-8"))
    scores = {test["number"]: (test["score"], test["max_score"]) for test in found["tests"]}
    assert (scores["2"], scores["3"]) == ((20, 20), (15, 15))
    assert scores["4"][0] < scores["4"][1]
    assert found["score"] == sum(score for score, __ in scores.values())
    assert NAMED in found["output"]
    assert any(NAMED in test["output"] for test in found["tests"] if test["number"] == "4")


def test_otter_s_tests_print_nothing_where_it_is_right_and_else_the_named_mistake(
    kit: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As otter does with tests of its first format: each case is a doctest."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    shutil.copy(kit / "otter/tuibp.zip", tmp_path)
    Path("backprop.py").write_text(WRONG)
    failed = {}
    for file in sorted((kit / "otter/tests").glob("q*.py")):
        told = runpy.run_path(str(file))
        assert told["OK_FORMAT"]
        for case in told["test"]["suites"][0]["cases"]:
            test = doctest.DocTestParser().get_doctest(case["code"], {}, file.stem, str(file), 0)
            out: list[str] = []
            if doctest.DocTestRunner(verbose=False).run(test, out=out.append).failed:
                failed[file.stem] = "".join(out)
    assert set(failed) == {"q4", "q5"}
    assert NAMED in failed["q4"]


def test_the_same_seed_makes_the_same_kit_and_nothing_is_written_over(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again"
    assert main(["assignment", "--out", str(again), "--seed", "7"]) == 0
    for path in sorted(p for p in kit.rglob("*") if p.is_file()):
        if "__pycache__" not in path.parts:
            assert (again / path.relative_to(kit)).read_bytes() == path.read_bytes()
    assert main(["assignment", "--out", str(kit), "--seed", "7"]) == 2
    assert "no empty folder" in capsys.readouterr().err
    assert main(["compare", str(kit / "student/example-1.json"), "--json"]) == 0
    assert "- 35: 隱藏層的 ∂C/∂w（BP2、BP4）" in (kit / "student/task.zh-TW.md").read_text("utf-8")


def test_json_without_anything_to_grade_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assignment", "--out", str(tmp_path / "kit"), "--json"]) == 2
    assert capsys.readouterr().err == "tuibp: --json goes with --grade\n"
    assert list(tmp_path.iterdir()) == []
