"""The proof of the equation behind the number under the cursor, line by line (36)–(45)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.arrangement import beside
from tuibp.app.panel_keys import arrows, ends, leaving, one_of_four, table
from tuibp.app.screens.paged import PagedScreen
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.proof import Equation, Proof, equation_of_error, prove
from tuibp.locale import _
from tuibp.render.frame import framed, inside
from tuibp.render.proof_lines import proof_lines, proof_title
from tuibp.render.proof_network import proof_network
from tuibp.render.scene import Scene
from tuibp.render.title import title_line
from tuibp.session.cursor import Cursor, to_neuron, to_weight

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form

NUMBERS: tuple[Equation, ...] = ("BP1", "BP2", "BP3", "BP4")


class Proofs(PagedScreen[Proof]):
    """It has a cursor of its own: on leaving, one is where one was."""

    END = _("This is the last line: the proof is done.")
    BINDINGS = [
        PictureScreen.COPY,
        table("step", "turn(1)", _("next line"), _("The next line of the proof")),
        table("back", "turn(-1)", _("back"), _("The line before")),
        *one_of_four("choose", "BP1-BP4", _("Another of the four equations")),
        *arrows("move", _("neuron"), _("Another neuron, bias or weight")),
        *ends("edge", _("The first line"), _("The last line")),
        *leaving(_("close"), _("Back to the steps"), "proof"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The proof"))
        scene = desk.scene()
        cursor = scene.cursor
        at_weights = desk.view.panel == "matrix" and cursor.layer > 0
        if cursor.layer == 0:
            cursor = Cursor(1, 0)
        if cursor.bias or (cursor.k is None and scene.state.stop.step == "gradient" and not at_weights):
            self._equation: Equation = "BP3"
        elif cursor.k is not None or at_weights:
            self._equation, cursor = "BP4", replace(cursor, k=cursor.k or 0)
        else:
            self._equation = equation_of_error(scene.state.network, cursor.layer)
        self._cursor = cursor
        self._prove()

    def _prove(self) -> None:
        state, at, equation = self._desk.state, self._cursor, self._equation
        k = (at.k or 0) if equation == "BP4" else None
        self._making.make(
            state.network, lambda told: prove(state.network, state.shown, equation, at.layer, at.j, k, told)
        )

    def pages(self, made: Proof) -> int:
        return len(made.lines)

    def copied(self, made: Proof, at: int, form: Form) -> Copied:
        from tuibp.render.copied_pages import of_proof

        return of_proof(self._desk.state.network, made, at, form, self._desk.glyphs)

    def page(self, scene: Scene, made: Proof) -> None:
        proof, at = made, self._at
        scene = replace(scene, cursor=Cursor(proof.layer, proof.j, proof.k), message=self.told)
        self.line("title", title_line(scene, self.size.width))
        self.line("steps", proof_title(scene, proof, at, self.size.width))
        slot = self.slot("whole")
        width, height = slot.size
        left = max(min(round(width * 0.35), 48), 24 if width >= 60 else 18)
        network = proof_network(scene, proof, proof.lines[at], *inside(scene, left, height))
        lines = proof_lines(scene, proof, at, *inside(scene, width - left, height, "right"))
        slot.show(beside(framed(network, scene, left, height), framed(lines, scene, width - left, height, "right")))

    def action_choose(self, number: int) -> None:
        """Another of the four: the cursor goes to the nearest number that it is about."""
        wanted, last, at = NUMBERS[number], self._desk.state.network.last, self._cursor
        if wanted == "BP2" and last < 2:
            self._desk.say(_("There is no hidden layer, so BP2 has nothing to say here."))
        else:
            sizes = self._desk.state.network.sizes
            layer = last if wanted == "BP1" else min(at.layer, last - 1) if wanted == "BP2" else at.layer
            k = (at.k or 0) if wanted == "BP4" else None
            self._equation, self._cursor = wanted, Cursor(layer, min(at.j, sizes[layer] - 1), k)
            self._wanted = 0
            self._prove()
        self.repaint()

    def action_move(self, direction: str) -> None:
        """Another neuron or weight; the line stays. An error's equation follows its layer."""
        network, at = self._desk.state.network, self._cursor
        if self._equation == "BP4":
            moved = to_weight(at, network.sizes, direction)
            moved = at if moved.bias else moved
        else:
            moved = to_neuron(at, network.sizes, direction, network.sizes)
        if moved.layer > 0:
            self._cursor = moved
            if self._equation in ("BP1", "BP2"):
                self._equation = equation_of_error(network, moved.layer)
            self._prove()
        self.repaint()
