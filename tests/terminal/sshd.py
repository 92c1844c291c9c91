"""A real sshd on the loopback, and a slow line to it: what the server sends passes at so many bytes a second."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from getpass import getuser
from pathlib import Path

import pytest

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
PIECE = 0.01
"""Seconds of line that pass at once."""


def missing() -> str:
    """Why there can be no sshd here; "" where there can."""
    for program in (SSHD, "ssh", "ssh-keygen"):
        if not shutil.which(program):
            return f"{program} is not installed (Debian: openssh-server, openssh-client)"
    return "" if os.getuid() == 0 or os.access(SSHD, os.X_OK) else "sshd cannot be run"


def skip_without(reason: str) -> None:
    """Skip for this reason, except in CI, where nothing may be missing."""
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


class Sshd:
    """sshd with keys of its own, for one user, on one port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        shutil.copy(folder / "user.pub", folder / "authorized")
        self.port = _free_port()
        config = folder / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
            f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
            "PermitRootLogin prohibit-password\nPrintMotd no\nPrintLastLog no\n"
        )
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=log)
        _wait_for(self.port)

    def client(self, port: int, command: str) -> tuple[str, ...]:
        """A command line that runs another on the server, in a terminal."""
        options = {
            "IdentityFile": self.folder / "user", "UserKnownHostsFile": "/dev/null", "StrictHostKeyChecking": "no",
            "LogLevel": "ERROR", "IdentitiesOnly": "yes", "IPQoS": "none",
        }  # fmt: skip
        given = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ("ssh", "-F", "none", "-tt", "-p", str(port), *given, f"{getuser()}@127.0.0.1", command)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(5)


class SlowLine:
    """Passes bytes to a port and back; what comes back passes at `rate` bytes a second."""

    def __init__(self, port: int, rate: float) -> None:
        self._port, self._rate = port, rate
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket()
            # A line holds little: what waits must wait in the server's own buffers, as on a real one.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            server.connect(("127.0.0.1", self._port))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pass, args=(client, server, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, self._rate), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket, rate: float | None) -> None:
        most = 65536 if rate is None else max(1, int(rate * PIECE))
        due = 0.0
        try:
            while data := source.recv(most):
                if rate is not None:
                    due = max(due, time.monotonic()) + len(data) / rate
                    time.sleep(max(0.0, due - time.monotonic()))
                target.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)  # closing alone would not wake the other direction
                end.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("sshd does not listen")
