"""Served to a browser: who may open a session, and what a session may do."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tests.drive import program
from tests.terminal.test_bytes import memory, needs_proc
from tuibp.app.kiosk import refuse_file
from tuibp.app.saving import Shot, save_as
from tuibp.app.screens.picker import Picker
from tuibp.cli import main
from tuibp.headless.web import refused

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1:8000"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}

needs_server = pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is not installed")


@pytest.mark.parametrize(
    ("path", "asked", "origin", "expected"),
    [
        ("/", HOST, None, False),
        ("/", "localhost:8000", None, False),
        ("/", "evil.example:8000", None, True),
        ("/", HOST, "http://evil.example", True),
        ("/ws", HOST, f"http://{HOST}", False),
        ("/ws", HOST, None, True),
        ("/ws", HOST, "null", True),
        ("/ws", HOST, "http://127.0.0.1:9999", True),
        ("/ws", HOST, f"https://{HOST}", True),
        ("/ws", HOST, f"http://{HOST}.evil.example", True),
        ("/ws", "evil.example:8000", "http://evil.example:8000", True),
        ("/download/x", HOST, None, True),
    ],
)
def test_only_the_server_s_own_page_may_open_a_session(
    path: str, asked: str, origin: str | None, expected: bool
) -> None:
    assert refused(path, asked, origin, HOST) is expected


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where `tuibp web` serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = int(free.getsockname()[1])
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "SECRET": "told to nobody"}
    command = [sys.executable, "-m", "tuibp", "web", "mazur", "--port", str(found)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert str(found) in server.stdout.readline()
        for _ in range(100):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", found)) == 0:
                    break
            time.sleep(0.1)
        yield found
        server.terminate()
        server.communicate(timeout=10)


def answer(port: int, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=given)
        response = connection.getresponse()
        text = response.read().decode() if response.status != 101 else ""
        return response.status, text, dict(response.getheaders())
    finally:
        connection.close()


@needs_server
def test_a_page_comes_from_this_machine_alone_and_fetches_nothing_from_elsewhere(port: int) -> None:
    status, page, headers = answer(port, "/")
    assert status == 200
    own = re.escape(f"127.0.0.1:{port}")
    assert not re.findall(rf"(?:src|href)=\"(?:https?:)?//(?!{own})", page)
    assert "xterm.css" in page
    assert "fonts.googleapis" not in page
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert answer(port, "/static/js/textual.js")[0] == 200
    assert answer(port, "/", Host="evil.example")[0] == 403
    assert answer(port, "/", Origin="http://evil.example")[0] == 403


@needs_server
def test_another_website_opens_no_session_and_the_page_does(port: int) -> None:
    own = f"http://127.0.0.1:{port}"
    assert answer(port, "/ws", **UPGRADE)[0] == 403
    assert answer(port, "/ws", Origin="http://evil.example", **UPGRADE)[0] == 403
    assert answer(port, "/ws", Origin=own, Host=f"evil.example:{port}", **UPGRADE)[0] == 403
    assert answer(port, "/ws", Origin=own, **UPGRADE)[0] == 101


JUNK: tuple[Any, ...] = (
    [], {}, 1, None, ["stdin"], ["stdin", 1], ["stdin", "\ud800"], ["resize"], ["resize", {"width": "9"}], ["ping", {}],
    ["resize", {"width": 10**9, "height": -5}], ["quit"], [["stdin", " "]], ["blur", 1, 2], ["focus"],
    ["stdin", "\x1b[1114112u\x1b[97;1;99999999u\x1b[48;24;80;0;0t\x1b[?997;1n\x1b[999999;99999R\x1bP1$r"],
)  # fmt: skip


@needs_server
@needs_proc
async def test_a_page_types_pastes_and_grows_and_its_session_ends_with_it(port: int) -> None:
    from tests.headless.page import Page

    before = set(sessions())
    async with Page(port) as page:
        (child,) = set(sessions()) - before
        await page.type(" ")
        await page.shows("2/5")
        await page.type("\x1b[C\x1b[200~=\x1b[201~i")
        await page.shows("enter takes it")
        await page.type("\x1b[200~0.25, 0.75\x07\x1b[201~")
        await page.shows("0.25, 0.75")
        await page.type("\r")
        await page.shows("example of your own")
        await page.type("\x1b[<0;3;2M\x1b[<0;3;2m")  # a click on step 1
        await page.shows("1/5")
        for text in ("", "[" * 100_000, "NaN", "\x00", *map(json.dumps, JUNK)):
            await page.socket.send_str(text)
        await page.socket.send_bytes(b"M\x00\x00")
        await page.resize(120, 40)
        await page.shows("1-5 phase")
        await page.type("\x1b\\ ")
        await page.shows("step 2 of 5")
        assert memory(child) < 150e6
    until = time.monotonic() + 10
    while child in sessions():
        assert time.monotonic() < until
        await asyncio.sleep(0.05)


@needs_server
@needs_proc
async def test_a_flood_from_a_page_waits_on_its_line(port: int) -> None:
    from tests.headless.page import Page

    before = set(sessions())
    async with Page(port) as page:
        (child,) = set(sessions()) - before
        server = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
        taken = memory(child), memory(server)
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                for _piece in range(5_000):  # 20 MB, of which the line itself may hold some
                    await page.type("[]" * 2_000)
        assert memory(child) - taken[0] < 25e6
        assert memory(server) - taken[1] < 25e6
        os.kill(child, signal.SIGTERM)
        await page.over.wait()


def sessions() -> list[int]:
    """Processes that serve a page."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"--kiosk" in (folder / "cmdline").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def test_a_kiosk_opens_presets_alone_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refuse_file("mazur") == ""
    for target in ("/etc/passwd", "../mazur.toml", str(tmp_path / "x.toml"), ""):
        assert refuse_file(target)
    assert main(["--kiosk", "/etc/passwd"]) == 2
    assert main(["--kiosk", "--log", "x.tuibp"]) == 2
    assert main(["web", "/etc/passwd"]) == 2
    assert capsys.readouterr().err.count("\n") == 3


async def test_in_a_kiosk_neither_saving_nor_opening_reaches_a_file(tmp_path: Path) -> None:
    async with program("mazur") as (app, pilot):
        app.kiosk = True
        objection, done = save_as(app, tmp_path / "x.svg", Shot("", ""))
        assert (bool(objection), done, list(tmp_path.iterdir())) == (True, "", [])
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, Picker)
        assert "not opened" in app.screen._open(str(ROOT / "presets" / "xor.toml"))
        await pilot.press("escape")
        await pilot.pause()
        screen: Screen[Any] = app.screen
        titles = {command.title.lower() for command in app.get_system_commands(screen)}
        assert "theme" in titles
        assert "screenshot" not in titles
