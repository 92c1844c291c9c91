"""The race of (46): three ways to every ∂C/∂w, each a lane with a bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.style import Style

from tuibp.core.kinks import corner
from tuibp.core.race import Race
from tuibp.locale import _
from tuibp.render.lines import Line, Row, row_of, rows_of, spread, wrapped
from tuibp.render.numbers import duration, ratio, significant
from tuibp.render.padding import at_right
from tuibp.render.paragraphs import Paragraph, fitted
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset


def race_line(scene: Scene, width: int) -> Row:
    """The step line while a race is looked at."""
    palette, g = scene.palette, scene.glyphs
    text = sentence(_("∂C/∂w for every weight, three ways"), g)
    line: Line = ((f" {_('Race')} ", palette.badge), (" " + text, palette.quiet))
    return row_of(spread(line, (("(46)", palette.quiet),), width - 1), width)


def race_lanes(scene: Scene, width: int, height: int, race: Race | None) -> Panel:
    """What has been run so far; before the first record the lanes stand empty."""
    palette, g = scene.palette, scene.glyphs
    lanes = [_lane(scene, width, lane) for lane in (_backprop(scene, race), _plain(scene, race), _careful(scene, race))]
    paragraphs = [Paragraph(lane, apart=i > 0) for i, lane in enumerate(lanes)]
    told = [line for text in verdict(race) for line in wrapped(sentence(text, g), max(width - 2, 8), palette.ink)]
    paragraphs.append(Paragraph(tuple(told)))
    return Panel("", "", rows_of(fitted(paragraphs, height), width, height, 1))


@dataclass(frozen=True)
class Lane:
    name: str
    how: str
    share: float
    """How much of it is done, 0 to 1."""
    count: str
    seconds: float | None
    style: Style
    extrapolated: bool = False
    """The time is that of all, from a sample of them."""


def _backprop(scene: Scene, race: Race | None) -> Lane:
    style = scene.palette.accent_line
    name, how = _("Backpropagation"), _("one pass forward, one back")
    if race is None:
        return Lane(name, how, 0.0, scene.glyphs.dot, None, style)
    return Lane(name, how, 1.0, _("2 passes"), race.seconds_backprop, style)


def _plain(scene: Scene, race: Race | None) -> Lane:
    style = scene.palette.positive
    name, how = _("Finite differences"), _("N + 1 passes, one weight at a time")
    if race is None:
        return Lane(name, how, 0.0, scene.glyphs.dot, None, style)
    return Lane(name, how, race.run / race.needed, f"{race.run:,} / {race.needed:,}", race.seconds_run, style)


def _careful(scene: Scene, race: Race | None) -> Lane:
    style = scene.palette.quiet
    name, how = _("Only what lies downstream"), _("many weights in one product")
    if race is None or not race.careful.done:
        return Lane(name, how, 0.0, scene.glyphs.dot, None, style)
    done = race.careful
    count = _("work of {passes} passes").format(passes=significant(done.passes, 3, scene.glyphs))
    sampled = done.wanted < race.parameters
    seconds = done.seconds if sampled else done.seconds_run
    return Lane(name, how, done.done / done.wanted, count, seconds, style, sampled)


def _lane(scene: Scene, width: int, lane: Lane) -> tuple[Line, Line]:
    """The lane's name, and below it a bar with what it counts and the time it took."""
    palette, g = scene.palette, scene.glyphs
    bar = max(width - 2 - 21 - 10, 8)
    done = min(round(lane.share * bar), bar)
    mark, rest = ("=", "-") if g.ascii else ("━", "─" if palette.depth == "none" else "━")
    about = g.approx + " " if lane.extrapolated else ""
    time = about + duration(lane.seconds, g) if lane.seconds is not None else ""
    first: Line = ((lane.name, palette.strong), ("  " + lane.how, palette.quiet))
    second: Line = (
        (mark * done, lane.style),
        (rest * (bar - done), palette.line),
        (at_right(lane.count, 21), palette.ink),
        (at_right(time, 10), lane.style),
    )
    return first, second


def verdict(race: Race | None) -> list[str]:
    """What the race says, as far as it has come; nothing before the first difference."""
    if race is None or race.speedup is None or race.run < 2:
        return []
    faster = ratio(race.speedup)
    error = race.max_rel_error or 0.0
    text = (
        _("{faster}× faster; some differences are no number, so there is nothing to compare with.")
        if not math.isfinite(error)
        else _("{faster}× faster; a difference reaches across a corner: {corner}")
        if race.kinks
        else _("{faster}× faster and exact; the differences are off by up to {off} relative.")
    ).format(faster=faster, off=significant(error, 2), corner=typeset(corner(race.kinks[0])) if race.kinks else "")
    if race.finished:
        return [text]
    whole = race.seconds_finite_difference or 0.0
    rest = _("All {needed:,} passes would take {time}: extrapolated from {run:,}.").format(
        needed=race.needed, time=duration(whole), run=race.run
    )
    return [text, rest]
