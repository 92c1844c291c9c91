"""A .po file is the source. A wheel brings it as .mo, which gettext reads; without one, the source is read as it is.

The standard library alone: the build runs `compiled` as well (.ci/build_catalogues.py), where nothing is installed.
"""

from __future__ import annotations

import json
import re
import struct
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent
DOMAIN = "tuibp"
ENTRY = re.compile(r'^(?:msgid|msgid_plural|msgstr(?:\[\d\])?) (?:"(?:[^"\\]|\\.)*"\s*)+', re.MULTILINE)
PIECE = re.compile(r'"(?:[^"\\]|\\.)*"')


def catalogue(language: str) -> GNUTranslations:
    """The sentences in this language."""
    source = path_of(language)
    built = source.with_suffix(".mo")
    try:
        # An older .mo is what an earlier build left in a checkout.
        fresh = not source.exists() or built.stat().st_mtime >= source.stat().st_mtime
        content = built.read_bytes() if fresh else compiled(source.read_text("utf-8"))
    except OSError:
        content = compiled(source.read_text("utf-8"))
    return GNUTranslations(BytesIO(content))


def path_of(language: str) -> Path:
    return FOLDER / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


def entries(source: str) -> dict[str, str]:
    """What a .po file says: translations by message, as .mo files key them; those that are empty are left out.

    One and many are joined by NUL; the header is the translation of nothing.
    """
    found: dict[str, str] = {}
    message, translation = "", ""
    for line in ENTRY.finditer(source):
        keyword = line[0].partition(" ")[0]
        text = "".join(json.loads(piece) for piece in PIECE.findall(line[0]))
        if keyword == "msgid":
            if translation:
                found[message] = translation
            message, translation = text, ""
        elif keyword == "msgid_plural":
            message = f"{message}\0{text}"
        else:
            translation = text
    if translation:
        found[message] = translation
    return found


def compiled(source: str) -> bytes:
    """The .mo of a .po, little-endian: seven numbers, two tables of (length, offset), and the texts, sorted."""
    texts = sorted((key.encode(), value.encode()) for key, value in entries(source).items())
    count, head = len(texts), 28
    at = head + 16 * count
    tables, body = [], bytearray()
    for column in (0, 1):
        for pair in texts:
            tables.append((len(pair[column]), at + len(body)))
            body += pair[column] + b"\0"
    numbers = (0x950412DE, 0, count, head, head + 8 * count, 0, at)
    return struct.pack("<7I", *numbers) + b"".join(struct.pack("<2I", *each) for each in tables) + bytes(body)
