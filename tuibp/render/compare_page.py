"""What the comparison says as a whole: the title, what differs first, what was compared, and how sure it is."""

from __future__ import annotations

from itertools import groupby

from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.mistakes.comparison import Compared, Comparison
from tuibp.core.mistakes.sides import Sides
from tuibp.core.mistakes.table import MISTAKES
from tuibp.locale import _
from tuibp.render.compare_number import of_array
from tuibp.render.compare_words import apart, hint_of
from tuibp.render.lines import EMPTY, Line, Row, row_of, rows_of, spread, wrapped
from tuibp.render.numbers import significant, steady
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

GROUPS = ("forward", "delta", "grad", "new")
STEPS = {"z": 2, "a": 2, "delta": 4, "grad_w": 5, "grad_b": 5}
"""The step of the five in which an array is computed; the output's δ is step 3."""


def compare_title(scene: Scene, file: str, sides: Sides, width: int) -> Row:
    """File, sizes, functions; the cost."""
    palette, g, network = scene.palette, scene.glyphs, sides.task.network
    names = " ".join(dict.fromkeys(network.activations)).replace("_", " ")
    functions = f"{names}, {network.cost.replace('_', '-')}" if network.cost else names
    sizes = ("-" if g.ascii else "·").join(map(str, network.sizes))
    name = (sentence(file, g), palette.strong)
    left: Line = (name, ("  " + sizes, palette.ink), ("  " + functions, palette.quiet))
    cost = float(scene.state.walk.cost)
    right: Line = (
        (_("yours beside ours") + "   ", palette.ink),
        ("C ", palette.quiet),
        (steady(cost, 6, glyphs=g), palette.strong),
    )
    return row_of(spread(left, right, width - 2), width, indent=1)


def first_line(scene: Scene, sides: Sides, run: str, width: int) -> Row:
    """What differs first; of a run, which update is seen."""
    palette, g, verdict = scene.palette, scene.glyphs, sides.verdict
    first = verdict.first
    right: Line = ((sentence(run, g), palette.quiet),) if run else ()
    if first is None:
        left: Line = ((" " + _("Everything agrees") + " ", palette.badge), ("  " + _counted(verdict), palette.quiet))
        return row_of(spread(left, right, width - 1), width)
    name = typeset(of_array(first.quantity, first.layer), g)
    badge = palette.wrong + Style(reverse=True)
    left = ((" " + _("First difference") + " ", badge), (f" {name}", palette.wrong))
    step = 3 if first.quantity == "delta" and first.layer == sides.task.network.last else STEPS.get(first.quantity)
    where = _("in the update") if step is None else _("in step {n}").format(n=step)
    agree = [c for c in verdict.compared[: verdict.compared.index(first)] if c.agrees]
    left = (*left, (" " + where + ".", palette.quiet))
    if agree:
        before = " ".join(typeset(of_array(c.quantity, c.layer), g) for c in agree)
        said = "  " + (_("{names} agrees.") if len(agree) == 1 else _("{names} agree.")).format(names=before)
        if sum(len(t) for t, _s in left) + len(said) + sum(len(t) for t, _s in right) + 2 <= width:
            left = (*left, (said, palette.quiet))
    return row_of(spread(left, right, width - 1), width)


def _counted(verdict: Comparison) -> str:
    return _("{n} of {count} arrays").format(n=sum(c.agrees for c in verdict.compared), count=len(verdict.compared))


