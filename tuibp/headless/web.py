"""The program in browsers on this machine: each page is a session, and only pages of this server may open one."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from collections.abc import Awaitable, Callable
from tempfile import TemporaryDirectory
from typing import Any

from tuibp.files.errors import BadInput
from tuibp.locale import _

SUMMARY = _("Serve the program to browsers on this machine.")
EXAMPLE = "tuibp web digits"
LOOPBACK = "127.0.0.1"
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "TZ")
"""What a session may know of the environment."""
FONT_LINK = re.compile(r"<link[^>]*https://[^>]*>")
FONT = """<style>@font-face { font-family: "Roboto Mono"; font-weight: 100 700;
src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf"); }</style>"""
HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self' ws://{host}; "
    "frame-ancestors 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Handler = Callable[[Any], Awaitable[Any]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", nargs="?", metavar="TARGET", help=_("a preset to open; without it, the list of them"))
    parser.add_argument("--port", metavar="N", type=int, default=8000, help=_("where to listen (default 8000)"))


def run(args: argparse.Namespace) -> int:
    from tuibp.app.kiosk import refuse_file

    if args.target and (objection := refuse_file(args.target)):
        raise BadInput(objection)
    if not 0 < args.port < 65536:
        raise BadInput(_("--port {port}: a port is a number from 1 to 65535").format(port=args.port))
    try:
        import aiohttp.web

        from tuibp.headless.served import Served
    except ImportError:
        raise BadInput(_("tuibp web needs textual-serve: pip install '.[web]'")) from None

    host = f"{LOOPBACK}:{args.port}"
    command = [sys.executable, "-m", "tuibp", "--kiosk", *([args.target] if args.target else [])]
    with TemporaryDirectory(prefix="tuibp-web-") as folder:
        scrub(folder)
        server = Served("exec " + shlex.join(command), LOOPBACK, args.port, title="tuibp", public_url=f"http://{host}")
        print(_("tuibp is at http://{host} (ctrl+c ends it)").format(host=host), flush=True)
        try:
            aiohttp.web.run_app(
                application(server, host), host=LOOPBACK, port=args.port, print=None, handler_cancellation=True
            )
        except OSError as error:
            raise BadInput(_("port {port}: {reason}").format(port=args.port, reason=error.strerror or error)) from None
        finally:
            os.chdir("/")
    return 0


def scrub(folder: str) -> None:
    """From here on this process and its sessions know of nothing but a folder of their own."""
    for name in set(os.environ) - set(KEPT):
        del os.environ[name]
    os.environ |= {"HOME": folder, "TMPDIR": folder, "XDG_STATE_HOME": folder}
    os.chdir(folder)


async def application(server: Any, host: str) -> Any:
    """textual-serve's own, behind a check of who asks."""
    app = await server._make_app()
    app.on_startup.clear()  # a banner
    app.middlewares.append(guarded(host))
    return app


def guarded(host: str) -> Any:
    """A middleware that lets in the pages of this host alone."""
    from aiohttp import web

    async def check(request: Any, handler: Handler) -> Any:
        if refused(request.path, request.host, request.headers.get("Origin"), host):
            raise web.HTTPForbidden(text="tuibp is served to its own page on this machine alone.\n")
        if request.host != host:
            raise web.HTTPFound(f"http://{host}/")
        response = await handler(request)
        if request.path != "/ws":
            response.headers.update({name: value.format(host=host) for name, value in HEADERS.items()})
        if request.path == "/":
            response.text = FONT_LINK.sub(FONT, response.text)
        return response

    return web.middleware(check)


def refused(path: str, asked: str, origin: str | None, host: str) -> bool:
    """Whether a request is none of this server's own page: another name for this machine (DNS rebinding), or another
    website's; or a download, as no session has. A browser names the origin of every websocket; what names none is no
    browser's page."""
    local = host.replace(LOOPBACK, "localhost")
    if asked not in (host, local) or (path == "/ws" and asked != host) or path.startswith("/download"):
        return True
    if origin is None:
        return path == "/ws"
    return origin != f"http://{asked}"
