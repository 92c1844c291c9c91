"""The equation panel: how the number under the cursor was made, and what it means here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style

from tuibp.core.explained_step import explain_step
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.lines import Line, Row, blank, rows_of
from tuibp.render.opening import opening
from tuibp.render.paragraphs import GENERAL, NOTE, Paragraph, fitted, height_of, within
from tuibp.render.scene import Panel, Scene
from tuibp.render.setting import Setting

if TYPE_CHECKING:
    from tuibp.core.symbols import Symbol

MARGIN = 2
"""Empty cells before a line."""
LEAST = 6
"""Rows below an equation in which a curve can be seen."""
ENDLESS = 10_000
"""Rows of a panel that is scrolled: nothing is left out."""

SYMBOLS_WIDTH = 60
"""Of an equation whose symbols are counted: where they stand depends on the width, what they are does not."""
WORDS = 5
"""Lines of what a symbol is: so many are kept for it, that the equation stays where it is."""

SHORTER = ((3, False), (2, False), (2, True), (1, True))
"""How many terms a long sum shows at least, and whether lines are joined: the equation itself is worth more."""

Told = tuple[str, str, list[Paragraph]]
"""Title, note and what stands below."""


def equation(scene: Scene, width: int, height: int, offset: int = 0) -> Panel:
    """The panel's inside. With an `offset` nothing is left out, and so many lines are scrolled away."""
    if _is_of_plane(scene) and not offset:
        from tuibp.render.plane_panel import plane_panel  # who never looks at it does not wait for it

        return plane_panel(scene, width, height)
    if scene.symbol is not None:
        return _at_symbol(scene, scene.symbol, width, height)
    room = ENDLESS if offset else height
    title, note, paragraphs = told(scene, width, room)
    lines = fitted(paragraphs, room)[offset:]
    below = [] if offset else _below(scene, width, height - len(lines) - 1)
    rows = rows_of(lines, width, height - len(below), MARGIN)
    return Panel(title, note, [*rows, *below], title_accent=True)


def with_symbol(scene: Scene) -> Scene:
    """The scene with the symbol that the view's cursor is on, where there is an equation."""
    found = symbols_of(scene) if scene.view.symbol is not None else []
    return replace(scene, symbol=found[min(scene.view.symbol or 0, len(found) - 1)]) if found else scene


def symbols_of(scene: Scene) -> list[Symbol]:
    """The symbols of the equation under the cursor, in the order in which they are read."""
    from tuibp.render.symbols import all_of  # for who asks for them

    if scene.state.nudge is not None or scene.updated is not None or scene.view.code:
        return []
    paragraphs = _told(scene, Setting.of(scene, SYMBOLS_WIDTH), ENDLESS)[2]
    return all_of(paragraphs, scene)


def _at_symbol(scene: Scene, symbol: Symbol, width: int, height: int) -> Panel:
    """The equation with the cursor on a symbol, and at the panel's end what that is."""
    from tuibp.render.symbols import told_of

    setting = _setting(scene, width)
    words = told_of(scene, setting, symbol)
    above = _above_words(scene, width, height, symbol)
    title, note, paragraphs = told(scene, width, above, symbol)
    lines = fitted(paragraphs, above)
    rule: Line = ((setting.glyphs.horizontal * setting.width, scene.palette.line),)
    rows = [*rows_of(lines, width, above, MARGIN), *rows_of([rule, *words], width, height - above, MARGIN)]
    return Panel(title, note, rows, title_accent=True)


def symbol_at(scene: Scene, width: int, height: int, x: int, y: int, offset: int = 0) -> int | None:
    """The symbol at a cell of the panel's inside, counted as `symbols_of` does; None where none stands."""
    from tuibp.render.symbols import marked

    if _is_of_plane(scene) and not offset:
        return None
    found = symbols_of(scene)
    here = found[min(scene.view.symbol, len(found) - 1)] if found and scene.view.symbol is not None else None
    room = ENDLESS if offset else height if here is None else _above_words(scene, width, height, here)
    paragraphs = told(scene, width, room, here)[2]
    plain = [replace(p, lines=tuple(_unmarked(line, scene) for line in p.lines)) for p in paragraphs]
    for n, symbol in enumerate(found):
        seen = [marked(p, symbol, scene) if p.formula == symbol.formula else p for p in plain]
        lines = fitted(seen, room)[offset:]
        if y < len(lines) and _style_at(lines[y], x - MARGIN) == scene.palette.badge:
            return n
    return None


