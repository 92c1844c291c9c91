"""textual-serve's server, except that what no page of ours sends is skipped, and that a session ends with its page."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from textual_serve.server import Server


class Served(Server):  # type: ignore[misc]  # an extra, without types where it is not installed
    """Reading waits while a session does not read, and so the page's line fills and waits as well."""

    async def _process_messages(self, websocket: Any, app_service: Any) -> None:
        try:
            async for message in websocket:
                await _pass_on(websocket, app_service, *understood(message.data))
        finally:  # asked to quit, it would first answer all that was sent before
            with suppress(ProcessLookupError):
                app_service._process.terminate()


async def _pass_on(websocket: Any, app_service: Any, kind: str, given: Any) -> None:
    if kind == "stdin":
        await app_service.send_bytes(given.encode("utf-8", "ignore"))
    elif kind == "resize":
        await app_service.set_terminal_size(given["width"], given["height"])
    elif kind == "ping":
        await websocket.send_json(["pong", given])
    elif kind == "blur":
        await app_service.blur()
    elif kind == "focus":
        await app_service.focus()


def understood(text: object) -> tuple[str, Any]:
    """What kind of message a page has sent, and what with it; ("", None) where it is none of ours."""
    try:
        envelope = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        envelope = None
    kind, given = [*envelope, None, None][:2] if isinstance(envelope, list) else (None, None)
    size = isinstance(given, dict) and {type(given.get(side)) for side in ("width", "height")} == {int}
    fits = (
        isinstance(given, str) if kind in ("stdin", "ping") else size if kind == "resize" else kind in ("blur", "focus")
    )
    return (str(kind), given) if fits else ("", None)
