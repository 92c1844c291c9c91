from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from tuibp.app.guard import Guard
from tuibp.app.shelf import KEPT, Shelf, state_folder


def test_the_state_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = state_folder({"XDG_STATE_HOME": str(tmp_path / "a" / "b")})
    assert folder == tmp_path / "a" / "b" / "tuibp"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    state_folder({"XDG_STATE_HOME": str(tmp_path / "a" / "b")})
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_relative_xdg_folder_is_not_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder({"XDG_STATE_HOME": "here"}) == tmp_path / ".local" / "state" / "tuibp"


def named(folder: Path, name: str, lived: int) -> Path:
    path = folder / name
    path.write_text(name)
    os.utime(path, (lived, lived))
    return path


def test_the_newest_session_that_was_cut_off_is_offered(tmp_path: Path) -> None:
    named(tmp_path, "1.session", 100)
    newer = named(tmp_path, "2.session", 200)
    ended = named(tmp_path, "3.ended", 300)
    named(tmp_path, "4.damaged", 400)
    shelf = Shelf(tmp_path)
    assert shelf.newest() == newer
    assert shelf.newest(ended=True) == ended


def test_a_session_in_use_is_offered_to_nobody_else(tmp_path: Path) -> None:
    first, second = Shelf(tmp_path), Shelf(tmp_path)
    second._name = "other"
    path = first.write(b"mine")
    assert path.stat().st_mode & 0o777 == 0o600
    assert second.newest() is None
    first.release()
    assert second.newest() == path


def test_a_session_is_claimed_by_one_and_written_back_to_the_same_file(tmp_path: Path) -> None:
    path = named(tmp_path, "1.ended", 100)
    first, second = Shelf(tmp_path), Shelf(tmp_path)
    assert first.claim(path)
    assert not second.claim(path)
    assert not second.claim(tmp_path / "1.session")
    first.adopt()
    assert first.write(b"more") == tmp_path / "1.session"
    assert not path.exists()


def test_a_damaged_session_is_set_aside_and_never_lost(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    asides = {shelf.set_aside(named(tmp_path, "1.session", 100)) for _ in range(3)}
    assert len(asides) == 3
    assert all(path.read_text() == "1.session" for path in asides)
    assert shelf.newest(ended=True) is None


def test_ended_sessions_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        named(tmp_path, f"{number}.ended", number)
    shelf = Shelf(tmp_path)
    shelf.write(b"last")
    shelf.end()
    assert len(list(tmp_path.glob("*.ended"))) == KEPT
    assert not list(tmp_path.glob("*.lock"))


def test_what_was_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    shelf.write(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fchmod", refuse)
    with pytest.raises(OSError, match="No space"):
        shelf.write(b"new")
    assert shelf.path.read_bytes() == b"old"


def test_the_disk_finishes_one_save_in_half_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    shelf = Shelf(tmp_path)
    for _save in range(5):
        shelf.write(b"x")
    assert len(synced) == 2  # the file and its folder, once


def test_where_a_linked_state_folder_leads_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(0o755)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "tuibp").symlink_to(tmp_path / "elsewhere")
    state_folder({"XDG_STATE_HOME": str(tmp_path / "state")})
    assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o755


def test_what_was_done_is_saved_within_two_seconds_and_nothing_is_written_where_nothing_is_done() -> None:
    saved: list[float] = []
    moment = 0

    def save(_last: bool) -> None:
        saved.append(time.monotonic())

    guard = Guard(save, lambda: moment)
    saving = threading.Thread(target=guard.keep_saving)
    saving.start()
    time.sleep(1.3)
    assert not saved
    moment, done = 1, time.monotonic()
    time.sleep(2.5)
    guard._over.set()
    saving.join()
    assert len(saved) == 1
    assert saved[0] - done < 2.0
