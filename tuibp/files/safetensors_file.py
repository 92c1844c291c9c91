"""Networks in .safetensors files, by the library of that name where it is installed."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tuibp.files.bounds import BINARY_BYTES, MEGABYTE, read_bytes
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.json_file import parse
from tuibp.files.named_arrays import join, split
from tuibp.locale import _

TEXT = "tuibp"
"""The metadata entry that holds the description's text."""
HEADER_BYTES = 10 * MEGABYTE


def read_safetensors(path: Path) -> dict[str, Any]:
    """The description that a .safetensors file holds. Raises BadInput."""
    library = _library(path)
    content = read_bytes(path, BINARY_BYTES)
    file = printable_path(path)
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(HEADER_BYTES, len(content) - 8):
        raise BadInput(_("{file}: is not a safetensors file").format(file=file))
    try:
        arrays = library.load(content)
        header = content[8 : 8 + length].decode("utf-8")
    except Exception as error:  # the library raises a class of its own, KeyError, TypeError …
        reason = _("is not a safetensors file of numbers: {reason}").format(reason=printable(error))
        raise BadInput(f"{file}: {reason}") from None
    metadata = parse(file, header).get("__metadata__")
    return join(path, arrays, metadata.get(TEXT) if isinstance(metadata, dict) else None)


def write_safetensors(path: Path, description: dict[str, Any]) -> bytes:
    """The description as the bytes of a .safetensors file."""
    library = _library(path)
    arrays, rest = split(description)
    text = json.dumps(rest, ensure_ascii=False, allow_nan=False)
    content: bytes = library.save({name: np.ascontiguousarray(a) for name, a in arrays.items()}, {TEXT: text})
    return content


def _library(path: Path) -> ModuleType:
    try:
        from safetensors import numpy as library
    except ImportError:
        reason = _("needs the safetensors package: pip install 'tuibp[safetensors]'")
        raise BadInput(f"{printable_path(path)}: {reason}") from None
    return library
