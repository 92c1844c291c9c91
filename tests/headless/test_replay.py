"""A session as a page: every screen as the program shows it, small, alone, and read by no script but its own."""

from __future__ import annotations

import json
import random
import re
from asyncio import to_thread
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.drive import program
from tests.headless import chromium
from tuibp.app.desk import Desk
from tuibp.app.resuming import desk_of_log
from tuibp.cli import main
from tuibp.files import load
from tuibp.files.errors import BadInput
from tuibp.files.preset import Preset
from tuibp.headless.play import parse_keys
from tuibp.render.html import Reel
from tuibp.render.palette import Palette
from tuibp.session.commands import ChooseExample, Command, GoTo, Step, Train, Update
from tuibp.session.looks import MOST as MOST_LOOKS
from tuibp.session.saved import read, write

EVIL = '</script><script>alert("x")</script><img src=x onerror=alert(1)>&amp;'


def session_of(preset: Preset, steps: int, file: Path) -> Path:
    """A saved session of so many commands drawn at random."""
    desk, drawn = Desk.of(preset), random.Random(1)
    done: list[Command] = [Step(), Step("layer"), Step("neuron"), Update("next"), Update(), Train(5), GoTo("start")]
    while desk.history.length < steps - 1:
        desk.do(drawn.choice([*done, ChooseExample(drawn.randrange(len(preset.data)))]))
    desk.do(Train(3))
    file.write_text(write(desk.history, desk.view))
    return file


