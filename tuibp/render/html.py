"""Screens one after another as one HTML page that a reader goes through: no network, nothing from elsewhere.

Styles are classes and equal rows are kept once; of each screen only the rows that differ from the one before are
written. Texts are data: a JSON block, put into the page as text nodes by a script of this file, and the page's own
policy lets no other script run.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tuibp.render.palette import Palette
from tuibp.render.svg import FONTS, colour_of

Run = tuple[int, int, str]
"""(class, cells, text) of equal cells in a row."""


class Reel:
    """Screens as they are added, kept small."""

    def __init__(self, palette: Palette) -> None:
        self._ground, self._ink = palette.colours["ground"], palette.colours["ink"]
        self._classes: dict[str, int] = {}
        self._rows: dict[tuple[Run, ...], int] = {}
        self._screens: list[tuple[str, list[tuple[int, int]]]] = []
        self._last: list[int] = []

    def __len__(self) -> int:
        return len(self._screens)

    def add(self, rows: Sequence[Iterable[Segment]], caption: str) -> None:
        """One more screen, as tall as those before."""
        now = [self._row(row) for row in rows]
        changed = [(y, row) for y, row in enumerate(now) if y >= len(self._last) or self._last[y] != row]
        self._screens.append((caption, changed))
        self._last = now

    def page(self, title: str, labels: dict[str, str]) -> str:
        """The whole file. `labels`: `keys` says how to go through it, `slider` what the slider is, in words."""
        data = json.dumps(
            {"rows": [*self._rows], "screens": self._screens}, ensure_ascii=False, separators=(",", ":")
        ).replace("<", "\\u003c")
        classes = "\n".join(f"#screen .c{number}{{{css}}}" for css, number in self._classes.items())
        policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(SCRIPT)}'"
        keys, slider = escape(labels["keys"]), escape(labels["slider"])
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
            f"<style>\n{self._style()}\n{classes}\n</style>\n</head>\n<body>\n<main>\n"
            f'<div id="screen" role="img" aria-describedby="caption"></div>\n'
            f'<input id="slider" type="range" min="0" max="{max(len(self._screens) - 1, 0)}" value="0" '
            f'aria-label="{slider}">\n<p><b id="place"></b> <span id="caption" aria-live="polite"></span></p>\n'
            f"<p>{keys}</p>\n</main>\n"
            f'<script type="application/json" id="data">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n'
        )

    def _style(self) -> str:
        return STYLE.replace("GROUND", self._ground).replace("INK", self._ink).replace("FONTS", FONTS)

    def _row(self, row: Iterable[Segment]) -> int:
        runs = tuple(
            (self._class(s.style or Style.null(), s.text), cell_len(s.text), s.text) for s in Segment.simplify(row)
        )
        return self._rows.setdefault(runs, len(self._rows))

    def _class(self, style: Style, text: str) -> int:
        fore, back = colour_of(style.color, self._ink), colour_of(style.bgcolor, self._ground)
        if style.reverse:
            fore, back = back, fore
        if set(text) == {"▀"}:  # as two grounds: fonts draw half blocks with seams
            css = f"background:linear-gradient({fore} 50%,{back} 50%);color:transparent"
        else:
            css = f"color:{fore}" + (f";background:{back}" if back != self._ground else "")
            css += ";font-weight:bold" if style.bold else ""
            css += ";opacity:.6" if style.dim else ""
        return self._classes.setdefault(css, len(self._classes))


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


STYLE = """body{margin:1em;background:GROUND;color:INK;font-family:FONTS;font-size:14px}
main{width:max-content;max-width:100%;margin:0 auto}
#screen{overflow-x:auto}
#screen div{white-space:pre;height:18px}
#screen i{display:inline-block;height:18px;line-height:18px;font-style:normal;overflow:visible;vertical-align:top}
#slider{width:100%;margin:1em 0 0}
p{line-height:1.4;margin:.4em 0}"""

SCRIPT = """
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const [screen, slider] = ["screen", "slider"].map((id) => document.getElementById(id));
const [place, caption] = ["place", "caption"].map((id) => document.getElementById(id));
let last = [];
const whole = data.screens.map(([, changed]) => {
  last = last.slice();
  for (const [y, row] of changed) last[y] = row;
  return last;
});
const shown = [];
function line(row) {
  const made = document.createElement("div");
  for (const [style, cells, text] of data.rows[row]) {
    const letters = [...text];
    // Signs of another font may be wider than a cell: each gets a place of its own.
    const apart = letters.length === cells && !/^[ -~]*$/.test(text);
    for (const part of apart ? letters : [text]) made.append(cell(style, apart ? 1 : cells, part));
  }
  return made;
}
function cell(style, cells, text) {
  const made = document.createElement("i");
  made.className = "c" + style;
  made.style.width = cells + "ch";
  made.textContent = text;
  return made;
}
function show(at) {
  whole[at].forEach((row, y) => {
    if (shown[y] === row) return;
    const made = line(row);
    if (y < screen.children.length) screen.children[y].replaceWith(made);
    else screen.append(made);
    shown[y] = row;
  });
  place.textContent = (at + 1) + "/" + whole.length;
  caption.textContent = data.screens[at][0];
  slider.value = at;
}
const moves = {
  ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, " ": 1, Backspace: -1, PageDown: 10, PageUp: -10,
  Home: -Infinity, End: Infinity,
};
document.addEventListener("keydown", (event) => {
  if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  show(Math.min(Math.max(Number(slider.value) + moves[event.key], 0), whole.length - 1));
});
slider.addEventListener("input", () => show(Number(slider.value)));
show(0);
"""
