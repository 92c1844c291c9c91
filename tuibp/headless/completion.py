"""`tuibp completion SHELL`: what a shell needs to complete commands, options and presets, made from the parsers.

By shtab: it writes a script once, and pressing tab then starts no Python, which over a slow line or in a full class
would be noticed; it knows bash, zsh and fish.
"""

from __future__ import annotations

import argparse

from tuibp.locale import _

SUMMARY = _("Print a script that makes your shell complete tuibp's commands, options and presets.")
EXAMPLE = "tuibp completion bash"
SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def run(args: argparse.Namespace) -> int:
    from tuibp.files.errors import BadInput

    try:
        import shtab
    except ImportError:
        raise BadInput(_("this needs shtab: pip install 'tuibp[completion]'")) from None
    print(shtab.complete(whole(), args.shell, preamble=preambles()[args.shell]))
    return 0


def whole() -> argparse.ArgumentParser:
    """One parser of all there is: `tuibp` with each command, and each preset as if it were one."""
    from tuibp.files import preset_names
    from tuibp.headless.commands import COMMANDS, opening_parser, parser_of

    root = opening_parser()
    root._actions[:] = [
        action for action in root._actions if action.option_strings
    ]  # the target: a command or a preset
    commands = root.add_subparsers(metavar="TARGET", parser_class=argparse.ArgumentParser)
    for name, text in COMMANDS.items():
        made = parser_of(name)
        commands.add_parser(name, help=text, parents=[made], add_help=False)
    for name in preset_names():
        options = opening_parser()
        options._actions[:] = _options(options)
        commands.add_parser(name, help=_("open it"), parents=[options], add_help=False)
    for parser in {id(parser): parser for parser in commands.choices.values()}.values():
        for action in parser._actions:
            if action.dest == "target" and not action.choices:
                action.complete = {  # type: ignore[attr-defined]  # shtab's
                    "bash": "_tuibp_target", "zsh": "_tuibp_target",
                    "fish": f"(printf '%s\\n' {' '.join(preset_names())}; __fish_complete_path (commandline -ct))",
                }  # fmt: skip
    return root


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def preambles() -> dict[str, str]:
    """How bash and zsh complete a network: a preset's name or a file."""
    from tuibp.files import preset_names

    names = " ".join(preset_names())
    return {
        "bash": f'_tuibp_target() {{ compgen -W "{names}" -- "$1"; compgen -f -- "$1"; }}',
        "zsh": f"_tuibp_target() {{ _alternative 'presets:preset:({names})' 'files:file:_files' }}",
        "fish": "",
    }
