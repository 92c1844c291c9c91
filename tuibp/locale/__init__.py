"""Every sentence that a person reads goes through `_`; a second language is a catalogue in this folder."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

_catalogue = _gettext.translation("tuibp", str(Path(__file__).parent), fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext
