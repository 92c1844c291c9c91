"""Lines put together from the parts that changed are the lines that Textual's own compositor renders."""

from __future__ import annotations

from random import Random

from textual._compositor import Compositor
from textual.strip import Strip

from tests.app.pressing import put, settled
from tests.drive import program
from tuibp.app.output.compositor import LinesCompositor, lighten

KEYS = [
    *(
        "space",
        "space",
        "right",
        "down",
        "v",
        "v",
        "tab",
        ">",
        "<",
        "]",
        "backspace",
        "escape",
        "question_mark",
        "escape",
    ),
    *("escape", "e", "3", "enter", "p", "escape", "o", "escape"),
]


async def test_lines_are_those_of_the_base_class_whatever_lies_on_the_screen() -> None:
    random, shared = Random("lines"), 0
    async with program("xor") as (app, pilot):
        before: list[Strip] = []
        for key in [*KEYS, *random.choices(KEYS, k=30)]:
            put(app, [key])
            await settled(app, pilot)
            compositor = app.screen._compositor
            lighten(compositor)
            assert isinstance(compositor, LinesCompositor)
            lines = compositor.render_strips()
            whole = Compositor.render_strips(compositor)
            assert [line.text for line in lines] == [line.text for line in whole], key
            assert lines == whole, key
            shared += sum(any(line is old for old in before) for line in lines)
            before = lines
            if key == "space":
                await pilot.resize_terminal(*random.choice([(80, 24), (120, 40)]))
    assert shared > 100