def _unmarked(line: Line, scene: Scene) -> Line:
    """The line without the cursor that is on a symbol of it."""
    return tuple((text, scene.palette.ink if style == scene.palette.badge else style) for text, style in line)


def _style_at(line: Line, x: int) -> Style | None:
    at = 0
    for text, style in line:
        at += cell_len(text)
        if 0 <= x < at:
            return style
    return None


def _above_words(scene: Scene, width: int, height: int, symbol: Symbol) -> int:
    """Rows of the equation above what a symbol of it is."""
    from tuibp.render.symbols import told_of

    words = told_of(scene, _setting(scene, width), symbol)
    return max(height - max(len(words), WORDS) - 1, 1)


def _setting(scene: Scene, width: int) -> Setting:
    return Setting.of(scene, max(width - MARGIN - (0 if width < 40 else MARGIN), 8))


def _is_of_plane(scene: Scene) -> bool:
    """Whether the neuron under the cursor is looked at through the plane; the opening has words of its own."""
    if scene.lens != "plane" or not scene.cursor.layer or scene.state.nudge is not None:
        return False
    return scene.training or scene.view.cursor is not None or scene.state.stop.step != "input"


def _below(scene: Scene, width: int, room: int) -> list[Row]:
    """Under a short equation the neuron's function where it works now, and an empty line below it if there is room."""
    layer, j = scene.cursor.layer, scene.cursor.j
    if room < LEAST or scene.state.nudge is not None:
        return []
    if scene.state.stop.step == "input":
        return []
    from tuibp.render.function_curve import MOST, curve_fits, function_curve  # not for the first picture

    if not curve_fits(scene, layer, j, room):
        return []
    rows = function_curve(scene, layer, j, width, min(room, MOST))
    return [*rows, *[blank(width)] * ((room - len(rows)) // 2)]


def told(scene: Scene, width: int, room: int, symbol: Symbol | None = None) -> Told:
    """All that is told in a panel of this size, no line longer than its room; `fitted` leaves out what is too much."""
    setting = _setting(scene, width)
    for least_terms, tight in SHORTER:
        title, note, unfolded = _told(scene, replace(setting, least_terms=least_terms, tight=tight), room)
        if symbol is not None:
            unfolded = _showing(unfolded, scene, symbol)
        paragraphs = within(unfolded, setting.width)
        if height_of([replace(p, apart=False) for p in paragraphs if p.rank <= GENERAL]) <= room:
            break
    return title, note, paragraphs


def _showing(paragraphs: list[Paragraph], scene: Scene, symbol: Symbol) -> list[Paragraph]:
    """With the symbol marked where it stands. All that has symbols stays, so that nothing jumps from one to the next;
    the sentence goes first: another stands below."""
    from tuibp.render.symbols import marked

    kept = [
        replace(p, rank=0) if p.formula else replace(p, rank=NOTE + 2) if p.ellipsis is not None else p
        for p in paragraphs
    ]
    return [marked(p, symbol, scene) if p.formula == symbol.formula else p for p in kept]


def _told(scene: Scene, setting: Setting, height: int) -> Told:
    stop = scene.state.stop
    if scene.view.cursor is None and (stop.layer is None or stop.step == "input"):
        return _whole_step(scene, setting, height)
    return _one_number(scene, setting, height)


def _one_number(scene: Scene, setting: Setting, height: int) -> Told:
    # The program opens on a whole step: the first picture does not wait for these.
    from tuibp.render.neuron_equation import neuron_equation
    from tuibp.render.parameter_equation import parameter_equation
    from tuibp.render.row_equation import row_equation
    from tuibp.render.subject import subject_of

    subject = subject_of(scene)
    if subject.bias or subject.k is not None:
        return parameter_equation(scene, setting, subject, height)
    if subject.quantity == "gradient" and scene.view.lens != "rate":
        return row_equation(scene, setting, subject, height)
    return neuron_equation(scene, setting, subject, height)


def _whole_step(scene: Scene, setting: Setting, height: int) -> Told:
    """A step that makes nothing to point at: the input, and step 4 without a hidden layer."""
    state = scene.state
    if state.stop.step == "input":
        return opening(scene, setting, height)
    step = explain_step(state.network, state.stop.step, state.stop.layer)
    return setting.say(_("nothing to send back")), "", [derivation.meaning(setting, step.meaning)]
