"""What an update did: gradient descent with the numbers of one parameter, and C before and after it."""

from __future__ import annotations

from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.core.notation import of_layer, of_neuron, short, weight
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.perturbation import flat_gradient
from tuibp.core.update import effect, error_by_new_weights
from tuibp.core.update_formula import general
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.canvas import Canvas
from tuibp.render.lines import Line, rows_of
from tuibp.render.lines import fitted as fitted_row
from tuibp.render.numbers import plain
from tuibp.render.padding import at_left, at_right
from tuibp.render.paragraphs import NOTE, Paragraph, fitted, within
from tuibp.render.parameter_equation import descent
from tuibp.render.scene import Panel, Scene
from tuibp.render.setting import Setting
from tuibp.render.typeset import sentence, typeset
from tuibp.render.window import page
from tuibp.session.updated import Updated

MARGIN = 2
NAMES = {name: kind.title for name, kind in OPTIMISERS.items() if name != "sgd"}
BESIDE = 8
"""Cells of a panel's line that its title and its note leave between them."""
WIDTHS = (11, 10, 9, 8)
"""Cells of a number, its gap included, the widest that fits first."""


def what_it_did(scene: Scene, updated: Updated, width: int, height: int) -> Panel:
    """In place of the equation: GD, the parameter that the cursor stands for, C here and over all examples."""
    setting = Setting.of(scene, max(width - MARGIN - (0 if width < 40 else MARGIN), 8))
    before, at = updated.before, updated.at
    name = f"b^{shown(at.layer)}_{shown(at.j)}" if at.bias else weight(at.layer, at.j, at.k or 0)
    gradient = before.walk.grad_b(at.layer) if at.bias else before.walk.grad_w(at.layer)
    slope = float(gradient[at.j] if at.bias else gradient[at.j, at.k or 0])
    made = descent(before, setting, name, at, slope)
    paragraphs = [
        derivation.general(setting, NAMES.get(before.settings.optimiser, "GD"), general(before.settings, at.bias)),
        Paragraph(made, 0),
        Paragraph(_costs(updated, setting), 0),
        derivation.meaning(setting, said(updated), 3),
        *_way_back(setting, updated),
    ]
    rows = rows_of(fitted(within(paragraphs, setting.width), height), width, height, MARGIN)
    return Panel(setting.formula(name), _("what the update did"), rows, title_accent=True)


def _costs(updated: Updated, setting: Setting) -> tuple[Line, ...]:
    """A line for this example, one for all of them."""
    quiet, palette, g = setting.palette.quiet, setting.palette, setting.glyphs
    n = len(updated.before.preset.data)
    lines = [(_("C here"), *updated.here)]
    whole = [] if n == 1 else [(_("C all {n}").format(n=n), updated.all_before, updated.all_after)]
    widest = max(cell_len(name) for name, *_rest in [*lines, *whole])
    known = [v for _name, *values in [*lines, *whole] for v in values if v is not None]
    forms = ((2, 9), (2, 8), (1, 8), (1, 7), (1, 6))
    gap, cells = next((f for f in forms if widest + f[0] + 2 * f[1] + 3 <= setting.width), forms[-1])
    names = widest + gap
    number = plain(known, cells, most_decimals=6 if setting.width >= 40 else 4, glyphs=g)
    made: list[Line] = [
        ((" " * names + at_right(_("before"), cells) + " " + at_right(_("after"), cells), quiet),),
    ]
    for name, before, after in [*lines, *whole]:
        mark = "" if before is None or after is None or before == after else sentence("▼" if after < before else "▲", g)
        fell = before is not None and after is not None and after <= before
        style = palette.accent if fell else palette.positive
        made.append(
            (
                (at_left(sentence(name, g), names), palette.ink),
                (number(before), palette.ink), (" ", quiet), (number(after), style), (f" {mark}", style),
            )
        )  # fmt: skip
    return tuple(made)


def said(updated: Updated) -> str:
    """One or two plain sentences on all parameters, each as far as it holds."""
    before, after = updated.before, updated.after
    found = effect(before.network, flat_gradient(before.walk), after.network)
    biases = before.settings.train_biases
    if not found.moved:
        return _("No number moved: every gradient is 0 here.")
    name = OPTIMISERS[before.settings.optimiser].title
    fields = {"moved": f"{found.moved:,}", "total": f"{found.total:,}", "name": name}
    if found.moved == found.total == 2 and found.against:
        told = _("Both numbers moved, each against its own gradient.")
    elif found.moved == found.total and found.against:
        told = _("All {total} numbers moved, each against its own gradient.")
    elif found.against:
        told = _("{moved} of {total} numbers moved, each against its own gradient.")
    elif OPTIMISERS[before.settings.optimiser].count:
        told = _("{moved} of {total} numbers moved, not all against this gradient: {name} remembers earlier ones.")
    else:
        told = _("{moved} of {total} numbers moved, by their gradients and by the decay λ.")
    text = told.format(**fields)
    if not biases:
        text += " " + _("The biases are held fixed.")
    here = updated.here
    if found.against and here[1] > here[0]:
        text += " " + _("C here rose all the same: this step was too long.")
    was, now = updated.all_before, updated.all_after
    if here[1] < here[0] and was is not None and now is not None and now > was:
        text += " " + _("C of all rose: this gradient is one example’s, not that of all.")
    return text


