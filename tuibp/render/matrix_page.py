"""The panels of the matrix form: the product that is made, the same as ⊙, and what each way costs."""

from __future__ import annotations

from collections.abc import Sequence

from tuibp.core.diagonal import Widths
from tuibp.core.index import shown
from tuibp.core.matrix_form import MatrixForm
from tuibp.locale import _, ngettext
from tuibp.render.lines import Line, Row, row_of, rows_of, spread, wrapped
from tuibp.render.matrix_product import chain, product_lines, told, vector_text
from tuibp.render.numbers import duration
from tuibp.render.padding import at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

LEAST_BESIDE = 4
"""Lines of the same as ⊙, beyond which there is room for what both ways take."""


def matrix_title(scene: Scene, form: MatrixForm, at: int, width: int) -> Row:
    palette, g = scene.palette, scene.glyphs
    whole = _("δ of layer {layer} as one product, from the right").format(layer=shown(form.layer))
    about = whole if width >= 68 else _("δ of layer {layer}").format(layer=shown(form.layer))
    left: Line = (
        (f" {_('Matrix form')} ", palette.badge), (" ", palette.quiet), (about, palette.ink),
    )  # fmt: skip
    count = _("product {n} of {count}").format(n=shown(at), count=len(form.products))
    right: Line = ((f"{count}  {form.number}", palette.quiet),)
    return row_of(spread(tuple((sentence(t, g), s) for t, s in left), right, width - 1), width)


def product_panel(scene: Scene, form: MatrixForm, at: int, width: int, height: int) -> Panel:
    """The equation as it stands, the matrix and the vector, what comes out, and what it took."""
    palette, g, product = scene.palette, scene.glyphs, form.products[at]
    inner = width - 2
    text = wrapped(told(scene, product), inner, palette.quiet)
    counts = _counts(scene, form, at, inner)
    # The numbers before the sentence: it stands where all rows are seen with it.
    rows, head = max(len(product.result), len(product.vector)), 3
    if rows > height - len(counts) - len(text) - head or height < 10:
        text = []
    if rows > height - len(counts) - head and height < 10:  # the numbers before what is said of them as well
        head, counts = 1, counts if rows < height - len(counts) else []
    body = product_lines(scene, form, at, inner, height - len(counts) - len(text) - head, shapes=head > 1)
    lines: list[Line] = [*([chain(scene, form, at)] if head > 1 else []), *body]
    if len(lines) + len(text) + len(counts) < height:
        lines.insert(1, ())
    lines += [()] * max(height - len(lines) - len(text) - len(counts), 0)
    note = _("zeros are dots") if len(typeset(form.symbols, g)) + 24 <= width else ""
    return Panel(typeset(form.symbols, g), note, rows_of([*lines, *text, *counts][:height], width, height, 1))


def _counts(scene: Scene, form: MatrixForm, at: int, width: int) -> list[Line]:
    palette, g, product = scene.palette, scene.glyphs, form.products[at]
    made = _multiplications(product.multiplications)
    if product.by_zero:
        made += _(", {n} by zero").format(n=f"{product.by_zero:,}")
    beside = _multiplications(product.multiplications_beside)
    same = _("same to the bit") if product.same else _("same but for rounding")
    mark = sentence("✓", g)
    left: Line = (
        (typeset(product.name, g) + " v  ", palette.ink), (made, palette.quiet),
    )  # fmt: skip
    if not product.square or product.layer in form.coupled:
        return [left]
    right: Line = (
        (sentence("⊙ v  ", g), palette.ink),
        (beside + "   ", palette.quiet),
        (f"{same} ", palette.quiet),
        (mark, palette.accent),
    )
    short: Line = ((sentence("⊙ v  ", g), palette.ink), (f"{product.multiplications_beside:,}   ", palette.quiet))
    for tried in (right, (*short, *right[2:])):
        line = spread(left, tried, width)
        if line is not left:
            return [line]
    return [left, right]


def _multiplications(count: int) -> str:
    return ngettext("{n} multiplication", "{n} multiplications", count).format(n=f"{count:,}")


