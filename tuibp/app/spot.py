"""The update, layer and neuron that a person asks for on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.core.index import counted
from tuibp.files.errors import BadInput, printable
from tuibp.locale import _
from tuibp.session.commands import Reset, Train
from tuibp.session.cursor import Cursor

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

MOST = 20_000
"""Updates that are made before the first picture, at the most."""


def go_to(desk: Desk, text: str) -> None:
    """Move a fresh desk to `UPDATE,LAYER,NEURON`; layer and neuron count from 1. Raises BadInput."""
    parts = text.split(",")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise BadInput(_("--at takes UPDATE,LAYER,NEURON, not {text}").format(text=repr(printable(text, 40))))
    update, layer, j = int(parts[0]), counted(int(parts[1])), counted(int(parts[2]))
    sizes = desk.state.network.sizes
    if not 0 <= layer < len(sizes) or not 0 <= j < sizes[layer]:
        raise BadInput(_("--at {text}: there is no such neuron").format(text=text))
    if update > MOST:
        raise BadInput(_("--at {text}: at most update {n:,}").format(text=text, n=MOST))
    see(desk, update, layer, j)


def see(desk: Desk, update: int, layer: int, j: int) -> None:
    """Move to that update of the run from the start, and to that neuron."""
    if desk.state.update:
        desk.do(Reset())
    if update:
        desk.do(Train(update))
    desk.look(cursor=Cursor(layer, j))
