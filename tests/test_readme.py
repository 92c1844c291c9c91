"""What the README says is true: its commands run, its keys are the program's, its picture is what `play` makes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tuibp.app.keys import KEYS
from tuibp.cli import main
from tuibp.files import load, preset_names
from tuibp.headless.commands import COMMANDS, parser_of
from tuibp.session.history import History
from tuibp.session.saved import write
from tuibp.session.view import View

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    line.split("#")[0].strip()
    for kind, block in BLOCKS
    if kind == "sh"
    for line in block.splitlines()
    if line.startswith("tuibp ")
]


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (numbers,) = (block for kind, block in BLOCKS if kind == "json")
    (tmp_path / "sheet.json").write_text(numbers)
    (tmp_path / "mine.tuibp").write_text(write(History.open(load("mazur")), View()))
    differs = any(
        w in line for w in ("compare", "diagnose", "--grade")
    )  # wrong numbers, an ill preset, nothing filled in
    assert main(shlex.split(line)[1:]) == differs


def test_there_is_an_example_of_every_command_that_needs_no_terminal() -> None:
    shown = {shlex.split(line)[1] for line in EXAMPLES}
    assert shown == set(COMMANDS) - {"doctor", "web"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example_that_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    (line,) = re.findall(r"^example:  (.*)$", capsys.readouterr().out, re.MULTILINE)
    if name in ("doctor", "web"):  # they ask a terminal, and wait for a browser
        assert shlex.split(line)[1] == name
        parser_of(name).parse_args(shlex.split(line)[2:])
    else:
        assert line in EXAMPLES, "those of the README are run above"


def test_an_option_takes_the_same_in_every_command() -> None:
    taken: dict[str, set[str]] = {}
    for name in COMMANDS:
        for action in parser_of(name)._actions:
            for option in action.option_strings if action.nargs != 0 else ():
                taken.setdefault(option, set()).add(str(action.metavar or action.choices))
    uneven = {option for option, names in taken.items() if len(names) > 1}
    assert uneven == {"--format", "--theme", "--out"}, (
        "sheets are markdown first, a page asks no terminal, a folder is no file"
    )
    assert "None" not in set().union(*taken.values()), "it says what it takes"


def test_the_first_block_holds_the_two_commands() -> None:
    kind, block = BLOCKS[0]
    opens, tests = block.splitlines()
    assert kind == "sh"
    assert opens.endswith("tuibp digits")
    assert "pytest" in tests


def test_the_key_table_names_every_key() -> None:
    named = set(re.findall(r"`([^`]+)`", README[README.index("## Keys") : README.index("## Networks")]))
    arrows, phases = {"↑", "↓", "←", "→"}, set("12345")
    spoken = {"␣": "space", "⌫": "backspace"}
    for key in KEYS:
        if key.shown in arrows | phases | {"shift+tab"}:
            continue
        assert spoken.get(key.shown, key.shown) in named, key.title


def test_every_preset_is_named() -> None:
    for name in preset_names():
        assert f"`{name}`" in README


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = (block for kind, block in BLOCKS if kind == "python")
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("input 1\nfeedforward 2\n")


def test_the_preset_in_the_readme_opens(tmp_path: Path) -> None:
    (text,) = (block for kind, block in BLOCKS if kind == "toml")
    (tmp_path / "mine.toml").write_text(text)
    assert main(["check", str(tmp_path / "mine.toml")]) == 0


DIGITS = re.compile(r"\d+e-1\d")
"""Rounding differs between processors in the last digits of the check, and nowhere else that shows."""
TRAINED = re.compile(r"<rect[^>]*>|fill=\"[^\"]*\"|-?−?\d+\.\d+|(?:textLength|x)=\"[^\"]*\"")
"""What training may leave a little different on another processor: numbers and shades."""


def test_the_pictures_are_what_play_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = (block for kind, block in BLOCKS if kind == "text" and "--svg" in block)
    monkeypatch.chdir(tmp_path)
    for line in block.splitlines():
        assert main(shlex.split(line)[1:]) == 0
    shown = re.findall(r"!\[[^\]]*\]\(tests/pictures/(\w+\.svg)\)", README)
    assert len(shown) == 3
    for name in shown:
        mark = TRAINED if name == "plane.svg" else DIGITS
        made, kept = (tmp_path / name).read_text(), (ROOT / "tests/pictures" / name).read_text()
        assert mark.sub("", made) == mark.sub("", kept), name
