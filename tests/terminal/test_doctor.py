from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.terminal.conftest import Open

DOCTOR = (sys.executable, "-m", "tuibp", "doctor")


def test_the_doctor_says_what_was_detected_and_draws_a_card(open_line: Open) -> None:
    line = open_line(DOCTOR, ready="versions")
    line.wait_for("漢字")
    assert line.ended()[0] == 0
    for found in ("true colour", "UTF-8", "80x24", " ms", "w³₁₁", "−1.5", "B/s"):
        assert found in line.text
    assert line.settled()


def test_the_doctor_finds_the_rate_of_a_slow_line(open_line: Open) -> None:
    line = open_line((*DOCTOR, "--json"), ready="", rate=9600)
    line.wait_until(lambda: line.raw.rstrip().endswith(b"}"))
    found = json.loads(bytes(line.raw[line.raw.index(b"{") :]))
    assert found["bytes_per_second"] == pytest.approx(9600, rel=0.5)
    assert found["round_trip"] < 0.2


def test_the_doctor_knows_a_light_background(open_line: Open) -> None:
    line = open_line(DOCTOR, ready="versions", ground="rgb:ffff/ffff/f000")
    assert "background  light" in line.text


@pytest.mark.parametrize("changes", [{"LANG": "C", "TERM": "vt100", "COLORTERM": None}])
def test_the_doctors_card_is_ascii_where_nothing_else_is_known(open_line: Open, changes: dict[str, str]) -> None:
    line = open_line(DOCTOR, ready="versions", environ=changes, answers=False)
    line.wait_for("|????|")
    line.ended()
    after = line.raw[line.raw.index(b"terminal") :]
    assert max(after) <= 0x7E
    assert "does not answer" in line.text


def test_the_doctor_works_without_a_terminal(environ: dict[str, str]) -> None:
    ran = subprocess.run([*DOCTOR, "--json"], env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    found = json.loads(ran.stdout)
    assert found["usable"] is False
    assert "tuibp trace" in found["reason"]
    assert ran.stderr == b""
