"""Every sentence that a person reads goes through gettext, with named fields: read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent / "tuibp"
ALONE = {"own_code_child.py"}
"""Runs in a process of its own, without any of tuibp."""
TELLS = {"BadInput", "NetworkError", "notify", "print", "say"}
"""What is given to these is read by people."""
WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"tuibp|\{\w*\}|--\w+|<[^>]*>")
"""No words of any language: our name, options, markup."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.name not in ALONE:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def untold(node: ast.AST) -> Iterator[ast.Constant]:
    """Literals with words in an expression that are not given to gettext; what is handed to other calls is theirs."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):  # "…".format(…)
            yield from untold(node.func.value)
        return
    if isinstance(node, ast.FormattedValue):
        yield from untold(node.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORD.search(NAMES.sub("", node.value)):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from untold(child)


def told(tree: ast.Module, file: str) -> Iterator[ast.AST]:
    """What is said, raised as bad input, or yielded as a line of a command."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in TELLS:
            yield from node.args
        elif isinstance(node, ast.Call) and name_of(node) in {"add_argument", "Parser"}:
            yield from (k.value for k in node.keywords if k.arg in {"help", "description", "epilog"})
        elif isinstance(node, ast.Yield) and node.value is not None:
            yield from (node.value,) if file.startswith("headless") else ()
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "SUMMARY" for t in node.targets):
            yield node.value


def test_what_people_are_told_goes_through_gettext() -> None:
    found = [
        f"{file}:{part.lineno}: {part.value!r}"
        for file, tree in sources()
        for node in told(tree, file)
        for part in untold(node)
    ]
    assert found == []


def test_what_is_given_to_gettext_is_never_put_together_and_its_fields_have_names() -> None:
    """An f-string is in no catalogue, and fields without names stand in one order only."""
    found = []
    for file, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in {"_", "ngettext"}:
                for text in node.args[: 1 if name_of(node) == "_" else 2]:
                    fields = re.findall(r"\{(\w*)", str(getattr(text, "value", "")).replace("{{", ""))
                    if isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call) or any(
                        not f or f.isdigit() for f in fields
                    ):
                        found.append(f"{file}:{node.lineno}: {ast.unparse(text)}")
    assert found == []