def beside_panel(scene: Scene, form: MatrixForm, at: int, width: int, height: int) -> Panel:
    """BP1 and BP2 line by line; what is still to come is dots."""
    palette, g = scene.palette, scene.glyphs
    inner, lines = width - 2, list[Line]()
    names = [("", "∇_a C", "", form.blame)]
    names += [(p.equation, p.result_name, p.beside if p.equation else "", p.elementwise) for p in form.products]
    left = max(len(typeset(name, g)) for _e, name, _b, _v in names) + 1
    middle = max(len(typeset(beside, g)) for _e, _n, beside, _v in names) + 3
    middle = middle if inner - 4 - left - middle >= 26 else 0
    for n, (equation, name, beside, values) in enumerate(names):
        here, known = n == at + 1, n <= at + 1
        ink = palette.accent if here else palette.ink if known else palette.faint
        numbers = (
            vector_text(scene, values, inner - 4 - left - middle)
            if known
            else "   ".join([g.dot] * min(len(values), 8))
        )
        equals = f"= {typeset(beside, g)}" if beside else ""
        lines.append(
            (
                (equation.ljust(4), palette.accent if known else palette.faint),
                (typeset(name, g).ljust(left), ink),
                (equals.ljust(middle) if middle else "", palette.quiet),
                (numbers, ink),
            )
        )
    told_ = wrapped(sentence(_both_ways(form), g), inner, palette.quiet) if height > LEAST_BESIDE else []
    if 2 * len(lines) + len(told_) <= height:
        lines = [part for line in lines for part in (line, ())]
        at = 2 * at + 1
    room = height - len(told_)
    first = min(max(at + 2 - room, 0), max(len(lines) - room, 0))
    kept = lines[first : first + max(room, 0)]
    kept += [()] * (room - len(kept))
    title = sentence(_("The same as ⊙"), g)
    return Panel(title, "BP1, BP2", rows_of([*kept, *told_], width, height, indent=1))


def _both_ways(form: MatrixForm) -> str:
    """What the product takes from either end, and with ⊙; a single one has but one end."""
    counts = {"right": f"{form.multiplications:,}", "own": f"{form.multiplications_beside:,}"}
    if len(form.products) == 1:
        return ngettext(
            "One product: {right} multiplication, {own} with ⊙.",
            "One product: {right} multiplications, {own} with ⊙.",
            form.multiplications,
        ).format(**counts)
    text = _("{right} multiplications from the right, {own} with ⊙, {left} from the left: matrix times matrix.")
    return text.format(left=f"{form.multiplications_from_the_left:,}", **counts)


def cost_panel(scene: Scene, measured: Sequence[Widths], width: int, height: int) -> Panel:
    """Times of Σ'(z) v and σ'(z) ⊙ v over widths, as they are measured."""
    palette, g = scene.palette, scene.glyphs
    inner = width - 2
    if not measured:
        lines = wrapped(sentence(_("h measures both ways, from 10 neurons to 2,000."), g), inner, palette.quiet)
        return Panel(_("What it costs"), _("h  measure"), rows_of([(), *lines], width, height, indent=1))
    names = at_right(_("width"), 6), at_right(_("times"), 8)
    head = f"{names[0]}{typeset('Σ', g) + chr(39) + 'v':>9}{sentence('⊙ v', g):>9}{names[1]}"
    lines = [((sentence(head.replace("'", "′"), g), palette.quiet),)]
    for at in measured:
        lines.append(
            (
                (f"{at.width:>6,}", palette.ink),
                (f"{duration(at.seconds_matrix, g):>9}", palette.positive),
                (f"{duration(at.seconds_hadamard, g):>9}", palette.accent_line),
                (f"{at.ratio:>7,.{int(at.ratio < 1000)}f}" + sentence("×", g), palette.ink),
            )
        )
    last = measured[-1]
    if last.ratio > 1.0 and height > len(lines) + 4:
        text = _("If you think in matrices, (35) is the easier one to remember. The computer prefers BP1 and BP2.")
        lines += [(), *wrapped(sentence(text, g), inner, palette.quiet)]
    again = _("h  measure again") if width >= 38 else _("h  again")
    return Panel(_("What it costs"), again, rows_of(lines, width, height, indent=1))
