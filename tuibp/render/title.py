"""The two lines above the panels: what is open, and where one stands in the five steps or in a nudge."""

from __future__ import annotations

from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.steps import TITLES
from tuibp.core.training import rate_at
from tuibp.core.verdict import verdict
from tuibp.core.words import cost_name
from tuibp.locale import _
from tuibp.render.lines import Line, Row, row_of, spread, width_of
from tuibp.render.numbers import grouped, significant, steady
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence
from tuibp.session.pace import TOP, Progress
from tuibp.session.place import phase_of
from tuibp.session.reach import progress


def title_line(scene: Scene, width: int, extra: Line = (), without: tuple[str, ...] = ()) -> Row:
    """Name, sizes and functions on the left; on the right example, update, η and cost. What fits least goes first.

    `extra` stands before the cost, as `paths from w²₂₁` does; parts on the right that do not hold are left out.
    """
    left, right = _left(scene), _right(scene, extra)
    for part in without:
        right.pop(part, None)
    order = [("change", right), ("eta", right), ("cost", left), ("functions", left)]
    if scene.line:  # that explains why so little moves, so it stays before what the grid shows as well
        order += [("sizes", left), ("example", right)]
    order += [("update", right), ("says", right), ("example", right), ("line", right), ("sizes", left)]
    order += [("extra", right), ("C", right)]
    gap = 2 if scene.compact else 4
    for name, side in order:
        if _needs(left, 2) + _needs(right, gap) + 4 <= width:
            break
        side.pop(name, None)
    return row_of(spread(_joined(left, 2), _joined(right, gap), width - 2), width, indent=1)


def _left(scene: Scene) -> dict[str, Line]:
    state, palette = scene.state, scene.palette
    network = state.network
    dot = "-" if scene.glyphs.ascii else "·"
    names = list(dict.fromkeys(network.activations))
    functions = network.activations if len(names) > 1 and len(network.activations) <= 3 else names
    own = dict.fromkeys(m.activation for m in network.modified)
    comma = _(", ") if network.cost else ""
    return {
        "name": ((sentence(state.preset.name, scene.glyphs), palette.strong),),
        "sizes": ((dot.join(map(str, network.sizes)), palette.ink),),
        "functions": ((" + ".join([" ".join(map(_spoken, functions)), *map(_spoken, own)]), palette.quiet),),
        "cost": ((comma + cost_name(network.cost), palette.quiet),),
    }


