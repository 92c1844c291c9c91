"""Lessons are played as a person plays them: by the keys that their pages name, with right answers and wrong ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.app.pressing import put, settled, sound
from tests.drive import SIZES, program
from tuibp.app import teaching
from tuibp.app.app import TuibpApp
from tuibp.app.bench import Bench
from tuibp.app.desk import Desk
from tuibp.cli import main
from tuibp.core.questions import Question
from tuibp.files.errors import BadInput
from tuibp.files.folder import LESSONS, lesson_folder, lesson_names
from tuibp.files.lesson import Lesson, Page
from tuibp.files.lesson_file import load_lesson
from tuibp.files.once import load_once
from tuibp.session.marks import FILE, Mark, Marks, read_marks

LANGUAGES = ("en", "zh-TW")
TRIES = 12
"""A page's keys are pressed at most so often until it is done."""
NAMED = re.compile(r"`([^`]+)`")
NO_KEYS = {"enter", "L"}
"""Named for the answer or for going on; pressed by the test for that alone."""


def lesson_of(name: str) -> Lesson:
    return load_lesson(name, Bench.known)


def keys_named(page: Page) -> list[str]:
    text = page.text.spoken
    return [key for key in NAMED.findall(text) if key not in NO_KEYS]


def keys_to_answer(asked: Question, right: bool, app: TuibpApp) -> Iterator[str]:
    """Keys that answer a question, rightly or wrongly."""
    if asked.kind == "choice":
        yield "abc"[int(asked.answer) if right else (int(asked.answer) + 1) % len(asked.choices)]
    elif asked.kind == "neuron":
        from tuibp.session.view import Cursor

        assert asked.layer is not None
        size = app.desk.state.network.sizes[asked.layer]
        j = int(asked.answer) if right else (int(asked.answer) + 1) % size
        app.desk.look(cursor=Cursor(asked.layer, j), panel="network")
        yield "enter"
    else:
        yield "enter"
        yield from f"{asked.answer if right else asked.answer * 3 + 7:.10g}"
        yield "enter"


async def begun(app: TuibpApp, pilot: Pilot[Any], name: str) -> None:
    assert teaching.begin(app, name) == ""
    app.repaint()
    await settled(app, pilot)


async def answered(app: TuibpApp, pilot: Pilot[Any], right: bool) -> None:
    while (asking := teaching.asking(app.desk)) is not None and asking.open is not None:
        before = len(asking.answers)
        for key in keys_to_answer(asking.open, right, app):
            put(app, [key])
            await settled(app, pilot)
        assert len(asking.answers) == before + 1
        assert asking.answers[-1].right == right


async def page_done(app: TuibpApp, pilot: Pilot[Any], right: bool) -> None:
    """Do what the page asks for, and nothing else."""
    lesson = app.desk.lesson
    assert lesson is not None
    whole_text_shown(app)
    await answered(app, pilot, right)
    whole_text_shown(app)
    for _ in range(TRIES):
        if lesson.is_done:
            break
        keys = keys_named(lesson.page)
        assert keys, f"{lesson.lesson.name}, page {lesson.mark.page + 1}: waits, and names no key"
        for key in keys:
            put(app, [key if key != "esc" else "escape"])
            await settled(app, pilot)
    assert lesson.is_done, f"{lesson.lesson.name}, page {lesson.mark.page + 1}: {lesson.page.until}"
    while app.desk.screen != "main":
        put(app, ["escape"])
        await settled(app, pilot)
    if app.desk.training:
        put(app, ["t"])
        await settled(app, pilot)
    whole_text_shown(app)