def compared_panel(scene: Scene, sides: Sides, width: int, height: int) -> Panel:
    """Every array that was brought, those alike in one line."""
    palette, g, verdict = scene.palette, scene.glyphs, sides.verdict
    first = verdict.first
    passed = verdict.compared.index(first) if first is not None else len(verdict.compared)

    def state_of(at: int, c: Compared) -> str:
        return "agrees" if c.agrees else "differs" if at == passed else "follows"

    def kind(item: tuple[int, Compared]) -> tuple[int, str, str]:
        """Forwards in order, then δ, gradients and what comes after, of each those that agree first."""
        at, c = item
        state = state_of(at, c)
        group = "forward" if c.quantity in ("z", "a") else c.quantity.partition("_")[0]
        return GROUPS.index(group), "" if group in ("forward", "delta") else state, state

    lines: list[Line] = []
    names_room = max(width // 2 - 4, 12)
    ordered = sorted(enumerate(verdict.compared), key=lambda item: kind(item)[:2])
    for (_group, _rank, state), members in groupby(ordered, key=kind):
        own = [c for _at, c in members]
        names = _joined([typeset(of_array(c.quantity, c.layer), g) for c in own], names_room, g.ellipsis)
        words = {"agrees": _("agree") if len(own) > 1 else _("agrees"), "differs": _("differs"),
                 "follows": _("follow") if len(own) > 1 else _("follows")}[state]  # fmt: skip
        style = {"agrees": palette.accent_line, "differs": palette.wrong, "follows": palette.quiet}[state]
        error = significant(max(c.max_error for c in own), 2, g)
        lines.append(((names.ljust(names_room + 2), palette.ink), (words.ljust(10), style), (error, palette.quiet)))
    agreeing = sum(c.agrees for c in verdict.compared)
    note = _("{n} of {count} arrays agree").format(n=agreeing, count=len(verdict.compared))
    return Panel(_("What was compared"), note, rows_of(lines, width, height, 2))


def _joined(names: list[str], room: int, ellipsis: str) -> str:
    """As many names as fit; the last one always."""
    text = " ".join(names)
    while len(text) > room and len(names) > 2:
        names = [*names[:-2], names[-1]]
        text = " ".join([*names[:-1], ellipsis, names[-1]])
    return text


def sure_panel(scene: Scene, sides: Sides, notes: tuple[str, ...], searching: bool, width: int, height: int) -> Panel:
    """Of how many known mistakes how many make these numbers, and whether the cost falls all the same."""
    palette, g, verdict = scene.palette, scene.glyphs, sides.verdict
    lines: list[Line] = []
    for text in (*_sure(sides, searching), *_cost(verdict), *notes):
        lines += wrapped(sentence(typeset(text, g), g), max(width - 2, 8), palette.ink)
        if height > 7:
            lines.append(EMPTY)
    return Panel(_("How sure"), "", rows_of(lines, width, height, 1))


def _sure(sides: Sides, searching: bool) -> list[str]:
    verdict = sides.verdict
    told = [
        _("Your a of layer {layer} is not f(z): the rest is compared from both, f′ taken from {of}.").format(
            layer=shown(layer), of=of)
        for layer, of in verdict.caches
    ]  # fmt: skip
    if searching or verdict.agrees:
        return told
    made, alike = verdict.mistakes, verdict.indistinguishable
    if not made:
        none = _("None of {count} known mistakes makes these numbers, nor do two.").format(count=len(MISTAKES))
        return [*told, *map(hint_of, verdict.hints), none]
    error = significant(max(m.max_rel_error for m in made), 2)
    if len(made) > 1:
        return [*told, _("Two known mistakes at once make these numbers, to {error}.").format(error=error)]
    if not made[0].everything:
        return [*told, _("It makes what differs first, not all that comes after: there is another one.")]
    count = len(MISTAKES)
    if not alike:
        one = _("1 of {count} known mistakes makes these numbers, to {error}.")
        return [*told, one.format(count=count, error=error)]
    several = _("{n} of {count} known mistakes make these very numbers.").format(n=1 + len(alike), count=count)
    return [*told, several, apart(sides.task, verdict)]


def _cost(verdict: Comparison) -> list[str]:
    if verdict.falls is None or verdict.agrees:
        return []
    before, after = (steady(c, 5) for c in verdict.falls)
    if verdict.falls[1] < verdict.falls[0]:
        return [_("Your cost falls all the same: {before} → {after}.").format(before=before, after=after)]
    return [_("A step along yours raises the cost: {before} → {after}.").format(before=before, after=after)]
