"""Presets and network files, in and out: one format a file, one clear line where something is wrong."""

from tuibp.files.errors import BadInput
from tuibp.files.folder import preset_folder, preset_names
from tuibp.files.preset import Initial, Opening, Preset
from tuibp.files.save import save
from tuibp.files.summary import Summary, summaries
from tuibp.files.target import load

__all__ = [
    "BadInput",
    "Initial",
    "Opening",
    "Preset",
    "Summary",
    "load",
    "preset_folder",
    "preset_names",
    "save",
    "summaries",
]
