"""Key scripts and the screens they lead to, as text that a review can read.

`TUIBP_UPDATE=1 python -m pytest tests/app/test_screens.py` writes them anew: read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.drive import press, program, screen_after
from tuibp.app.screens.picker import Picker
from tuibp.app.widgets.slot import Slot

PICTURES = Path(__file__).parent / "screens"
ANEW = bool(os.environ.get("TUIBP_UPDATE"))
"""Asked as the file is read: no test finds anybody's own choices in its environment."""
SCRIPTS = {
    "digits-input": ("digits", ""),
    "digits-feedforward": ("digits", "2 right up"),
    "digits-gradient": ("digits", "5"),
    "digits-weight": ("digits", "5 tab"),
    "digits-earlier": ("digits", "<*50"),
    "mazur-output-error": ("mazur", "3"),
    "mazur-backpropagate": ("mazur", "u*3 4"),
    "mazur-term": ("mazur", "s s s space*4"),
    "xor-nudge": ("xor", "5 tab ] ] ]"),
    "xor-demon": ("xor", "5 right d ]"),
    "xor-downhill": ("xor", "5 g ]"),
    "iris-softmax": ("iris", "3"),
    "deep-errors": ("deep-sigmoid", "5 c*5"),
    "deep-paths": ("deep-sigmoid", "5 right p down"),
    "single-neuron-step-4": ("single-neuron", "4"),
    "spirals-plane": ("spirals", "v*8"),
    "notebook": ("xor", "5 tab ] enter right ] ] enter n"),
    "open": ("mazur", "o up"),
    "help": ("mazur", "?"),
    "settings": ("mazur", "h"),
    "function": ("mazur", "5 f"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCRIPTS)
async def test_the_screen_after_these_keys_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    target, keys = SCRIPTS[name]
    screen = await screen_after(target, keys, size)
    path = PICTURES / f"{name}-{size[0]}x{size[1]}.txt"
    if ANEW:
        path.parent.mkdir(exist_ok=True)
        path.write_text(screen)
    # The last digits of a check differ between processors, and nothing else does.
    mark = re.compile(r"\de-1\d|\de−1\d")
    assert mark.sub("#", screen) == mark.sub("#", path.read_text())


async def test_a_screen_that_is_not_composed_yet_or_is_being_taken_down_is_not_painted() -> None:
    async with program("mazur") as (app, pilot):
        bare = Picker(app.desk)
        bare.paint()
        await press(pilot, "o")
        picker = app.screen
        assert isinstance(picker, Picker)
        await picker.query(Slot).remove()
        picker.paint()
        assert not picker.query(Slot)
