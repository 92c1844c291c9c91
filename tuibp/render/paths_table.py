"""The paths from a weight to the cost as a table, the strongest first (53)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.notation import weight
from tuibp.core.paths import Path, Paths
from tuibp.locale import _, ngettext
from tuibp.render.lines import Line, Row, row_of, rows_of, spread
from tuibp.render.numbers import NumberFormat, deviation, percent, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.window import window

SHARE = 16
"""Cells of the bar of what the paths so far explain, the percentage included."""


def paths_line(scene: Scene, width: int, found: Paths) -> Row:
    """The step line while paths are looked at: how many there are, and what they add up to."""
    palette, g = scene.palette, scene.glyphs
    name = typeset(_name(found), g)
    count = many(found.total, scene)
    told = ngettext("{n} way from {which} to C.", "{n} ways from {which} to C.", found.total)
    before, number, after = told.format(n=count, which=name).partition(count)
    head: Line = (
        (f" {_('Paths')} ", palette.badge),
        (" " + before, palette.quiet),
        (number, palette.strong),
        (after, palette.quiet),
    )
    total: Line = (
        ("  " + sentence(_("Their sum is ∂C/∂{name} = ").format(name=name), g), palette.quiet),
        (significant(found.sum, 4, g), palette.accent),
    )
    line = spread((*head, *total), (("(53)", palette.quiet),), width - 1)
    return row_of(line, width)


def paths_extra(scene: Scene, found: Paths) -> Line:
    """What the title line says of them: `paths from w²₂₁`."""
    name = typeset(_name(found), scene.glyphs)
    before, told, after = _("paths from {name}").format(name=name).partition(name)
    return ((before, scene.palette.quiet), (told, scene.palette.accent), (after, scene.palette.quiet))


def many(count: int, scene: Scene) -> str:
    """An exact count, or its size where it has more than fifteen digits."""
    if count < 10**15:
        return f"{count:,}"
    return significant(float(count), 2, scene.glyphs)


def _name(found: Paths) -> str:
    if found.k is None:
        return f"b^{shown(found.layer)}_{shown(found.j)}"
    return weight(found.layer, found.j, found.k)


def paths_table(scene: Scene, width: int, height: int, found: Paths, listed: Sequence[Path], chosen: int = 0) -> Panel:
    """The paths found so far in a window around the chosen one; below them the rest, and all beside backprop."""
    palette, g = scene.palette, scene.glyphs
    room = max(height - 3, 1)
    rows = window(len(listed), room, chosen)
    columns = _Columns(scene, width, [listed[i] for i in rows], bool(found.absolute_sum), cell_len(_all(found, scene)))
    lines = [columns.head()]
    lines += [columns.row(listed[i], i == chosen, _word(found)) for i in rows]
    seen = rows.stop
    rest = found.total - seen
    if rest > 0:
        running = listed[seen - 1].running_sum if seen else 0.0
        more = sentence(_("and {n} more").format(n=many(rest, scene)), g)
        lines.append(columns.summed(more, found.sum - running, palette.quiet, ""))
    off = abs(found.sum - found.backprop) / abs(found.backprop) if found.backprop else abs(found.sum)
    agrees = _("to {off}").format(off=deviation(off, g)) if off else _("to the bit")
    lines.append(columns.summed(_all(found, scene), found.sum, palette.accent, agrees))
    note = sentence(_("so far: with those above, of all that flows, Σ|·|"), g)
    return Panel(_("Strongest paths"), note, rows_of(lines, width, height), title_accent=True)


def path_at(height: int, count: int, chosen: int, y: int) -> int | None:
    """Which of so many paths stands in a line of the table."""
    rows = window(count, max(height - 3, 1), chosen)
    return rows[y - 1] if 0 <= y - 1 < len(rows) else None


def _all(found: Paths, scene: Scene) -> str:
    return ngettext("the {n} path  = backprop", "all {n} paths  = backprop", found.total).format(
        n=many(found.total, scene)
    )


def _word(found: Paths) -> str:
    return "b" if found.k is None else "w"


class _Columns:
    """Path, rate factors, product, share. What is least needed is shortened first: factors, then the path's middle."""

    def __init__(self, scene: Scene, width: int, listed: Sequence[Path], flows: bool = True, least: int = 0) -> None:
        """`least` cells before the product are for the sum's name."""
        self.scene, self.width, self.flows = scene, width, flows
        longest = max((cell_len(self._path(p, "w", 99)) for p in listed), default=8)
        count = max((len(p.factors) for p in listed), default=1)
        product = 12
        bar = SHARE if width >= 60 else 7
        room = max(width - 3 - product - bar - 3, 8)
        self.path = min(longest, max(room - 6 * min(count, 3), 12), room)
        self.factors = max(min((room - self.path - 2) // 6, count), 0)
        self.path = max(self.path, min(least - 2, room - 2) - self.factors * 6)
        self.common = self._common(listed) if self.factors == count - 1 else None
        self.product_at = 3 + self.path + 2 + self.factors * 6 + 1
        self.bar = bar
        self.number = NumberFormat(5, 2, plus=True, short=True, glyphs=scene.glyphs)

    def _common(self, listed: Sequence[Path]) -> float | None:
        """The first factor, from the weight to its neuron, where all paths share it."""
        firsts = {p.factors[0] for p in listed}
        return firsts.pop() if len(firsts) == 1 else None

    def head(self) -> Line:
        quiet, g = self.scene.palette.quiet, self.scene.glyphs
        factors = _("rate factors") if self.factors * 6 >= 12 else ""
        if self.common is not None and self.factors * 6 >= 24:
            factors = sentence(_("rate factors, each · {first}").format(first=self.number(self.common).strip()), g)
        text = f"   {at_left(_('path'), self.path)}  {at_left(factors, self.factors * 6)} " + at_right(_("product"), 11)
        return ((text, quiet), (at_right(sentence(_("so far"), g), 7), quiet))

    def row(self, path: Path, here: bool, word: str) -> Line:
        palette, g = self.scene.palette, self.scene.glyphs
        mark = g.pointer if here else " "
        text = f" {mark} {self._path(path, word, self.path):{self.path}}  "
        style: Style = palette.accent if here else palette.ink
        factors = "".join(self.number(f) + " " for f in path.factors[-self.factors :]) if self.factors else ""
        product = self._product(path.product)
        share = ("" if not self.flows else "<1 %" if path.share < 0.01 else percent(path.share, 2, g)).rjust(7)
        room = self.bar - 8
        bar = g.bar * max(round(path.share * room), 0) if room > 0 and self.flows else ""
        return (
            (text, style),
            (factors.ljust(self.factors * 6), palette.quiet),
            (" " + product.rjust(11), palette.signed(path.product)),
            (share, palette.ink),
            (" " + bar, palette.quiet),
        )

    def summed(self, text: str, value: float, style: Style, end: str) -> Line:
        palette = self.scene.palette
        before = self.product_at - 4
        return (
            (
                "   " + at_left(set_cell_size(text, min(cell_len(text), before)), before),
                palette.quiet if style is palette.quiet else palette.ink,
            ),
            (" " + self._product(value).rjust(11), style),
            ("  " + end, palette.quiet),
        )

    def _product(self, value: float) -> str:
        text = significant(value, 3, self.scene.glyphs)
        return "+" + text if value > 0 else text

    def _path(self, path: Path, word: str, room: int) -> str:
        """`w→2→1→4→C`; its middle is left out where it is too long."""
        arrow = ">" if self.scene.glyphs.ascii else "→"
        steps = [word, *(str(shown(n)) for n in path.neurons), "C"]
        text = arrow.join(steps)
        if cell_len(text) <= room:
            return text
        for kept in range(len(steps) - 2, 1, -1):
            cut = arrow.join([*steps[: (kept + 1) // 2], self.scene.glyphs.ellipsis, *steps[len(steps) - kept // 2 :]])
            if cell_len(cut) <= room:
                return cut
        return text[:room]
