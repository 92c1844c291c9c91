"""Presets and network files, in and out: one format a file, one clear line where something is wrong.

Names are imported when they are first used: the command line needs `BadInput` alone, and numpy takes its time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.files.errors import BadInput
    from tuibp.files.folder import preset_folder, preset_names
    from tuibp.files.network_file import save
    from tuibp.files.preset import Initial, Opening, Preset
    from tuibp.files.summary import Summary, summaries
    from tuibp.files.target import load

_HOMES = {
    "BadInput": "errors",
    "preset_folder": "folder",
    "preset_names": "folder",
    "Initial": "preset",
    "Opening": "preset",
    "Preset": "preset",
    "save": "network_file",
    "Summary": "summary",
    "summaries": "summary",
    "load": "target",
}

__all__ = [
    "BadInput", "Initial", "Opening", "Preset", "Summary", "load", "preset_folder", "preset_names", "save", "summaries",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value = getattr(import_module(f"tuibp.files.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