def data_of(page: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    data: dict[str, Any] = json.loads(block)
    return data


def screens_of(page: str) -> list[str]:
    """Texts of all screens, put together from what changed."""
    data, now, found = data_of(page), dict[int, int](), list[str]()
    for _caption, changed in data["screens"]:
        now |= dict(changed)
        lines = ("".join(text for _c, _n, text in data["rows"][now[y]]).rstrip() for y in sorted(now))
        found.append("".join(line + "\n" for line in lines))
    return found


async def test_the_last_screen_is_the_program_s_own_and_there_is_one_a_command(tmp_path: Path) -> None:
    log, page = session_of(load("mazur"), 12, tmp_path / "mine.tuibp"), tmp_path / "mine.html"
    assert main(["replay", str(log), "--html", str(page)]) == 0
    screens = screens_of(page.read_text())
    assert len(screens) == 13
    async with program("mazur") as (app, pilot):
        desk = desk_of_log(log)
        app.replace(desk)
        desk.say("")
        app.paint()
        await pilot.pause()
        assert screens[-1] == app.text()


def test_two_hundred_steps_take_less_than_two_megabytes(tmp_path: Path, whole: bool) -> None:
    steps, name = (200, "digits") if whole else (30, "mazur")
    log, page = session_of(load(name), steps, tmp_path / "long.tuibp"), tmp_path / "long.html"
    assert main(["replay", str(log), "--html", str(page)]) == 0
    assert page.stat().st_size < 2_000_000 * steps / 200


def test_text_of_the_session_is_data(tmp_path: Path) -> None:
    mazur = load("mazur")
    preset = replace(mazur, name=EVIL[:40], about=EVIL, title=EVIL)
    reel = Reel(Palette())
    reel.add([[Segment(EVIL, Style(bold=True))]], EVIL)
    page = reel.page(EVIL, {"keys": EVIL, "slider": EVIL})
    assert "<img" not in page
    assert len(re.findall(r"</?script\b", page)) == 4
    assert data_of(page)["rows"][0][0][2] == EVIL
    log, file = session_of(preset, 2, tmp_path / "evil.tuibp"), tmp_path / "evil.html"
    assert main(["replay", str(log), "--html", str(file)]) == 0
    assert len(re.findall(r"</?script\b", file.read_text())) == 4


def test_nothing_comes_from_elsewhere() -> None:
    reel = Reel(Palette())
    reel.add([[Segment("a")]], "")
    page = reel.page("t", {"keys": "", "slider": ""})
    assert not re.search(r"https?:|\bsrc=|\bhref=|url\(|@import|fetch|XMLHttp|innerHTML|eval", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("arguments", [
    ("none.tuibp", "--html", "a.html"), ("bad.tuibp", "--html", "a.html"), ("bad.tuibp",),
    ("good.tuibp", "--html", "no/such/a.html"), ("good.tuibp", "--html", "a.html", "--size", "20x5"),
])  # fmt: skip
def test_bad_input_gets_one_line_and_leaves_no_file(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.tuibp").write_text("{]")
    session_of(load("mazur"), 1, tmp_path / "good.tuibp")
    assert main(["replay", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(tmp_path.glob("**/*.html"))


@pytest.mark.skipif(chromium.PROGRAM is None, reason="Debian's chromium is not installed")
def test_a_browser_without_a_network_shows_it_and_goes_through_it(tmp_path: Path, whole: bool) -> None:
    log, page = session_of(load("mazur"), 200 if whole else 12, tmp_path / "mine.tuibp"), tmp_path / "mine.html"
    assert main(["replay", str(log), "--html", str(page)]) == 0
    screens = screens_of(page.read_text())
    with chromium.Chromium(tmp_path / "profile") as browser:
        browser.open(page)

        def seen() -> list[str]:
            text = browser.value("[...document.querySelectorAll('#screen div')].map((d) => d.textContent).join('\\n')")
            return [line.rstrip() for line in text.split("\n")]

        def lines(at: int) -> list[str]:
            return screens[at].splitlines()

        assert seen() == lines(0)
        for key, at in (
            ("ArrowRight", 1),
            ("ArrowDown", 2),
            ("ArrowLeft", 1),
            ("End", -1),
            ("Home", 0),
            ("PageDown", 10),
        ):
            browser.key(key)
            assert seen() == lines(at), key
        browser.value("slider.value = 5; slider.dispatchEvent(new Event('input'))")
        assert seen() == lines(5)
        wide = browser.value("Math.max(...[...document.querySelectorAll('#screen div')].map((d) => d.scrollWidth))")
        assert wide <= browser.value("document.getElementById('screen').clientWidth") + 1
        assert browser.complaints == []
        assert [url.split(":")[0] for url in browser.requests] == ["file"]


LOOKED = "space*2 right v P space 2 escape p b space escape escape m end escape 5 tab . b right escape f escape"
"""Keys that look, on the main screen and on those over it."""


def above_keys(screen: str) -> str:
    """A screen but for its last line, where what a key answered stands until the next."""
    return screen.rstrip("\n").rpartition("\n")[0]


async def test_what_was_looked_at_is_on_the_page(tmp_path: Path) -> None:
    seen: list[str] = []
    async with program("mazur") as (app, pilot):
        for key in parse_keys(LOOKED):
            await pilot.press(key)
            await pilot.pause()
            seen.append(app.text())
        (tmp_path / "mine.tuibp").write_text(write(app.desk.history, app.desk.view, looks=app.desk.looks))
    page = tmp_path / "mine.html"
    assert await to_thread(main, ["replay", str(tmp_path / "mine.tuibp"), "--html", str(page)]) == 0
    screens = {above_keys(text) for text in screens_of(page.read_text())}
    missing = [text for text in seen if above_keys(text) not in screens]
    assert not missing, missing[0]
    captions = [caption for caption, _changed in data_of(page.read_text())["screens"]]
    assert {"The proof.", "The matrix form.", "From paths to backpropagation.", "The mini-batch."} <= set(captions)


def test_looks_are_kept_with_the_session_and_those_of_a_way_not_taken_are_dropped() -> None:
    desk = Desk.of(load("mazur"))
    desk.seen()
    desk.do(Step())
    desk.look(lens="z", symbol=1)
    desk.seen()
    desk.do(Update())
    desk.seen("proof")
    desk.looks.press("turn(1)")
    desk.looks.press("update")
    again = read(write(desk.history, desk.view, looks=desk.looks))
    kept = again.looks.standing(again.history.log)
    assert [(k.after, k.view.lens, k.view.symbol, k.pressed) for k in kept] == [
        (0, None, None, ()), (1, "z", 1, ()), (2, "z", 1, ("proof",)), (2, "z", 1, ("proof", "turn(1)")),
    ]  # fmt: skip
    desk.history.go("back")
    desk.do(GoTo("end"))
    assert [look.after for look in desk.looks.standing(desk.history.log)] == [0, 1]


def test_looks_are_bounded() -> None:
    desk = Desk.of(load("mazur"))
    for n in range(4 * MOST_LOOKS):
        desk.look(lens=("a", "z")[n % 2])
        desk.seen()
    assert len(desk.looks.standing(desk.history.log)) <= MOST_LOOKS


@pytest.mark.parametrize("pressed", [
    ["settings"], ["proof", "update"], ["proof", "save"], ["proof", "app.exit()"], ["proof", "turn(__import__)"], [1],
    ["proof", 1], ["batch", "press('update')"],
])  # fmt: skip
def test_a_look_that_would_do_something_is_refused(pressed: list[object]) -> None:
    desk = Desk.of(load("mazur"))
    document = json.loads(write(desk.history, desk.view))
    document["looks"] = [{"after": 0, "view": {}, "pressed": pressed}]
    with pytest.raises(BadInput, match="only look"):
        read(json.dumps(document))