def whole_text_shown(app: TuibpApp) -> None:
    """Every word of what the panel tells is on the screen, as far as the panel has to tell it now."""
    assert sound(app) == ""
    told = app.desk.told
    assert told is not None
    rows = [line[app.stage._arranged.left :] for line in app.text().splitlines()]
    screen = "".join("".join(rows).split()).translate(str.maketrans("", "", "│┤"))
    newest = told.after or (told.asking.open.text if told.asking and told.asking.open else "")
    if told.asking is not None and told.asking.open is not None and not told.asking.answers:
        newest = told.text + told.asking.open.text
    if not newest and (told.asking is None or not told.asking.answers):
        newest = told.text
    if app.desk.screen == "main" and not app.desk.message:
        from tuibp.render.typeset import typeset

        wanted = "".join(typeset(newest.replace("`", "")).split())
        assert wanted in screen, f"{told.title} {told.note}: {newest!r} is cut"


def cases(whole: bool) -> list[tuple[str, tuple[int, int], bool, str]]:
    """Every lesson; in every size, way and language, or in one that is drawn for it."""
    every = list(product(lesson_names(), SIZES, (True, False), LANGUAGES))
    if whole:
        return every
    draw = random.Random("lessons")
    return [draw.choice([case for case in every if case[0] == name]) for name in lesson_names()]


