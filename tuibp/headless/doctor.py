"""What tuibp found out about this terminal, and a card that shows whether it is right."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from tuibp import __version__
from tuibp.files.errors import printable
from tuibp.headless.arguments import add_json
from tuibp.headless.output import print_json
from tuibp.locale import _, speak, spoken, wanted
from tuibp.locale.choice import ENGLISH, LANGUAGES
from tuibp.render.padding import at_left

if TYPE_CHECKING:
    from tuibp.app.terminal import Terminal

SUMMARY = _("Print what tuibp found out about this terminal, and a test card.")
EXAMPLE = "tuibp doctor"
PATIENCE = 1.0
LIBRARIES = ("textual", "rich", "numpy", "plotext")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from tuibp.app.options import add_options

    add_options(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from tuibp.app.options import complete
    from tuibp.files.config import read_config

    complete(args, read_config(os.environ))
    found, terminal = examine(args)
    if args.json:
        print_json(found)
        return 0
    lines = [*_table(found, terminal), "", *_card(terminal)]
    text = "\n".join(lines) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() if terminal.utf8 else _plain(text))
    sys.stdout.flush()
    return 0


def examine(args: argparse.Namespace) -> tuple[dict[str, Any], Terminal]:
    """Everything that was detected, as the JSON has it, and the terminal itself."""
    from tuibp.app.inquiry import Inquiry
    from tuibp.app.measure import bytes_a_second
    from tuibp.app.terminal import check, of_environment
    from tuibp.files.errors import BadInput

    objection, rate = "", None
    try:
        check(os.environ, None)
        inquiry = Inquiry(os.environ, args, wait=PATIENCE)
        try:
            terminal = inquiry.finish()
            rate = None if terminal.round_trip is None else bytes_a_second()
        finally:
            inquiry.restore()
    except BadInput as error:
        objection = str(error)
        terminal = of_environment(os.environ, args)
    if not terminal.utf8:
        speak(ENGLISH, wanted())
    return _facts(terminal, rate, objection), terminal


def _facts(terminal: Terminal, rate: float | None, objection: str) -> dict[str, Any]:
    return {
        "terminal": {
            "term": terminal.term,
            "input": os.isatty(0),
            "output": os.isatty(1),
            "screen": os.isatty(2),
            "multiplexer": terminal.multiplexer or None,
            "ssh": bool(os.environ.get("SSH_CONNECTION")),
        },
        "usable": not objection,
        "reason": objection or None,
        "colors": terminal.colors,
        "language": spoken(),
        "language_wanted": wanted(),
        "characters": "utf-8" if terminal.utf8 else "ascii",
        "background": "light" if terminal.light else "dark",
        "size": {"columns": terminal.columns, "rows": terminal.rows},
        "round_trip": terminal.round_trip,
        "bytes_per_second": rate,
        "versions": {"tuibp": __version__, "python": sys.version.split()[0]}
        | {name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _table(found: dict[str, Any], terminal: Terminal) -> list[str]:
    from tuibp.render.numbers import duration

    where = found["terminal"]
    unknown = _("the terminal does not answer")
    trip, rate = found["round_trip"], found["bytes_per_second"]
    behind = _(" (to {name}, not to the terminal behind it)").format(name=terminal.multiplexer)
    around = [name for name in (terminal.multiplexer, "ssh" if where["ssh"] else "") if name]
    term = printable(terminal.term, 60) or _("TERM is not set")
    rows = [
        (
            _("terminal"),
            " ".join([term, *(_("in {name}").format(name=printable(n)) for n in around)]),
        ),
        (_("usable"), _("yes") if found["usable"] else found["reason"]),
        (_("colours"), {"truecolor": _("true colour"), "none": _("none")}.get(terminal.colors, terminal.colors)),
        (_("characters"), "UTF-8" if terminal.utf8 else "ASCII"),
        (_("language"), _language(found)),
        (_("background"), _("light") if terminal.light else _("dark")),
        (_("size"), f"{terminal.columns}x{terminal.rows}"),
        (_("round trip"), unknown if trip is None else duration(trip)),
        (_("line"), unknown if rate is None else _rate(rate) + (behind if terminal.multiplexer else "")),
        (_("versions"), _named(found["versions"], ("tuibp", "python"))),
        (_("libraries"), _named(found["versions"], LIBRARIES)),
    ]
    return [f"{at_left(name, 12)}{value}" for name, value in rows]


def _language(found: dict[str, Any]) -> str:
    speaks, asked = found["language"], found["language_wanted"]
    if speaks == asked:
        return LANGUAGES[spoken()]
    return _("{language}: this terminal cannot show {wanted}").format(language=LANGUAGES[spoken()], wanted=asked)


def _named(versions: dict[str, str | None], names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} {versions[name] or '-'}" for name in names)


def _rate(rate: float) -> str:
    return _("{rate:.1f} kB/s").format(rate=rate / 1000) if rate < 1e6 else _("more than 1 MB/s")


def _card(terminal: Terminal) -> list[str]:
    """Every kind of picture that the program draws; each line says what should be seen."""
    rows = [
        (_("ramp"), _ramp(terminal), _("dark to light, without steps that jump")),
        (_("signs"), _signs(terminal), _("positive, negative, computed now, wrong")),
        (_("frames"), "┌──┬──┐ ├──┼──┤ └──┴──┘ ╭──╮ ╰──╯", _("lines that meet")),
        (_("wires"), "⠤⠤⠤⣀⣀⡠⠤⠒⠉⠉ ⠁⠂⠄⡀⡀⠄⠂⠁ ⣿⣿⠿⠛", _("a curve, a dotted curve, solid dots")),
        (_("tiles"), "▀▄█ ░▒▓█", _("half blocks and shades")),
        (_("indices"), "w³₁₁ a²₁ δ³₁ x⁰¹²³⁴⁵⁶⁷⁸⁹ y₀₁₂₃₄₅₆₇₈₉", _("figures above and below the line")),
        (_("symbols"), "σ′ Σ η ∂C/∂w ∇ ⊙ ≈ · ▸ ◂ → …", _("Greek and signs, one cell each")),
        (_("minus"), "−1.5 +1.5", _("a minus as wide as the plus")),
        (_("width"), "|漢字|", _("two characters that fill four cells")),
    ]
    return [f"{at_left(name, 12)}{picture}  {_dim(told, terminal)}" for name, picture, told in rows]


def _ramp(terminal: Terminal, steps: int = 24) -> str:
    shades = [round(255 * step / (steps - 1)) for step in range(steps)]
    if terminal.colors == "truecolor":
        return "".join(f"\x1b[48;2;{s};{s};{s}m " for s in shades) + "\x1b[0m"
    if terminal.colors == "256":
        return "".join(f"\x1b[48;5;{232 + step}m " for step in range(24)) + "\x1b[0m"
    return "".join(character * 6 for character in " ░▒▓█")


def _signs(terminal: Terminal) -> str:
    codes = {
        "truecolor": ("38;2;242;153;90", "38;2;90;167;240", "38;2;127;224;176", "38;2;255;107;107"),
        "256": ("38;5;209", "38;5;75", "38;5;115", "38;5;203"),
        "16": ("33", "34", "32", "31"),
        "none": ("1", "0", "7", "1;7"),
    }[terminal.colors]
    return " ".join(
        f"\x1b[{code}m{word}\x1b[0m" for code, word in zip(codes, ("+0.5", "−0.5", "0.50", "0.50"), strict=True)
    )


def _dim(text: str, terminal: Terminal) -> str:
    return f"\x1b[2m{text}\x1b[0m" if terminal.colors != "none" else f"({text})"


def _plain(text: str) -> bytes:
    from tuibp.render.in_ascii import in_cells

    return in_cells(text).encode("ascii")
