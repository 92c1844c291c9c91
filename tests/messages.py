"""Brings the catalogues in step with the source: `python -m tests.messages`.

Messages that are new are added without a translation, those that are gone are taken away, and what is left keeps its
translation and stands under the file where it is said first. Ends with 1 where a translation is missing.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tuibp.locale.catalogue import FOLDER, entries

ROOT = FOLDER.parent
Message = tuple[str, ...]
"""One text, or two: for one and for many."""


def source_messages() -> dict[Message, list[str]]:
    """Every literal that is given to `_`, `N_` or `ngettext`, with the files that say it, in their order."""
    found: dict[Message, list[str]] = {}
    for path in sorted(ROOT.rglob("*.py"), key=lambda p: str(p.relative_to(ROOT))):
        name = f"tuibp/{path.relative_to(ROOT)}"
        for message in sorted(_said(ast.parse(path.read_text("utf-8"))), key=lambda at: at[0]):
            files = found.setdefault(message[1], [])
            if name not in files:
                files.append(name)
    plurals = {message[0] for message in found if len(message) == 2}
    return {message: files for message, files in found.items() if len(message) == 2 or message[0] not in plurals}


def _said(tree: ast.AST) -> Iterator[tuple[tuple[int, int], Message]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "ngettext"):
            parts = node.args[: 2 if node.func.id == "ngettext" else 1]
            texts = tuple(str(part.value) for part in parts if isinstance(part, ast.Constant))
            if len(texts) == len(parts):
                yield (node.lineno, node.col_offset), texts


def merged(source: str, messages: dict[Message, list[str]]) -> str:
    """The catalogue with these messages and no others."""
    translated = entries(source)
    head = source.split("\n\n", 1)[0]
    blocks = [head]
    for message, files in messages.items():
        lines = [f"#: {' '.join(files)}", *_field("msgid", message[0])]
        translation = translated.get("\0".join(message), "")
        if len(message) == 2:
            lines += [*_field("msgid_plural", message[1]), *_field("msgstr[0]", translation)]
        else:
            lines += _field("msgstr", translation)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _field(keyword: str, text: str) -> list[str]:
    """A text as .po files write it: whole, or line by line where it has several."""
    pieces = text.splitlines(keepends=True)
    if len(pieces) <= 1:
        return [f"{keyword} {json.dumps(text, ensure_ascii=False)}"]
    return [f'{keyword} ""', *(json.dumps(piece, ensure_ascii=False) for piece in pieces)]


def missing(source: str, messages: dict[Message, list[str]]) -> list[Message]:
    translated = entries(source)
    return [message for message in messages if not translated.get("\0".join(message))]


def catalogues() -> list[Path]:
    return sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))


def main() -> int:
    messages, status = source_messages(), 0
    for path in catalogues():
        source = path.read_text("utf-8")
        path.write_text(merged(source, messages), "utf-8")
        without = missing(source, messages)
        print(f"{path.relative_to(ROOT)}: {len(messages)} messages, {len(without)} without a translation")
        for message in without:
            print(f"  {messages[message][0]}: {message[0]!r}")
        status = status or int(bool(without))
    return status


if __name__ == "__main__":
    sys.exit(main())
