"""What the cursor asks about: which number, how it is explained, and whether the steps have come to it."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.steps import KINDS, Computed, Quantity
from tuibp.render.scene import Scene
from tuibp.session.reach import known

QUANTITY_OF_LENS: dict[str, Quantity] = {"a": "a", "z": "z", "delta": "delta", "slope": "delta", "grad_b": "gradient"}
_REACHED_BY: dict[Quantity, Computed] = {"z": "z", "a": "a", "delta": "delta", "gradient": "grad_b"}


@dataclass(frozen=True, eq=False)
class Subject:
    """The number under the cursor."""

    quantity: Quantity
    layer: int
    j: int
    k: int | None
    """None but for a weight."""
    bias: bool
    known: bool
    """Whether the five steps have come to it."""

    @property
    def weight(self) -> bool:
        return self.k is not None


def subject_of(scene: Scene) -> Subject:
    """What the equation panel tells of: by the person's lens, otherwise by the step."""
    cursor, state = scene.cursor, scene.state
    quantity = KINDS[state.stop.step].asks
    if scene.view.lens is not None:
        quantity = QUANTITY_OF_LENS.get(scene.view.lens, quantity)
    if cursor.layer == 0:
        return Subject("a", 0, cursor.j, None, False, True)
    reached: Computed = "grad_w" if quantity == "gradient" and cursor.k is not None else _REACHED_BY[quantity]
    if quantity == "a" and not known(state, "a", cursor.layer, cursor.j) and known(state, "z", cursor.layer, cursor.j):
        quantity, reached = "z", "z"
    there = known(state, reached, cursor.layer, cursor.j, cursor.k if reached == "grad_w" else None)
    return Subject(quantity, cursor.layer, cursor.j, cursor.k, cursor.bias, there)
