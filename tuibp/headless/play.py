"""Presses keys with no terminal, prints where that leads, and saves the picture: for slides, handouts and tests."""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.headless.arguments import add_json, add_target, load, make_later
from tuibp.headless.output import print_json, say
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

SUMMARY = _("Press keys with no terminal; say where that leads and save the picture.")
EXAMPLE = 'tuibp play mazur --keys "space space u [ enter" --json'
LARGEST = (400, 200)
MOST_KEYS = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument(
        "--keys",
        type=str,
        metavar="KEYS",
        default="",
        help=_('"space space u [ enter": names, single characters, NAME*N for N times'),
    )
    parser.add_argument("--size", default="80x24", metavar="WxH")
    parser.add_argument("--svg", metavar="FILE", help=_("save the picture"))
    parser.add_argument("--text", metavar="FILE", help=_("save the screen as text (- prints it)"))
    parser.add_argument("--ascii", action="store_true", help=_("draw with ASCII alone"))
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    preset = load(args)
    size, keys = parse_size(args.size), parse_keys(args.keys)
    from tuibp.app.app import TuibpApp
    from tuibp.app.desk import Desk
    from tuibp.app.terminal import Terminal
    from tuibp.files.atomic import write_told
    from tuibp.render import plot

    plot.load()  # the program itself shows its first frame without; here there is only one

    desk = Desk.of(preset)
    make_later(desk.history)
    desk.later = 0
    app = TuibpApp(desk, Terminal(utf8=not args.ascii, light=args.theme == "light"))
    svg, text = asyncio.run(_play(app, size, keys))
    for name, content in ((args.svg, svg), (args.text, text)):
        if name and name != "-":
            write_told(Path(name), content.encode())
    if args.text == "-" and not args.json:
        say(text.rstrip("\n"))
    elif args.json:
        print_json(outcome(app.desk, args.target))
    else:
        for key, value in outcome(app.desk, args.target).items():
            say(f"{key:<10} {_plain(value)}")
    return 0


async def _play(app: Any, size: tuple[int, int], keys: list[str]) -> tuple[str, str]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            if app.desk.awaited is not None:
                app.desk.awaited.wait()
                await pilot.pause()
        await pilot.pause()
        app.desk.pause()
        app.paint()
        app.desk.averages.wait()
        if app.desk.measuring is not None:
            app.desk.measuring.wait()
        app.paint()
        await pilot.pause()
        return app.picture(), app.text()


def parse_size(text: str) -> tuple[int, int]:
    """`80x24` as (columns, rows)."""
    match = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (1 <= size[0] <= LARGEST[0] and 1 <= size[1] <= LARGEST[1]):
        raise BadInput(
            _("--size: takes columns and rows like 80x24, at most {columns}x{rows}, not {text!r}").format(
                columns=LARGEST[0], rows=LARGEST[1], text=text
            )
        )
    return size


def parse_keys(text: str) -> list[str]:
    """Textual's names of the keys in a script. Raises BadInput for a key that there is not."""
    from textual.keys import _character_to_key

    from tuibp.app.keys import KEYS

    known = {key for row in KEYS for key in row.keys} | {"delete"}
    keys: list[str] = []
    for word in text.split():
        match = re.fullmatch(r"(.+)\*(\d{1,6})", word)
        name, times = (match[1], int(match[2])) if match else (word, 1)
        key = "escape" if name == "esc" else _character_to_key(name) if len(name) == 1 else name
        if len(name) > 1 and key not in known:
            raise BadInput(_("--keys: there is no key {word!r}").format(word=word))
        keys += [key] * times
        if len(keys) > MOST_KEYS:
            raise BadInput(_("--keys: more than {most:,} keys").format(most=MOST_KEYS))
    return keys


def outcome(desk: Desk, target: str) -> dict[str, Any]:
    """Where the keys led, as the contract of `play --json` has it; everything counts from 1."""
    from tuibp.session.fields import fields_of

    history, told = desk.history, fields_of(desk.state, desk.view)
    del told["preset"]  # the target is
    return {
        "target": target,
        **told,
        "screen": desk.screen,
        "training": desk.training,
        "message": desk.message,
        "lesson": None if desk.lesson is None else desk.lesson.fields(),
        "history": {"length": history.length, "at": history.at},
        "digest": desk.state.network.digest(),
    }


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {_plain(item)}" for key, item in value.items())
    return "·" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
