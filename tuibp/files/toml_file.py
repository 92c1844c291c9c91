"""TOML text into tables."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from tuibp.files.bounds import TOML_BYTES, read_text
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.locale import _

ASIDE = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}+|\Z)|'{3}(?:[^']|'(?!''))*+(?:'{3,5}+|\Z)'''
    r"""|"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|\#[^\n]*+""",
    re.DOTALL,
)
"""Strings and comments, in which a dot is a dot."""
DOTTED = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){16}")
"""A key of many parts: the standard library's reader takes memory by their square."""


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a .toml file. Raises BadInput with the line where it stops being TOML."""
    text = read_text(path, TOML_BYTES)
    try:
        if not DOTTED.search(ASIDE.sub("s", text)):
            return tomllib.loads(text)
        reason = _("is nested too deeply")
    except RecursionError:
        reason = _("is nested too deeply")
    except ValueError as error:  # TOMLDecodeError is one; so is a number of too many digits
        reason = _("is not TOML: {reason}").format(reason=printable(error))
    raise BadInput(f"{printable_path(path)}: {reason}")
