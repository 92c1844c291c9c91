"""What is wrong on screens in Traditional Chinese, told line by line; in a process of its own, since tables of the
program speak the language that was chosen before they were made.

`python -m tests.chinese [SHARE] [PRESET…]` looks at SHARE (1: all) of key scripts × presets × sizes.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys

os.environ["TUIBP_LANG"] = "zh-TW"

from rich.cells import cell_len, set_cell_size

from tests.drive import SIZES, press, program
from tuibp.app.app import TuibpApp
from tuibp.app.glossary import GLOSSARY
from tuibp.files import preset_names
from tuibp.render import lines

PRESETS = [name for name in preset_names() if name != "million"]
KEYS = (
    "", "2", "3", "4", "5", "5 tab", "3 right", "4 right up", "s s 4", "s s s space*4", "5 tab ] ]", "5 right d ]",
    "5 g ]", "u", "u c", "t*2 c c", "u*3 4", "u c c c", "v*2 5", "v*5 5", "v*7", "5 k", "5 k k", "5 tab p down",
    "5 tab p b", "5 tab p b space*3", "3 P", "3 P space*3", "4 P space*3", "5 tab P space*9", "3 m", "4 m space*3",
    "m h", "b", "5 b", "5 b v", "r", "f", "n", "5 tab ] enter n", "h", "o", "?", "? w e i", "y y y", "i", "w", "=",
    "5 ] o", "tab ] u", "R", "N", "x", "Z", "W", "<", "e",
)  # fmt: skip
NAMES = re.compile(
    r"""tuibp|sigmoid|tanh|(?:leaky_)?relu|linear|softmax|numpy|Jacobian|setosa|versicolor|virginica|NAND|XOR|epoch
    |enter|esc|tab|home|end|pgup|pgdn|shift|ctrl|space|shell|fg|CSV|HTML|JSON|SVG|LaTeX|OSC|Glorot|MSE|diagnose|compare
    |\.(?:toml|json|npz|safetensors|csv|svg|txt|tuibp|html)|\bBP\b|cost|log|mazur\S*
    |inner|outer|\bexp\b|SGD|RMSProp|AdamW?
    |also|w\.grad|b\.grad|grad_\w+""",
    re.VERBOSE,
)
WORD = re.compile(r"[A-Za-z]{3,}")
CODE = re.compile(r"[=@]|\.T\b|np\.|\(\w+,")
ELSEWHERE = {word for term in GLOSSARY for word in WORD.findall(f"{term.english}, {term.elsewhere}")}
"""Names in English and in other courses, which the glossary gives."""
PRESET_NAMES = re.compile("|".join(sorted(map(re.escape, preset_names()), key=len, reverse=True)))


class Cuts:
    """What rows lost because they were too long."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def __call__(self, text: str, cells: int) -> str:
        kept = set_cell_size(text, cells)
        if sys._getframe(1).f_code.co_name == "row_of" and text[len(kept.rstrip()) :].strip():
            self.found.add(text)
        return kept


def english(row: str) -> list[str]:
    return [word for word in WORD.findall(NAMES.sub("", PRESET_NAMES.sub("", row))) if word not in ELSEWHERE]


async def look(target: str, keys: str, size: tuple[int, int], cuts: Cuts) -> list[str]:
    cuts.found.clear()
    async with program(target, size) as (app, pilot):
        await press(pilot, keys)
        assert isinstance(app, TuibpApp)
        app.desk.pause()
        rows = [strip.text for strip in app.strips()]
    wrong = [f"{cell_len(row)} cells: {row}" for row in rows if cell_len(row.rstrip()) > size[0]]
    wrong += [f"cut: {text}" for text in cuts.found]
    code = " k" in keys
    wrong += [f"{words}: {row.strip()}" for row in rows if (words := english(row)) and not (code and CODE.search(row))]
    return wrong


async def main(share: float, presets: list[str]) -> None:
    cuts = Cuts()
    vars(lines)["set_cell_size"] = cuts
    told: set[str] = set()
    rnd = random.Random("chinese")
    for target in presets:
        for keys in KEYS:
            for size in SIZES:
                if rnd.random() < share:
                    for line in await look(target, keys, size, cuts):
                        if line not in told:
                            told.add(line)
                            print(f"{target} {size[0]}x{size[1]} [{keys}] {line}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if sys.argv[1:] else 1.0, sys.argv[2:] or PRESETS))
