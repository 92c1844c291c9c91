"""JSON text as one object, and nothing that JSON's own standard leaves open: no NaN, no key twice, no end of memory."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from tuibp.files.bounds import PIECES, VALUES
from tuibp.files.errors import BadInput, printable
from tuibp.files.heed import tell
from tuibp.locale import _

LONG = 1_000_000
"""Characters from which on reading is told of: until its end the library's reader lets nothing else run."""
WORD = 10_000
"""Numbers between words."""


def parse(file: str, text: str) -> dict[str, Any]:
    """One JSON object; NaN, Infinity and a key given twice are refused. Raises BadInput."""
    if sum(map(text.count, '[{"')) > 2 * PIECES:
        raise BadInput(_("{file}: holds more than {n:,} lists, tables and texts").format(file=file, n=PIECES))
    if (numbers := text.count(",")) > VALUES:
        raise BadInput(_("{file}: holds more than {n:,} numbers; .npz takes more").format(file=file, n=VALUES))
    try:
        told = _told(numbers) if len(text) > LONG else {}
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once, **told)
    except RecursionError:
        raise BadInput(_("{file}: is nested too deeply").format(file=file)) from None
    except json.JSONDecodeError as error:
        reason = _("is not JSON: {reason} (line {line})").format(reason=error.msg, line=error.lineno)
        raise BadInput(f"{file}: {reason}") from None
    except ValueError as error:  # a number of too many digits, or one of our own refusals
        raise BadInput(f"{file}: {printable(error)}") from None
    if not isinstance(value, dict):
        raise BadInput(_("{file}: must be one JSON object").format(file=file))
    return value


def _told(numbers: int) -> dict[str, Any]:
    """What reads numbers, and tells now and then how many of about so many it has."""
    read = 0

    def word() -> None:
        nonlocal read
        read += 1
        if read % WORD == 0:
            tell(read, max(numbers, read))

    def real(text: str) -> float:
        word()
        return float(text)

    def whole(text: str) -> int:
        word()
        return int(text)

    return {"parse_float": real, "parse_int": whole}


def _no_constant(name: str) -> None:
    raise ValueError(_("holds {name}, not a finite number").format(name=name))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, __), *___ = Counter(key for key, __ in pairs).most_common(1)
        raise ValueError(_("{key}: is given twice").format(key=printable(twice)))
    return found
