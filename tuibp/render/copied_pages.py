"""What the copy key takes away of a proof, a product of matrices, a bracketing, a mean and a path."""

from __future__ import annotations

from tuibp.core.as_code import as_code
from tuibp.core.bracketing import Bracketing
from tuibp.core.index import shown
from tuibp.core.matrix_form import MatrixForm
from tuibp.core.mini_batch import Shares
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, weight
from tuibp.core.paths import Path, Paths
from tuibp.core.proof import Proof
from tuibp.core.steps import Quantity
from tuibp.locale import _
from tuibp.render.copied import Copied, Form, as_number, of_code
from tuibp.render.glyphs import Glyphs
from tuibp.render.typeset import typeset


def of_proof(network: Network, proof: Proof, at: int, form: Form, glyphs: Glyphs) -> Copied:
    """Of a line: its left side, its equation, and the code of what is proved."""
    line = proof.lines[at]
    if form == "value" and len(line.left) == 1:
        return as_number(proof.about, float(line.left[0]), glyphs)
    if form == "value":
        return _list(line.symbols.split(" = ")[0], line.left.tolist(), glyphs)
    if form == "equation":
        return _symbols(line.symbols, glyphs)
    quantity: Quantity = "delta" if proof.equation in ("BP1", "BP2") else "gradient"
    return of_code(as_code(network, quantity, proof.layer, proof.j, proof.k))


def of_product(network: Network, made: MatrixForm, at: int, form: Form, glyphs: Glyphs) -> Copied:
    """What a product of a matrix and a vector comes to, in symbols, and as code."""
    product = made.products[at]
    both = f"{product.name} {product.vector_name}"
    if form == "value":
        return _list(both, product.result.tolist(), glyphs)
    if form == "equation":
        return _symbols(both if product.result_name == both else f"{product.result_name} = {both}", glyphs)
    if product.equation:
        return of_code(as_code(network, "delta", product.layer, 0, None))
    after = shown(product.layer + 1)
    code = f"w{after}.T @ delta{after}"
    return Copied(code, code)


def of_bracketing(network: Network, found: Bracketing, at: int, form: Form, glyphs: Glyphs) -> Copied:
    """The sum as a page of it has it; on the last page what backpropagation has."""
    line = found.lines[at] if at < len(found.lines) else None
    if form == "value":
        return as_number(f"∂C/∂{found.name}", found.value_found if line is None else line.value, glyphs)
    if form == "equation":
        right = found.found if line is None else " ".join(filter(None, (line.sums, line.bracket + line.rest)))
        return _symbols(f"∂C/∂{found.name} = {right}", glyphs)
    return of_code(as_code(network, "gradient", found.layer, found.j, found.k))


def of_mean(
    network: Network, shares: Shares, of: tuple[Quantity, int, int, int | None], form: Form, glyphs: Glyphs
) -> Copied:
    """The mean over the mini-batch of the quantity `of` a layer, j, k; as code with examples as rows."""
    if form == "value":
        return as_number(shares.name, shares.mean, glyphs)
    if form == "equation":
        inner = shares.name.replace("∂C/", "∂C_x/", 1) if "∂C/" in shares.name else f"{shares.name}(x)"
        return _symbols(f"{shares.name} = 1/{len(shares.values)} Σ_x {inner}", glyphs)
    quantity, layer, j, k = of
    code = as_code(network, quantity, layer, j, k, "rows")
    if quantity == "gradient":
        return of_code(code)
    made = of_code(code)
    mean = f"{code.picked.split('[')[0]}.mean(axis=0)"
    return Copied(f"{made.text}\n{mean}", f"{made.told}; {mean}")


def of_path(found: Paths, path: Path, form: Form, glyphs: Glyphs) -> Copied:
    """The product of a path's rate factors."""
    layer = found.layer
    name = of_neuron("b", layer, found.j) if found.k is None else weight(layer, found.j, found.k)
    stops = [of_neuron("a", layer + n, neuron) for n, neuron in enumerate(path.neurons)]
    if form == "value":
        return as_number(_("the path’s part of {name}").format(name=f"∂C/∂{name}"), path.product, glyphs)
    if form == "equation":
        after, before = ["C", *reversed(stops)], [*reversed(stops), name]
        return _symbols(" · ".join(f"∂{a}/∂{b}" for a, b in zip(after, before, strict=True)), glyphs)
    code = " * ".join(repr(float(factor)) for factor in reversed(path.factors))
    return Copied(code, code)


def _symbols(markup: str, glyphs: Glyphs) -> Copied:
    text = typeset(markup, glyphs)
    return Copied(text, text)


def _list(name: str, values: list[float], glyphs: Glyphs) -> Copied:
    told = _("{name}, {n} numbers").format(name=typeset(name, glyphs), n=f"{len(values):,}")
    return Copied(repr(values), told)
