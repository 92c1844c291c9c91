"""What the terminal shows while Textual is still being imported is what the program shows then, cell by cell."""

from __future__ import annotations

import pytest

from tests.drive import program
from tuibp.app.desk import Desk
from tuibp.app.output.cells import cells_of
from tuibp.app.output.first import color_system
from tuibp.app.start import first_picture
from tuibp.app.terminal import Colors, Terminal
from tuibp.files import load
from tuibp.render import plot

TERMINALS = [
    Terminal(),
    Terminal(light=True),
    Terminal(utf8=False),
    *(Terminal(colors=colors, light=light) for colors in ("256", "16", "none") for light in (False, True)),
]
CASES = [(terminal, size) for terminal in TERMINALS for size in ((80, 24), (120, 40))] + [
    (Terminal(), size) for size in ((200, 60), (48, 14), (30, 8))
]


def of(terminal: Terminal, columns: int, rows: int) -> Terminal:
    colors: Colors = terminal.colors
    return Terminal(colors=colors, utf8=terminal.utf8, light=terminal.light, columns=columns, rows=rows)


@pytest.mark.parametrize(("terminal", "size"), CASES, ids=str)
async def test_the_program_takes_over_without_changing_a_cell(terminal: Terminal, size: tuple[int, int]) -> None:
    plot.load()  # as for the program below: without it the plot's panel is still empty
    terminal = of(terminal, *size)
    system = color_system(terminal)
    first = [cells_of(row, size[0], system) for row in first_picture(Desk.of(load("digits")), terminal)]
    async with program("digits", size, terminal) as (app, _pilot):
        strips = app.screen._compositor.render_strips()
        assert [cells_of(strip, size[0], system) for strip in strips] == first