async def test_each_lesson_is_played_by_keys_from_first_to_last_page(
    whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size, right, language in cases(whole):
        monkeypatch.setattr("tuibp.locale.spoken", lambda language=language: language)
        async with program("nand", size) as (app, pilot):
            await begun(app, pilot, name)
            lesson = app.desk.lesson
            assert lesson is not None
            for number in range(len(lesson.lesson.pages)):
                assert lesson.mark.page == number
                await settled(app, pilot)
                await page_done(app, pilot, right)
                put(app, ["enter"])
                await settled(app, pilot)
            assert app.desk.lesson is None
            assert app.desk.marks.of(name).finished
            mark = app.desk.marks.of(name)
            assert mark.right == (mark.asked if right else 0)


def keeping(folder: Path) -> Callable[[Marks], None]:
    def learned(marks: Marks) -> None:
        (folder / FILE).write_bytes(marks.content())

    return learned


async def test_who_leaves_a_lesson_at_any_page_comes_back_to_it(tmp_path: Path) -> None:
    for name in lesson_names():
        async with program("nand") as (app, pilot):
            app.desk.learned = keeping(tmp_path)
            for number in range(len(lesson_of(name).pages)):
                app.desk.marks = Marks().with_mark(name, Mark(page=number))
                assert teaching.begin(app, name) == ""
                assert app.desk.lesson is not None
                kept = read_marks(tmp_path)
                assert kept.last == name
                assert kept.of(name).page == number
                page = lesson_of(name).pages[number]
                assert app.desk.state.preset.source == page.preset
                put(app, ["L"])
            await settled(app, pilot)
            put(app, ["L", "L", "L"])
            await settled(app, pilot)
            assert app.desk.lesson is None or app.desk.lesson.mark.page == number


@pytest.mark.parametrize("name", lesson_names())
def test_a_page_says_one_thing_in_both_languages(name: str) -> None:
    for number, page in enumerate(lesson_of(name).pages, start=1):
        for text in filter(None, (page.text, page.after)):
            assert len(text.en) <= 220, f"page {number}: {len(text.en)} characters"
            assert cell_len(text.zh_tw) <= 220, f"page {number}: {cell_len(text.zh_tw)} cells"
            assert NAMED.findall(text.en) == NAMED.findall(text.zh_tw), f"page {number}: other keys in Chinese"
            assert not re.search(r"[A-Za-z]{4,}", re.sub(r"`[^`]*`|sigmoid|tanh|relu|softmax|iris", "", text.zh_tw))


def test_the_lessons_stand_in_the_chapter_s_order() -> None:
    assert lesson_names() == tuple(name for name in LESSONS if name in lesson_names())


async def test_going_on_from_a_page_that_was_done_opens_nothing_anew() -> None:
    """Who follows a lesson stays in one session: a page that begins elsewhere says so by another network or example."""
    async with program("nand") as (app, pilot):
        await begun(app, pilot, "five-steps")
        lesson = app.desk.lesson
        assert lesson is not None
        pages = lesson.lesson.pages
        for page, following in pairwise(pages):
            if page.preset != following.preset:
                break
            await page_done(app, pilot, right=True)
            before = app.desk.history.length
            put(app, ["enter"])
            await settled(app, pilot)
            assert app.desk.history.length == before
        assert page is pages[7]


async def test_a_lesson_never_takes_the_keyboard() -> None:
    async with program("nand") as (app, pilot):
        await begun(app, pilot, "five-steps")
        put(app, ["]"])
        await settled(app, pilot)
        assert app.desk.state.nudge is not None
        put(app, ["enter"])
        await settled(app, pilot)
        assert app.desk.state.nudge is None
        assert app.desk.lesson is not None
        assert app.desk.lesson.mark.page == 0
        put(app, ["c"])
        await settled(app, pilot)
        assert app.desk.told is None
        put(app, ["L"])
        await settled(app, pilot)
        assert app.desk.told is not None


async def test_a_page_that_is_not_done_is_left_by_enter_twice() -> None:
    async with program("nand") as (app, pilot):
        await begun(app, pilot, "five-steps")
        put(app, ["enter"])
        await settled(app, pilot)
        lesson = app.desk.lesson
        assert lesson is not None
        assert lesson.mark.page == 0
        assert app.desk.message
        put(app, ["enter"])
        await settled(app, pilot)
        assert lesson.mark.page == 1
        assert app.desk.state.place.stop == 2
        put(app, [","])
        await settled(app, pilot)
        assert lesson.mark.page == 0
        assert app.desk.state.place.stop == 0


async def test_asked_first_each_step_has_its_question_and_space_shows_the_answer() -> None:
    async with program("xor") as (app, pilot):
        put(app, ["a"])
        await settled(app, pilot)
        quiz = app.desk.quiz
        assert quiz is not None
        for _ in range(5):
            assert quiz.asking is not None
            assert quiz.asking.open is not None
            await answered(app, pilot, right=True)
            put(app, ["space"])
            await settled(app, pilot)
        assert quiz.right == quiz.asked == 5
        before = quiz.asked
        put(app, ["1", "space", "space"])
        await settled(app, pilot)
        assert quiz.asked == before
        put(app, ["a"])
        await settled(app, pilot)
        assert app.desk.quiz is None


GOOD = (lesson_folder() / "five-steps.toml").read_text()
SPOILT = {
    "no TOML": ("[[page", "is not TOML"),
    "unknown key": (GOOD.replace("cursor =", "courser ="), "page[2].courser: there is no such key"),
    "unknown preset": (GOOD.replace('"mazur"', '"mazurka"'), "page[1].preset: unknown"),
    "unknown question": (GOOD.replace('"sign_of_delta"', '"sign_of_gamma"'), "page[3].ask.what: unknown"),
    "a question lacks its neuron": (
        GOOD.replace(", layer = 3, neuron = 1 }\nafter", ", layer = 3 }\nafter"),
        "ask.neuron: is missing",
    ),
    "unknown field": (GOOD.replace("until = { step", "until = { steps"), "until.steps: there is no such key"),
    "unknown operator": (GOOD.replace("at_least", "at_last"), "until.update.at_last: there is no such key"),
    "a key that opens a screen": (
        GOOD.replace('keys = "space"', 'keys = "space r"'),
        "page[2].keys: there is no key 'r'",
    ),
    "too many keys": (GOOD.replace('keys = "space"', 'keys = "u*900"'), "page[2].keys: presses more than"),
    "no Chinese": (re.sub(r", zh_TW = \"五個步驟\"", "", GOOD), "title.zh_TW: is missing"),
    "code": (
        GOOD.replace("layer = 3, neuron = 1 }\nafter", 'layer = "__import__(1)", neuron = 1 }\nafter'),
        "must be a whole number",
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_lesson_is_one_line_with_file_and_place(
    spoilt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, reason = SPOILT[spoilt]
    path = tmp_path / "mine.toml"
    path.write_text(content)
    with pytest.raises(BadInput) as told:
        lesson_of(str(path))
    assert "\n" not in str(told.value)
    assert "mine.toml" in str(told.value)
    assert reason in str(told.value)
    if path.exists():
        assert main(["lesson", "no-such"]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_marks_that_are_spoilt_are_nothing_learned_yet(tmp_path: Path) -> None:
    for content in (b"", b"{", b"[]", b'{"version": 1, "lessons": {"x": 3, "y": {"page": -5, "right": 9e9}}}', b"\xff"):
        (tmp_path / FILE).write_bytes(content)
        assert all(mark == Mark() for mark in read_marks(tmp_path).by_lesson.values())


def test_a_lesson_that_asks_what_its_network_has_not_says_which_page(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace("layer = 3, neuron = 1 }\nafter", "layer = 3, neuron = 9 }\nafter"))
    desk = Desk.of(load_once("nand"))
    app = TuibpApp(desk)
    desk.marks = Marks().with_mark(str(path), Mark(page=2))
    assert "page[3].ask: layer 3 has neurons 1 to 2" in teaching.begin(app, str(path))


SHOWN = {("gradients", 4), ("mistakes", 1)}
"""Pages on which the answer is on the screen: a gradient of 0 that is looked at; one that was checked already."""
REACHED = {"z": ("input",), "a": ("input",), "delta": ("input", "feedforward"), "gradient": ("backpropagate",)}


@pytest.mark.parametrize("name", lesson_names())
def test_no_page_shows_the_number_that_it_asks_for(name: str) -> None:
    for number, page in enumerate(lesson_of(name).pages, start=1):
        desk = Desk.of(load_once(page.preset))
        Bench.press(desk, page.keys)
        step, last = desk.state.stop.step, desk.state.network.last
        for ask in page.asks:
            if ask.what != "value" or (name, number) in SHOWN:
                continue
            assert ask.of is not None
            before = (*REACHED["a"], *REACHED["delta"], "output_error") if ask.of == "gradient" else REACHED[ask.of]
            before = (*before, "output_error") if ask.of == "delta" and ask.layer != last else before
            assert step in (*before, *REACHED["gradient"] * (ask.of == "gradient")), f"page {number}: {ask}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_title_and_page_number_are_whole_at_80_columns(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the title was too long, the number of the page had no room."""
    monkeypatch.setattr("tuibp.locale.spoken", lambda: language)
    async with program("nand") as (app, pilot):
        for name in lesson_names():
            await begun(app, pilot, name)
            told = app.desk.told
            assert told is not None
            heading = next(line for line in app.text().splitlines() if told.title in line)
            assert told.note in heading, heading


async def test_the_tile_that_is_asked_for_shows_a_question_mark() -> None:
    async with program("nand") as (app, pilot):
        await begun(app, pilot, "output-error")
        assert "│ δ       ? │" in app.text()
        await answered(app, pilot, right=True)
        assert "│ δ       ? │" not in app.text()
        await begun(app, pilot, "transpose")  # any neuron of the layer
        assert app.text().count("│ δ       ? │") == 2
        await begun(app, pilot, "vanishing")  # of a layer: no number is asked for
        assert "?" not in "".join(line[: app.stage._arranged.left] for line in app.text().splitlines()[:-1])


async def test_the_footer_says_what_enter_does_to_a_question() -> None:
    async with program("nand") as (app, pilot):
        await begun(app, pilot, "backpropagation")
        assert "enter go on" in app.text().splitlines()[-1]
        app.desk.marks = Marks().with_mark("backpropagation", Mark(page=2))
        await begun(app, pilot, "backpropagation")
        assert "enter answer" in app.text().splitlines()[-1]
