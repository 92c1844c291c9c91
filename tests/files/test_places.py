"""Where files go: no link is followed, nothing shipped is overwritten, and every odd place gets one line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from tuibp.app.resuming import desk_of_log
from tuibp.cli import main
from tuibp.files import BadInput, preset_folder
from tuibp.files.atomic import PART, write_atomically
from tuibp.files.home import expanded


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    for name, target in (("link", "precious"), ("dangling", "nothing")):
        (tmp_path / name).symlink_to(tmp_path / target)
        with pytest.raises(OSError, match="is a link"):
            write_atomically(tmp_path / name, b"lost")
    assert (tmp_path / "precious").read_text() == "kept"
    assert not (tmp_path / "nothing").exists()


def test_shipped_presets_cannot_be_overwritten(tmp_path: Path) -> None:
    (tmp_path / "shipped").symlink_to(preset_folder())
    for folder in (preset_folder(), tmp_path / "shipped"):
        with pytest.raises(OSError, match="stays as it is"):
            write_atomically(folder / "mazur.toml", b"")


def test_what_a_killed_program_left_half_written_is_cleared(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in (f".a.x{PART}", f".b.x{PART}", ".c"))
    for path in (old, new, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (time.time() - 100, time.time() - 100))
    write_atomically(tmp_path / "file", b"content")
    assert {path.name for path in tmp_path.iterdir()} == {new.name, other.name, "file"}


@pytest.mark.parametrize("command", [["convert", "mazur"], ["train", "mazur", "--epochs", "1", "--out"]])
def test_a_file_that_exists_is_overwritten_by_force_alone(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    out.write_text("mine")
    assert main([*command, str(out)]) == 2
    assert capsys.readouterr().err == f"tuibp: {out}: exists; --force overwrites it\n"
    assert out.read_text() == "mine"
    assert main([*command, str(out), "--force"]) == 0
    assert out.read_text() != "mine"


def test_a_home_folder_that_nobody_has_is_one_line() -> None:
    with pytest.raises(OSError, match="there is no home folder for ~nosuchuser"):
        expanded("~nosuchuser/x.svg")


NOBODY = """
import pwd, sys
def nobody(*_): raise KeyError("getpwuid(): uid not found")
pwd.getpwuid = nobody
from tuibp.cli import main
sys.exit(main(sys.argv[1:]))
"""


def started(arguments: list[str], **environ: str) -> subprocess.CompletedProcess[str]:
    """A run without a home folder, and without anybody in the list of users."""
    command = [sys.executable, "-c", NOBODY, *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", [["trace", "mazur"], ["play", "mazur", "--text", "-"], ["doctor"]])
def test_everything_runs_without_a_home_folder(command: list[str]) -> None:
    done = started(command)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_wrong_with_a_file_is_said_before_what_is_wrong_with_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("[network")
    for name, says in (
        ("nosuch.toml", "there is no such file"),
        ("bad.toml", "is not TOML"),
        ("nosuch", "no such preset"),
    ):
        assert main([str(tmp_path / name) if "." in name else name]) == 2
        assert says in capfd.readouterr().err
    assert main(["mazur"]) == 2
    assert "needs a terminal" in capfd.readouterr().err


def test_a_large_file_that_is_no_session_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "junk.tuibp"
    with path.open("wb") as file:
        file.write(b'{"junk": "')
        file.truncate(250_000_000)
    tracemalloc.start()
    with pytest.raises(BadInput, match=r"junk\.tuibp: is not a saved session"):
        desk_of_log(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_terminals_name_is_printed_without_its_escapes() -> None:
    done = started(["doctor"], TERM="xterm\x1b]0;owned\x07")
    assert "owned" in done.stdout
    assert "\x1b]0;" not in done.stdout


@pytest.mark.parametrize("home", ["file", ""])
def test_a_state_folder_that_cannot_be_made_is_one_line(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tuibp.app.resuming import resumed
    from tuibp.app.shelf import Shelf

    def nobody(_uid: int) -> None:
        raise KeyError

    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file") if home else "")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    with pytest.raises(BadInput, match="there is no folder for sessions: "):
        resumed(Shelf())
