"""Presets that were read before are not read again: a preview, an opening and a step back share one."""

from __future__ import annotations

from functools import cache

from tuibp.files.preset import Preset
from tuibp.files.target import load


@cache
def load_once(target: str) -> Preset:
    """`load`, remembered. Raises BadInput, each time anew."""
    return load(target, load_once)
