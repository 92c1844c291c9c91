"""Another untrained start of the same preset."""

from __future__ import annotations

from dataclasses import replace

from tuibp.core.network import NetworkError, initialise
from tuibp.files.errors import BadInput
from tuibp.files.preset import Initial, Preset
from tuibp.locale import _


def redrawn(preset: Preset, seed: int | None, scheme: str | None) -> Preset:
    """The preset with its untrained start drawn anew; the same where that changes nothing. Raises BadInput."""
    initial, old = preset.initial, preset.network
    if initial is None:
        if scheme is not None:
            raise BadInput(_("The file gives the numbers of this start itself: there is none to draw."))
        return preset
    new = Initial(initial.scheme if scheme is None else scheme, initial.seed if seed is None else seed)
    if new == initial:
        return preset
    if new.seed < 0:
        raise BadInput(_("A seed is 0 or more."))
    try:
        network = initialise(old.sizes, old.activations, old.cost, new.scheme, new.seed, old.modified)
    except NetworkError as problem:
        raise BadInput(str(problem)) from None
    return replace(preset, network=network, initial=new)