def _rate(scene: Scene) -> Line:
    """η as the next update has it, where a schedule changes it from epoch to epoch; and whose it is, if not SGD's."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    whose = "" if state.settings.optimiser == "sgd" else OPTIMISERS[state.settings.optimiser].title + " "
    eta = rate_at(state.settings, len(state.preset.data.train), state.update)
    written = significant(eta, 4, g, typed=True) if eta % 1 else f"{eta:.1f}"
    return ((whose + sentence("η ", g), palette.quiet), (written, palette.ink))


def _right(scene: Scene, extra: Line) -> dict[str, Line]:
    state, palette, g = scene.state, scene.palette, scene.glyphs
    quiet, ink, strong = palette.quiet, palette.ink, palette.strong
    cost = state.walk.cost
    parts: dict[str, Line] = {
        "line": ((sentence(scene.line, g), quiet),) if scene.line else (),
        "example": ((_("example") + " ", quiet), (_which(scene), ink)),
        "update": ((_("update") + " ", quiet), (grouped(state.update), ink)),
        "eta": _rate(scene),
        "extra": extra,
        "says": _verdict(scene),
        "C": (("C ", quiet), (steady(cost, 6, glyphs=scene.glyphs), quiet if state.nudge else strong)),
    }
    if state.wants_target:
        parts["C"] = ((_("no target"), quiet),)
    experiment = state.experiment
    if experiment is not None:
        parts["C"] = (
            ("C ", quiet),
            (steady(cost, 6, glyphs=scene.glyphs), ink),
            (f" {g.arrow} ", quiet),
            (steady(experiment.cost_after, 6, glyphs=scene.glyphs), strong),
        )
    updated = scene.updated
    if updated is not None and experiment is None:
        was, now = updated.here
        before: Line = ((steady(was, glyphs=scene.glyphs), quiet), (f" {g.arrow} ", quiet))
        parts["C"] = (("C ", quiet), *before, (steady(now, glyphs=scene.glyphs), strong))
    elif scene.mean is not None:
        parts["C"] = ((_("C all") + " ", quiet), (steady(scene.mean, glyphs=scene.glyphs), strong))
    change = _last_change(scene)
    if change is not None and experiment is None and updated is None:
        parts["change"] = ((significant(change, 2, g), palette.accent_line if change <= 0 else palette.positive),)
    return parts


def _which(scene: Scene) -> str:
    state = scene.state
    return _("of your own") if state.own is not None else f"{shown(state.example)}/{len(state.preset.data)}"


def _verdict(scene: Scene) -> Line:
    """`says 9 ≠ 1`, or `says 1 ✓`, where outputs are classes and no nudge changes them."""
    state, palette = scene.state, scene.palette
    told = verdict(state.walk.output, state.preset.data, state.label)
    if told is None or state.nudge is not None:
        return ()
    said: Line = ((_("says") + " ", palette.quiet),)
    if not told.right:
        return (*said, (sentence(told.says, scene.glyphs), palette.ink))
    if told.is_right:
        return (
            *said,
            (sentence(told.says, scene.glyphs) + " ", palette.ink),
            (scene.glyphs.right, palette.accent_line),
        )
    return (
        *said,
        (sentence(told.says, scene.glyphs), palette.wrong),
        (f" {scene.glyphs.unequal} ", palette.quiet),
        (sentence(told.right, scene.glyphs), palette.strong),
    )


def _last_change(scene: Scene) -> float | None:
    """How much the last update changed C. Only where all updates are of the one example is that a number one has."""
    state, curve = scene.state, scene.curve
    if curve is None or len(state.preset.data) != 1 or state.own is not None:
        return None
    before = curve.before_last()
    return None if before is None else state.walk.cost - before


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _joined(parts: dict[str, Line], gap: int) -> Line:
    line: Line = ()
    for name, part in parts.items():
        if part:
            between = 0 if not line or name == "cost" else gap
            line = (*line, (" " * between, part[0][1]), *part) if between else (*line, *part)
    return line


def _needs(parts: dict[str, Line], gap: int) -> int:
    return width_of(_joined(parts, gap))


_FORMS = ((2, 5, 3), (1, 5, 3), (1, 5, 2), (1, 5, 1), (1, 5, 0), (1, 1, 3), (1, 1, 1), (1, 0, 1))
"""Gap, names and detail of the step line, the fullest first."""
_FINE_FORMS = ((2, 5, 3), (1, 5, 3), (1, 1, 3), (1, 1, 2), (1, 1, 1), (1, 0, 1))
"""Within a layer the neuron and the term are worth more than the names of the other steps."""


def training_line(scene: Scene, progress: Progress, width: int) -> Row:
    """`▶ TRAINING  epoch 16 of 100 · 40 updates/s`, with a bar and the seconds that are left where there is room."""
    palette, g = scene.palette, scene.glyphs
    quiet, ink = palette.quiet, palette.ink
    pace = _("as fast as it can") if progress.pace > TOP else _("{n} updates/s").format(n=f"{progress.pace:,.3g}")
    if progress.pace >= 1000 and progress.pace <= TOP:
        pace = _("{n} updates/s").format(n=f"{progress.pace:,.0f}")
    left: Line = (
        (f" {sentence('▶', g)} {_('TRAINING')} ", palette.badge), (" ", quiet), (_("epoch") + " ", quiet),
        (grouped(progress.epoch), ink), (" " + _("of {n}").format(n=grouped(progress.epochs)), quiet),
        (" · " if not g.ascii else " - ", quiet), (pace, ink), ("  ", quiet),
    )  # fmt: skip
    right: Line = ((_("{n} s left").format(n=grouped(max(round(progress.left), 0))), quiet),)
    room = min(width - width_of(left) - width_of(right) - 4, 40)
    if room < 8:
        return row_of(left, width)
    done = round(progress.share * room)
    bar, rest = sentence("━", g) * done, sentence("─", g) * (room - done)
    return row_of((*left, (bar, palette.accent_line), (rest, palette.line), ("  ", quiet), *right), width)


def step_line(scene: Scene, width: int) -> Row:
    """The five steps with a badge on the current one; of a training run where it is."""
    if scene.progress is not None:
        return training_line(scene, scene.progress, width)
    line, right = _fitting_steps(scene, width)
    return row_of(spread(line, right, width - 1), width)


def step_at(scene: Scene, width: int, x: int) -> int | None:
    """Which of the five steps, 1 to 5, stands at a cell of the step line; None between them and while training."""
    if scene.progress is not None:
        return None
    at, number = 0, 0
    for text, _style in _fitting_steps(scene, width)[0]:
        named = any(character.isdigit() for character in text) and text.strip()[:1].isdigit()
        number += named
        if at <= x < at + cell_len(text):
            return number if named else None
        at += cell_len(text)
    return None


def _fitting_steps(scene: Scene, width: int) -> tuple[Line, Line]:
    """The steps in the fullest form that fits, and the counter."""
    state, palette = scene.state, scene.palette
    at, count = map(grouped, progress(state, scene.view.step_size))
    counter = f"{at}/{count}" if scene.compact else _("step {at} of {count}").format(at=at, count=count)
    right: Line = ((counter, palette.quiet),)
    for gap, names, detail in _FORMS if state.place.neuron is None else _FINE_FORMS:
        if gap == 2 and scene.compact:
            continue
        line = _steps(scene, gap, names, detail)
        if width_of(line) + width_of(right) + 2 <= width:
            break
    return line, right


def _steps(scene: Scene, gap: int, names: int, detail: int) -> Line:
    """`names` 5: all steps by name; 1: only the current one; 0: none."""
    palette, current = scene.palette, phase_of(scene.state.stop)
    line: Line = ()
    for number, name in enumerate(TITLES):
        words = str(number + 1) if names < 5 else f"{number + 1} {name}"
        # A badge has a cell of its colour at either side: what stands between is one cell less there.
        if number:
            trim_left, trim_right = number - 1 == current, number == current
            line = (
                *line,
                (" " * (gap - trim_left), palette.quiet),
                (scene.glyphs.separator, palette.line),
                (" " * (gap - trim_right), palette.quiet),
            )
        if number == current:
            line = (*line, (f" {_badge(scene, detail) if names else number + 1} ", palette.badge))
        else:
            pad = " " if number == 0 else ""
            line = (*line, (pad + words, palette.ink if number < current else palette.quiet))
    return line


def _badge(scene: Scene, detail: int = 3) -> str:
    """`4 Backpropagate layer 2`, with neuron and term where the step is as fine as that."""
    state = scene.state
    phase, place = phase_of(state.stop), state.place
    words = [f"{phase + 1} {TITLES[phase]}"]
    if state.stop.layer is not None and phase in (1, 3, 4) and detail >= 1:
        words.append(_("layer {layer}").format(layer=shown(state.stop.layer)))
    if place.neuron is not None and detail >= 2:
        words.append(_("neuron {j}").format(j=shown(place.neuron)))
    if place.term is not None and detail >= 3:
        words.append(_("term {n}").format(n=shown(place.term)))
    return " ".join(words)