def way_back(updated: Updated) -> tuple[str, str] | None:
    """The error of the parameter's neuron, as it came back by the old weights and as it would by the new ones; None of
    an output, to which it came by none, and where both are the same in nine digits."""
    before, after, at = updated.before, updated.after, updated.at
    if at.layer >= before.network.last:
        return None
    old = float(before.walk.delta(at.layer)[at.j])
    new = error_by_new_weights(before.network, after.network, before.walk, at.layer, at.j)
    digits = next((n for n in range(3, 10) if short(old, n) != short(new, n)), 0)
    return (short(old, digits), short(new, digits)) if digits else None


def _way_back(setting: Setting, updated: Updated) -> list[Paragraph]:
    """`δ²₁ by the old w³  0.00877` above `by the new w³  0.00868`, and what that says."""
    found = way_back(updated)
    if found is None:
        return []
    palette, at = setting.palette, updated.at
    w, delta = setting.formula(of_layer("w", at.layer + 1)), setting.formula(of_neuron("δ", at.layer, at.j))
    named = [_("by the old {w}").format(w=w), _("by the new {w}").format(w=w)]
    names, numbers = max(map(cell_len, named)), max(map(cell_len, found))
    rows: list[Line] = []
    for head, name, number, style in zip(
        (delta, " " * cell_len(delta)), named, found, (palette.accent, palette.positive), strict=True
    ):
        label = name + " " * (names - cell_len(name))
        value = " " * (numbers - cell_len(setting.say(number))) + setting.say(number)
        rows.append(((f"{head} {label}  ", palette.quiet), (value, style)))
    why = _("The error came back by the old ones. The new give no gradient: all weights move at once, at the end.")
    return [Paragraph(tuple(rows), NOTE + 1), derivation.meaning(setting, why, NOTE + 2)]


def moved(scene: Scene, updated: Updated, width: int, height: int) -> Panel:
    """In place of the weights: the weights into neurons of the layer, as they were, as they are, and the change."""
    at, palette, g = updated.at, scene.palette, scene.glyphs
    was, now = updated.before.network, updated.after.network
    n, n_in = was.w(at.layer).shape
    blocks = page(n, max((height - 1) // 4, 1) if height >= 9 else 1, at.j)
    label = max(cell_len(_(word)) for word in ("was", "is")) + 3 + (len(f"j={n}") + 1 if len(blocks) > 1 else 0)
    cell = next((c for c in WIDTHS if label + (n_in + 1) * c + 2 <= width), WIDTHS[-1])
    columns = page(n_in, max((width - label - 2 - cell) // cell, 1), at.k or 0)
    canvas = Canvas(width, height)
    bias_at = label + len(columns) * cell + 2 + cell
    for k in columns:
        here = k == at.k and not at.bias
        canvas.right(label + (k - columns.start + 1) * cell, 0, f"k={k + 1}", palette.accent if here else palette.quiet)
    canvas.right(bias_at, 0, "b", palette.accent if at.bias else palette.quiet)
    for row, j in enumerate(blocks):
        kept = [(net.w(at.layer)[j], net.b(at.layer)[j]) for net in (was, now)]
        change = (kept[1][0] - kept[0][0], kept[1][1] - kept[0][1])
        top = 1 + 4 * row
        if len(blocks) > 1:
            canvas.put(1, top, f"j={j + 1}", palette.accent if j == at.j else palette.quiet)
        named = zip((_("was"), _("is"), sentence("Δ", g)), (*kept, change), strict=True)
        for y, (word, (weights, bias)) in enumerate(named, start=top):
            style = (palette.quiet, palette.ink, palette.accent)[y - top]
            canvas.put(label - cell_len(word) - 1 if len(blocks) > 1 else 1, y, word, palette.quiet)
            values = [*weights[columns.start : columns.stop].tolist(), float(bias)]
            number = plain(values, cell - 1, glyphs=g)
            for i, value in enumerate(values[:-1]):
                canvas.right(label + (i + 1) * cell, y, number(value), style)
            canvas.right(bias_at, y, number(values[-1]), style)
    title = typeset(f"w^{shown(at.layer)}", g)
    if n > len(blocks):
        title += "  " + _("row {j} of {n}").format(j=shown(at.j), n=n)
    note = _("changed by this update")
    if len(columns) < n_in:
        dash = sentence("–", g)
        fields = {"first": shown(columns.start), "dash": dash, "last": columns.stop, "m": n_in}
        forms = (_("changed: columns {first}{dash}{last} of {m}"), _("columns {first}{dash}{last} of {m}"))
        told = [form.format(**fields) for form in forms]
        note = next((text for text in told if cell_len(text) <= width - cell_len(title) - BESIDE), told[-1])
    return Panel(title, note, [fitted_row(row, width) for row in canvas.rows()])
