"""The presets that a saved session needs: a shipped one by its name, any other whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from tuibp.files import preset_names
from tuibp.files.description import describe, preset_of
from tuibp.files.errors import BadInput, printable
from tuibp.files.preset import Preset
from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.commands import Loader
from tuibp.session.packing import with_arrays, with_packed

CHARACTERS = 256 * 2**20
"""Of a saved session: what is longer is not read."""


def preset_table(target: str, preset: Preset) -> dict[str, Any]:
    """What is saved of a preset that was opened by this target. Raises BadInput, at once, where that is too large."""
    numbers = preset.network.parameters.size + preset.data.x.size + preset.data.y.size
    if target not in preset_names() and numbers * 8 * 4 // 3 > CHARACTERS:  # before hundreds of megabytes are packed
        raise BadInput(_("this session is too large to be saved"))
    table = {"name": preset.name, "source": preset.source, "digest": digest(preset)}
    return table if target in preset_names() else {**table, "description": with_packed(describe(preset))}


def preset_from(table: Table, target: str, load: Loader) -> Preset:
    """The preset again. Raises BadInput where it cannot be had, or is not the one it was."""
    table.only(("name", "source", "digest", "description"))
    if target not in preset_names() and not table.has("description"):
        raise table.bad("description", _("is missing"))
    preset = _embedded(table) if table.has("description") else load(target)
    if digest(preset) != table.get("digest"):
        raise table.bad("digest", _("{target} is not what it was when this was saved").format(target=printable(target)))
    return preset


def digest(preset: Preset) -> str:
    """SHA-256 of what a replay starts from: untrained parameters and data."""
    content = hashlib.sha256(preset.network.digest().encode())
    for array in (preset.data.x, preset.data.y, preset.data.train):
        content.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return content.hexdigest()


def _embedded(table: Table) -> Preset:
    description = with_arrays(table, "description", table.get("description"))
    tables = table.nested("description", description)
    if not tables.table("data").has("x"):  # so that reading a session never reads another file
        raise tables.table("data").bad("x", _("is missing"))
    name, source = table.text("name"), table.text("source", length=4096)
    return preset_of(tables.values, name, Path(table.file), source, data_required=True)
