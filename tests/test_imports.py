"""Data flows one way: files → core → session → render → app. Read from the source, deferred imports included."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "tuibp"

ALLOWED = {
    "core": {"core", "locale"},
    "files": {"files", "core", "locale"},
    "session": {"session", "files", "core", "locale"},
    "render": {"render", "session", "core", "locale", "files"},
    "app": {"app", "render", "session", "files", "core", "locale"},
    "headless": {"headless", "app", "render", "session", "files", "core", "locale"},
    "locale": {"locale"},
}
THIRD_PARTY = {
    "core": {"numpy"},
    "files": {"numpy", "safetensors"},
    "session": {"numpy"},
    "render": {"numpy", "rich", "plotext"},
    "app": {"numpy", "rich", "textual"},
    "headless": {"numpy", "rich", "shtab", "textual", "plotext", "textual_serve", "aiohttp"},
    "locale": set(),
}
MODULES = sorted(path for folder in ALLOWED for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_before_it(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "tuibp" and len(parts) > 1:
            assert parts[1] in ALLOWED[folder], f"{path.name} imports {name}"
        elif parts[0] not in sys.stdlib_module_names and parts[0] != "tuibp":
            assert parts[0] in THIRD_PARTY[folder], f"{path.name} imports {name}"


def test_no_file_has_more_than_300_lines() -> None:
    """A file is one room: one that grows beyond has a second noun in it, and that is where it is split."""
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in ROOT.rglob("*.py")}
    assert {name: n for name, n in lines.items() if n > 300} == {}


def circles(folders: tuple[str, ...]) -> list[str]:
    """Files that import each other in a loop, deferred imports and those for types included."""
    modules = {".".join(p.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): p for p in MODULES}
    below = {name: found_in(path) & set(modules) for name, path in modules.items() if name.split(".")[1] in folders}

    def reached(name: str) -> set[str]:
        seen: set[str] = set()
        todo = [name]
        while todo:
            new = below.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        return seen

    return [f"{name} → {', '.join(sorted(below[name]))}" for name in below if name in reached(name)]


def found_in(path: Path) -> set[str]:
    """What a file imports: of `from a.b import c`, a.b.c where that may be a file, and a.b where it is none."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            home = ROOT.parent.joinpath(*node.module.split("."))
            for alias in node.names:
                file = home / f"{alias.name}.py"
                found.add(f"{node.module}.{alias.name}" if file.exists() else node.module)
    return found


def test_no_file_imports_itself_by_a_way_round() -> None:
    assert circles(tuple(ALLOWED)) == []


def test_plotext_is_imported_in_one_file() -> None:
    users = [path.name for path in ROOT.rglob("*.py") if any(n.split(".")[0] == "plotext" for n in imports(path))]
    assert users == ["plot.py"]


def printed_without(libraries: tuple[str, ...], code: str) -> str:
    """What a program prints where these are not installed; it must end well and complain of nothing."""
    missing = f"import sys; sys.modules.update(dict.fromkeys({libraries!r}))\n"
    done = subprocess.run([sys.executable, "-c", missing + code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_core_files_and_session_run_where_textual_is_not_installed() -> None:
    code = (
        "from tuibp.files import load\n"
        "from tuibp.session.history import History\n"
        "print(History.open(load('mazur')).state.update)"
    )
    assert printed_without(("textual", "rich", "plotext"), code) == "0\n"


def test_the_command_line_imports_nothing_heavy_by_itself() -> None:
    code = (
        "import sys, tuibp.cli; print(sorted(m for m in ('numpy', 'textual', 'plotext', 'json') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_main_screen_s_picture_needs_no_textual() -> None:
    code = (
        "from tuibp.app.desk import Desk\n"
        "from tuibp.app.output.last_frame import LastFrame\n"
        "from tuibp.app.stage import Stage\n"
        "from tuibp.files import load\n"
        "rows = Stage(Desk.of(load('mazur')), lambda work: None).whole(80, 24)\n"
        "print(len(rows), len(LastFrame().update(rows, 80, None)) > 1000)"
    )
    assert printed_without(("textual", "plotext"), code) == "24 True\n"


def test_what_a_person_may_ask_for_later_is_not_imported_with_the_program() -> None:
    later = ("core.proof", "core.matrix_form", "core.questions", "core.mistakes", "core.diagnosis", "files.lesson")
    code = (
        "import sys, tuibp.app.app\n"
        f"print(sorted(m for m in sys.modules if m.startswith(tuple('tuibp.' + name for name in {later!r}))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
