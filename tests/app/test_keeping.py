"""What saving costs, and what is on the disk after each save, whatever happened to the file meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuibp.app.desk import Desk
from tuibp.app.keeping import Keeping
from tuibp.app.shelf import Shelf
from tuibp.files import load
from tuibp.session.commands import Step, Train, Update
from tuibp.session.saved import read, write


class Kept:
    """A desk and where it is kept."""

    def __init__(self, folder: Path, name: str) -> None:
        self.desk, self.shelf = Desk.of(load(name)), Shelf(folder)
        self.keeping = Keeping(self.shelf, lambda: self.desk)

    def size(self) -> int:
        return self.shelf.path.stat().st_size

    def is_there(self) -> bool:
        again = read(self.shelf.path.read_text())
        return write(again.history, again.view) == write(*self.desk.kept)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path, "mazur")


def test_a_million_weights_are_saved_by_what_was_done_to_them(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "million")
    kept.keeping.save()
    for command in (Step(), Update(), Step(), Train(3)):
        kept.desk.do(command)
        kept.keeping.save()
    assert kept.size() < 8_000
    assert kept.is_there()


def test_a_save_adds_to_the_file_and_is_read_back(kept: Kept) -> None:
    kept.keeping.save()
    number, size = kept.shelf.path.stat().st_ino, kept.size()
    for command in (Update(), Step(), Train(50)):
        kept.desk.do(command)
        kept.keeping.save()
        assert kept.is_there()
    assert kept.shelf.path.stat().st_ino == number
    assert size < kept.size()
    size = kept.size()
    kept.keeping.save()
    assert kept.size() == size


@pytest.mark.parametrize("harm", ["gone", "longer", "another", "link"])
def test_a_file_that_is_not_as_it_was_left_is_written_whole(kept: Kept, harm: str, tmp_path: Path) -> None:
    kept.keeping.save()
    path, other = kept.shelf.path, tmp_path / "other"
    if harm == "gone":
        path.unlink()
    elif harm == "longer":
        path.write_text(path.read_text() + "{")
    else:
        other.write_bytes(path.read_bytes())
        if harm == "another":
            other.replace(path)
        else:
            path.unlink()
            path.symlink_to(other)
    kept.desk.do(Update())
    if harm == "link":
        before = other.read_bytes()
        with pytest.raises(OSError, match=r"link|symbolic"):
            kept.keeping.save()
        assert other.read_bytes() == before
        return
    kept.keeping.save()
    assert kept.is_there()


def test_a_line_that_the_disk_has_no_room_for_is_taken_back_and_comes_with_the_next(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keeping.save()
    before = kept.shelf.path.read_bytes()
    real, calls = os.write, 0

    def half(handle: int, content: memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls == 1:
            return real(handle, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    kept.desk.do(Update())
    with pytest.raises(OSError, match="No space"):
        kept.keeping.save()
    monkeypatch.undo()
    assert kept.shelf.path.read_bytes() == before
    kept.keeping.save()
    assert kept.is_there()


def test_the_disk_has_finished_the_last_save(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    kept.keeping.save()
    kept.desk.do(Update())
    kept.keeping.save()
    done = len(synced)
    kept.keeping.save(last=True)  # with nothing new to say
    assert len(synced) == done + 1


def test_numbers_are_saved_whole_when_making_them_again_would_take_long_and_the_disk_has_rested(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keeping.save()
    monkeypatch.setattr("tuibp.session.journal.REPLAY", 1e-9)
    whole: list[int] = []
    real = kept.shelf.write

    def write_whole(content: bytes, last: bool) -> Path:
        whole.append(len(content))
        return real(content, last)

    monkeypatch.setattr(kept.shelf, "write", write_whole)
    for _ in range(3):
        kept.desk.do(Update())
        kept.keeping.save()
    assert len(whole) <= 1
    kept.keeping._whole_from = 0.0
    kept.desk.do(Update())
    kept.keeping.save()
    assert whole
    assert kept.is_there()


def test_a_session_that_is_gone_on_with_is_kept_in_the_same_file(tmp_path: Path) -> None:
    cut = Kept(tmp_path, "mazur")
    cut.shelf._name = "1"
    cut.keeping.save()
    cut.desk.do(Update())
    cut.keeping.save()
    cut.shelf.release()
    kept = Kept(tmp_path, "xor")
    kept.keeping.save()
    assert kept.shelf.claim(cut.shelf.path)
    assert kept.is_there()  # its own file, until the other is taken over
    again = read(cut.shelf.path.read_text())
    kept.desk = Desk(again.history, again.view)
    kept.shelf.adopt()
    kept.desk.do(Update())
    kept.keeping.save()
    assert kept.shelf.path.name == "1.session"
    assert kept.is_there()
