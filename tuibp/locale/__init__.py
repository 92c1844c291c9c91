"""Every sentence that a person reads goes through `_`; a second language is a catalogue in this folder."""

from __future__ import annotations

import gettext as _gettext
import os as _os
import re as _re
from collections.abc import Mapping as _Mapping
from pathlib import Path as _Path

_NAME = _re.compile(r"[A-Za-z0-9_@-]+(\.[A-Za-z0-9_-]+)?")
"""Of a locale: no path, or a catalogue would be loaded from wherever the environment says."""


def languages(environ: _Mapping[str, str]) -> list[str]:
    """The languages that the environment asks for, as gettext reads it, without those that are no names."""
    asked = next((value for key in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(key))), "")
    return [name for name in asked.split(":") if _NAME.fullmatch(name)]


_catalogue = _gettext.translation("tuibp", str(_Path(__file__).parent), languages(_os.environ), fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext
