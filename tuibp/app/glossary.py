"""The words of the field: a symbol, its name in both languages, what else it is called, and where it is seen now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibp.locale import _
from tuibp.render.lines import WIDE, wrap

if TYPE_CHECKING:
    from tuibp.render.scene import Scene


@dataclass(frozen=True)
class Term:
    symbol: str
    english: str
    chinese: str
    elsewhere: str
    """What other books and courses write, in no language's words."""
    meaning: str
    where: str
    """Where it is on the screen; of what the tiles can show, the lens that does."""
    lens: str = ""
    """One of LENSES, where the tiles show it."""

    def found_by(self, words: list[str]) -> bool:
        text = f"{self.symbol} {self.english} {self.chinese} {self.elsewhere} {self.meaning}".lower()
        return all(word in text for word in words)

    def place(self, scene: Scene) -> str:
        """Where it is on the screen now."""
        if self.lens and scene.lens == self.lens:
            return _("in the tiles now")
        return self.where

    def lines(self, scene: Scene, width: int) -> Iterator[str]:
        """Name and names elsewhere, then meaning and place, in lines of at most `width` cells."""
        names = [name for name in self.elsewhere.split(", ") if not (scene.glyphs.ascii and WIDE.search(name))]
        name = self.english if scene.glyphs.ascii else f"{self.english} · {self.chinese}"
        yield from wrap(name + _("   also: {names}").format(names=", ".join(names)), width)
        yield from wrap(_("{meaning} Where: {place}.").format(meaning=self.meaning, place=self.place(scene)), width)


GLOSSARY: tuple[Term, ...] = (
    Term("w", "weight", "權重", "W, θ, Θ, kernel", _("What an activation is multiplied by on its way to a neuron."),
         _("the panel below the network; tab goes there")),
    Term("b", "bias", "偏差", "偏置, 偏權值, θ₀, w₀", _("What a neuron adds, whatever comes in."),
         _("the panel below the network; tab goes there")),
    Term("z", "weighted input", "加權輸入", "net, a (Bishop), pre-activation, logit",
         _("Weights times inputs, plus bias."),
         _("the lens z; v changes the lens"), "z"),
    Term("a", "activation", "激活值", "啟用值, 活化值, z, h, o, out", _("What a neuron answers: f of its z."),
         _("the lens a; v changes the lens"), "a"),
    Term("f, σ", "activation function", "激勵函數", "激活函數, 活化函數, 啟動函式, g, φ, h",
         _("Makes an activation of a weighted input."), _("f shows its curve")),
    Term("σ′", "slope of f", "f 的斜率", "g′, a(1 − a)", _("How much of a change of z passes to a."),
         _("the lens σ′; v changes the lens"), "slope"),
    Term("y", "target", "目標", "t, d, label 標籤", _("The output that is wanted."),
         _("beside or below the output layer")),
    Term("C", "cost", "代價", "成本, 損失, J, L, E, loss", _("How far the outputs are from their targets."),
         _("the title line, and its plot")),
    Term("δ", "error", "誤差", "dZ (Ng), δ (Bishop), t − o (−δ), ∂L/∂z", _("How fast C grows with a neuron’s z."),
         _("the lens δ, from step 3; v changes the lens"), "delta"),
    Term("∂C/∂w", "gradient of a weight", "權重的梯度", "dW (Ng), ∇w, w.grad", _("How fast C grows with the weight."),
         _("the panel below the network, from step 5")),
    Term("∂C/∂b", "gradient of a bias", "偏差的梯度", "db (Ng), b.grad", _("How fast C grows with the bias: δ itself."),
         _("the lens ∂C/∂b; v changes the lens"), "grad_b"),
    Term("∂C/∂a", "rate", "變化率", "dA (Ng), ∇ₐC", _("How fast C grows with an activation."),
         _("the lens rate; v changes the lens"), "rate"),
    Term("η", "learning rate", "學習率", "學習速率, α, lr, step size",
         _("How far an update goes against the gradient."), _("the title line; h changes it")),
    Term("⊙", "Hadamard product", "阿達馬乘積", "逐元素乘積, *, ∘", _("Number by number, not rows times columns."),
         _("BP1 and BP2 in the panel of the equation; m writes it as a matrix")),
    Term("ᵀ", "transpose", "轉置", ".T, W′", _("Rows as columns: the same weights, walked backwards."),
         _("BP2 in the panel of the equation, at step 4")),
    Term("BP", "backpropagation", "反向傳播", "倒傳遞, backprop, reverse mode",
         _("All partial derivatives by one pass forward and one back."), _("steps 3 to 5")),
    Term("FF", "feedforward", "前向傳播", "前饋, 順向傳遞, forward pass",
         _("From the inputs to the outputs, layer by layer."),
         _("step 2")),
    Term("λ", "weight decay", "權重衰減", "正規化, 正則化, L2, ridge", _("Makes weights smaller at every update."),
         _("the settings, h")),
)  # fmt: skip
