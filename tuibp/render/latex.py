"""Formulas as LaTeX and sentences as Markdown, from the markup of explanations."""

from __future__ import annotations

import re

_INDEX = r"(?:\{[^{}]*\}|[0-9]+|[a-zA-Z])"
_BELOW = r"(?:\{[^{}]*\}|[0-9a-zA-Z]+(?:,[0-9a-zA-Z]+)*)"
_NAME = rf"[A-Za-zδσΣ∇]'?(?:\^{_INDEX})?(?:_{_BELOW})?"
_RATE = re.compile(rf"∂({_NAME}|\([^()]*\))/∂({_NAME})")
_ABOVE_RUN, _BELOW_RUN = re.compile(rf"\^({_INDEX})"), re.compile(rf"_({_BELOW})")
_IN_SENTENCE = re.compile(rf"∂{_NAME}/∂{_NAME}|[A-Za-zδσ]\^{_INDEX}(?:_{_BELOW})?|\b[ay]_{_BELOW}")
_SUM = re.compile(rf"Σ_({_BELOW})")
_WORDS = re.compile(r"(?<![\\a-zA-Z])(tanh|exp|ln)(?![a-zA-Z])")
_OWN = re.compile(r"(?<![\\a-zA-Z])(relu|lrelu|softmax|id)(?![a-zA-Z])")
_SIGNS = {
    "δ": r"\delta ", "σ": r"\sigma ", "Σ": r"\Sigma ", "∂": r"\partial ", "∇": r"\nabla ", "·": r"\cdot ",
    "⊙": r"\odot ", "−": "-", "½": r"\tfrac12 ", "≠": r"\neq ", "η": r"\eta ", "²": "^2", "′": "'",
}  # fmt: skip


def latex(markup: str) -> str:
    """`δ^2_1 = Σ_k w^3_k1 δ^3_k σ'(z^2_1)` as `\\delta ^{2}_{1} = \\sum_{k} w^{3}_{k1} …`."""
    text = _RATE.sub(lambda m: rf"\frac{{∂ {m[1]}}}{{∂ {m[2]}}}", markup)
    text = _SUM.sub(lambda m: rf"\sum_{{{m[1].strip('{}')}}}", text)
    text = _WORDS.sub(r"\\\1 ", text)
    text = _OWN.sub(r"\\mathrm{\1}", text)
    text = _ABOVE_RUN.sub(lambda m: f"^{{{m[1].strip('{}')}}}", text)
    text = _BELOW_RUN.sub(lambda m: m[0] if m[0].startswith("_{") else f"_{{{m[1]}}}", text)
    for sign, written in _SIGNS.items():
        text = text.replace(sign, written)
    return re.sub(r" {2,}", " ", text).strip()


def in_markdown(sentence: str) -> str:
    """A sentence whose quantities are formulas."""
    return _IN_SENTENCE.sub(lambda m: f"${latex(m[0])}$", sentence)
