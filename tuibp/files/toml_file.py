"""TOML text into tables."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tuibp.files.bounds import TOML_BYTES, read_text
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.locale import _


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a .toml file. Raises BadInput with the line where it stops being TOML."""
    text = read_text(path, TOML_BYTES)
    try:
        return tomllib.loads(text)
    except RecursionError:
        reason = _("is nested too deeply")
    except ValueError as error:  # TOMLDecodeError is one; so is a number of too many digits
        reason = _("is not TOML: {reason}").format(reason=printable(error))
    raise BadInput(f"{printable_path(path)}: {reason}")
