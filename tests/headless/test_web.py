"""Served to a browser: who may open a session, and what a session may do."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tests.drive import program
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


@needs_server
def test_a_session_shows_its_network(port: int) -> None:
    lines = [
        "GET /ws?width=80&height=24 HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}",
        *(f"{name}: {value}" for name, value in UPGRADE.items()), "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall("\r\n".join(lines).encode())
        heard = b""
        until = time.monotonic() + 20
        while b"mazur" not in heard and time.monotonic() < until:
            heard += client.recv(65536)
    assert b"mazur" in heard


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
