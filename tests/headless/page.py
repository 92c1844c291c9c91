"""A page of `tuibp web` without a browser: its websocket, and a terminal that shows what comes."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Any

import aiohttp
import pyte

from tests.terminal.line import UNKNOWN_TO_PYTE


class Page:
    def __init__(self, port: int, size: tuple[int, int] = (80, 24)) -> None:
        self._own = f"http://127.0.0.1:{port}"
        self._size = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.over = asyncio.Event()

    async def __aenter__(self) -> Page:
        self._session = aiohttp.ClientSession()
        width, height = self._size
        address = f"{self._own}/ws?width={width}&height={height}"
        self.socket = await self._session.ws_connect(address, origin=self._own)
        connection = self.socket._response.connection
        assert connection is not None
        assert connection.transport is not None
        self._line = connection.transport
        self._reading = asyncio.create_task(self._read())
        await self.shows("mazur")
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._line.abort()  # as a page that is closed does, whatever it had to send
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self._session.close()
        await asyncio.sleep(0)  # for the line to be closed

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type == aiohttp.WSMsgType.BINARY:
                if b"\x1b[6n" in message.data:
                    await self.type("\x1b[1;1R")
                self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", message.data))
        self.over.set()

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def say(self, *envelope: Any) -> None:
        await self.socket.send_str(json.dumps(envelope))

    async def type(self, keys: str) -> None:
        await self.say("stdin", keys)

    async def resize(self, width: int, height: int) -> None:
        self.screen.resize(height, width)
        await self.say("resize", {"width": width, "height": height})

    async def shows(self, text: str, seconds: float = 20) -> None:
        until = monotonic() + seconds
        while text not in self.text:
            assert monotonic() < until, f"no {text!r} in\n{self.text}"
            await asyncio.sleep(0.01)
