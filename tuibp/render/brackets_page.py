"""From paths to backpropagation: the sum over all paths, bracketed line by line, and what each line costs."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from tuibp.core.bracketing import Bracketed, Bracketing
from tuibp.core.index import shown
from tuibp.locale import _, ngettext
from tuibp.render.lines import Line, Row, folded, row_of, rows_of, shortened, spread, width_of, wrapped
from tuibp.render.matrix_product import vector_text
from tuibp.render.numbers import significant
from tuibp.render.padding import at_left
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

HEAD = 13
"""Cells of `written out`, `bracket 2`."""


def pages(found: Bracketing) -> int:
    """One a line, and the last for all weights at once."""
    return len(found.lines) + 1


def brackets_title(scene: Scene, found: Bracketing, at: int, width: int) -> Row:
    palette, g = scene.palette, scene.glyphs
    last = len(found.lines) - 1
    told = typeset(f"∂C/∂{found.name}", g)
    left: Line = ((f" {_('From paths to backprop')} ", palette.badge), (f" {sentence(told, g)}", palette.strong))
    text = _("written out") if not at else _("bracket {n} of {count}").format(n=at, count=last)
    if at > last:
        text = _("all weights at once")
    right: Line = ((sentence(f"{text}  (53) → BP2", g), palette.quiet),)
    return row_of(spread(left, right, width - 1), width)


def sum_panel(scene: Scene, found: Bracketing, at: int, width: int, height: int) -> Panel:
    """Every line of the sum up to the present one, with its numbers while there is room; those to come are faint."""
    g, inner = scene.glyphs, width - 2
    lines = [(n == at, _line(scene, found, line, at, inner)) for n, line in enumerate(found.lines)]
    free = height - sum(len(part) for _here, part in lines)
    for n in sorted(range(len(lines)), key=lambda n: (n != at, -n)):  # the present one first, then the newest
        numbers = _numbers(scene, found.lines[n], inner) if n <= at else []
        if n == at or len(numbers) <= free:
            lines[n] = lines[n][0], [*lines[n][1], *numbers]
            free -= len(numbers)
    gap = free >= len(lines)
    while sum(len(part) for _here, part in lines) > height and len(lines) > 1:
        lines.pop(0 if lines[-1][0] or (not lines[0][0] and at > 0) else -1)
    drawn: list[Line] = []
    raised: list[int] = []
    for here, part in lines:
        if here:
            raised += range(len(drawn), len(drawn) + len(part))
        drawn += [*part, *([()] if gap else [])]
    rows = rows_of(drawn, width, height, indent=1)
    for n in raised:
        if n < height:
            rows[n] = _raised(scene, drawn[n], width)
    count = f"{found.paths:,}"
    title = ngettext("The sum over the one path", "The sum over all {n} paths", found.paths).format(n=count)
    value = significant(found.value_found, 4, g)
    note = _("every line is the same number: {value}").format(value=value) if found.apart <= 1e-9 else ""
    return Panel(title, note if len(title) + len(note) + 6 <= width else "", rows)


def _raised(scene: Scene, line: Line, width: int) -> Row:
    ground = scene.palette.raised
    full: Line = ((" ", Style.null()), *line, (" " * max(width - 1 - width_of(line), 0), Style.null()))
    return row_of(tuple((text, style + ground) for text, style in full), width)


def _line(scene: Scene, found: Bracketing, line: Bracketed, at: int, width: int) -> list[Line]:
    """`bracket 2  Σₚ Σₓ [Σₙ …]·…`, and where it is the present one what its bracket holds."""
    palette, g = scene.palette, scene.glyphs
    here, known = line.brackets == at, line.brackets <= at
    ink = palette.strong if here else palette.ink if known else palette.faint
    name = _("bracket {n}").format(n=line.brackets) if line.brackets else _("written out")
    sums = typeset(line.sums, g)
    text: Line = (
        (at_left(sentence(name, g), HEAD), palette.accent if here else palette.quiet if known else palette.faint),
        (sums + ("  " if sums else ""), ink),
        (typeset(line.bracket, g), palette.accent if known else palette.faint),
        (typeset(line.rest, g), ink),
    )
    if line.brackets == len(found.lines) - 1 and known:
        text = (*text, (f"  = {typeset(found.found, g)}", palette.accent))
    if width_of(text) > width:  # a product may be broken before each of its factors
        text = tuple((piece.replace("·", " · "), style) for piece, style in text)
    return folded(text, width, HEAD)


def _numbers(scene: Scene, line: Bracketed, width: int) -> list[Line]:
    """What the bracket comes to for each neuron, and what the summands come to that are still written out."""
    palette, g = scene.palette, scene.glyphs
    lines: list[Line] = []
    if line.holds.size:
        name = " " * HEAD + ("[..] = " if g.ascii else "[…] = ")
        lines.append(((name, palette.quiet), (vector_text(scene, line.holds, width - HEAD - 7), palette.ink)))
    if line.summands.size:
        lines.append(((" " * HEAD + "= ", palette.quiet), (_written_sum(scene, line, width - HEAD - 2), palette.ink)))
    return lines


def _written_sum(scene: Scene, line: Bracketed, width: int) -> str:
    """`6.832e−4 − 1.855e−4`, or the first few of many."""
    g = scene.glyphs
    text, left = "", line.ways
    for value in line.summands.tolist():
        sign = f" {g.minus} " if value < 0 else " + "
        more = (sign if text else g.minus if value < 0 else "") + significant(abs(value), 4, g)
        end = " + " + g.ellipsis if left > 1 else ""
        if text and cell_len(text + more + end) > width:
            return f"{text} + {g.ellipsis}"
        text, left = text + more, left - 1
    return f"{text} + {g.ellipsis}" if left else text


def multiplications_panel(scene: Scene, found: Bracketing, at: int, width: int, height: int) -> Panel:
    """A bar for each line so far, and why it is shorter; on the last page all weights at once."""
    palette, g = scene.palette, scene.glyphs
    inner = width - 2
    text = wrapped(sentence(_why(scene, found, at), g), inner, palette.quiet)
    text = shortened(text, height - 1, inner, g.ellipsis)
    present = at if at < len(found.lines) else 1
    if at >= len(found.lines):
        rows = [
            (_("path by path"), found.all_by_paths, True),
            (_("backpropagation"), found.all_by_backpropagation, True),
        ]
        note = _("for all weights at once")
    else:
        last = len(found.lines) - 1
        rows = [
            (
                _("path by path") if not n else _("bracket {n}").format(n=n) + (" = BP2" if n == last else ""),
                line.multiplications,
                n <= at,
            )
            for n, line in enumerate(found.lines)
        ]
        note = _("for this one weight")
    room = max(height - len(text), 1)
    if len(rows) > room:
        first = min(max(present - room + 2, 0), present, len(rows) - room)
        rows, present = rows[first : first + room], present - first
    largest = max(count for _name, count, _known in rows)
    digits = max(len(_many(count)) for _name, count, _known in rows)
    bars = max(inner - 17 - digits - 2, 1)
    lines: list[Line] = []
    for n, (name, count, known) in enumerate(rows):
        style = palette.accent_line if n == present else palette.positive if known else palette.faint
        length = max(round(bars * count / largest), 1)
        lines.append(
            (
                (set_cell_size(name, 17), palette.ink if known else palette.faint),
                ((_many(count) if known else g.dot).rjust(digits) + "  ", style),
                (g.bar * length if known else "", style),
            )
        )
    lines += [()] * (height - len(lines) - len(text))
    return Panel(_("Multiplications"), note, rows_of([*lines, *text][:height], width, height, indent=1))


def multiplications_height(scene: Scene, found: Bracketing, at: int, width: int) -> int:
    """Rows of that panel with nothing left out, its heading counted."""
    bars = len(found.lines) if at < len(found.lines) else 2
    return 1 + bars + len(wrapped(sentence(_why(scene, found, at), scene.glyphs), width - 2, scene.palette.quiet))


def _many(count: int) -> str:
    return f"{count:,}" if count < 10**9 else significant(float(count))


def _why(scene: Scene, found: Bracketing, at: int) -> str:
    """One sentence; all of its numbers are counted."""
    if at >= len(found.lines):
        own, paths = _many(found.all_by_backpropagation), _many(found.all_by_paths)
        if found.all_by_backpropagation >= found.all_by_paths:
            return _(
                "A bracket that is made for one weight serves every weight before it. Here the paths are so few that "
                "it saves nothing: {own} multiplications by backpropagation, {paths} path by path."
            ).format(own=own, paths=paths)
        return _(
            "A bracket that is made for one weight serves every weight before it: backpropagation makes each once, for "
            "all, and takes {own} multiplications instead of {paths}."
        ).format(own=own, paths=paths)
    line = found.lines[at]
    if not line.brackets:
        return _of_paths(found, scene.state.network.sizes[-1])
    neurons, layer, ways = len(line.holds), shown(line.layer), line.ways
    if line.brackets == len(found.lines) - 1:
        return _(
            "With the slope of its neuron the last bracket is {delta}: BP2 makes it from the errors of the next layer, "
            "and BP4 multiplies by what comes in."
        ).format(delta=typeset(found.found.split(" · ")[0], scene.glyphs))
    if line.ways == 1:
        return _(
            "One way alone leads from the bracket to the weight. The bracket is what {delta} holds, but for the slope."
        ).format(delta=typeset(f"δ^{layer}", scene.glyphs))
    if line.multiplications >= found.lines[at - 1].multiplications and neurons > 1:
        return _(
            "Nothing is saved yet: the bracket is made {n} times, once a neuron of layer {layer}, and {ways} ways lead "
            "on to the weight. It is what {delta} holds, but for the slope."
        ).format(n=neurons, layer=layer, ways=_many(ways), delta=typeset(f"δ^{layer}", scene.glyphs))
    return ngettext(
        "The bracket knows its neuron alone, not the way from there to the weight: made {n} time, for layer {layer}, "
        "instead of once for each of {ways} ways. It is what {delta} holds, but for the slope.",
        "The bracket knows its neuron alone, not the way from there to the weight: made {n} times, once a neuron of "
        "layer {layer}, instead of once for each of {ways} ways. It is what {delta} holds, but for the slope.",
        neurons,
    ).format(n=neurons, layer=layer, ways=_many(ways), delta=typeset(f"δ^{layer}", scene.glyphs))


def _of_paths(found: Bracketing, outputs: int) -> str:
    """What is made more than once where the sum is written out, if anything is."""
    if found.paths == 1:
        return _("There is one path alone, so nothing is made twice.")
    if found.paths > outputs:
        return _("Each path is multiplied along by itself, though many have their ends in common.")
    if found.lines[-1].ways == 1:
        return _("Each path is multiplied along by itself, though all begin with the same step.")
    return _("Each path is multiplied along by itself.")
