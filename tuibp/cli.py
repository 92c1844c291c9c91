"""Arguments to commands. Each command's module is imported when it is asked for, and no sooner."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from tuibp import __version__
from tuibp.files.errors import BadInput, printable
from tuibp.locale import N_, _, speak
from tuibp.locale.choice import ENGLISH, LANGUAGES, VARIABLE, Language, named, of_environment, of_words

COMMANDS = {
    "lesson": N_("a lesson at the network itself; --list lists them"),
    "presets": N_("list the networks that come with tuibp"),
    "trace": N_("the five steps as a readable table"),
    "explain": N_("how one number is made"),
    "prove": N_("why an equation holds, line by line"),
    "check": N_("every partial derivative against a complex step"),
    "perturb": N_("change one weight and follow it to the cost"),
    "paths": N_("the paths from a weight to the cost, strongest first"),
    "race": N_("N + 1 forward passes against one backpropagation"),
    "train": N_("train with a progress bar and print the cost curve"),
    "play": N_("press keys with no terminal and save the picture"),
    "replay": N_("a saved session as an HTML page to go through"),
    "convert": N_("a network file from one format to another"),
    "compare": N_("which mistake is in your own backpropagation"),
    "diagnose": N_("why it does not learn, with a cure that was tried"),
    "web": N_("serve the program to browsers on this machine"),
    "doctor": N_("what tuibp found out about this terminal"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 fine, 1 a check failed, 2 bad input or usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    # One thread a person, unless they ask for more: small products gain nothing by a second one, numpy starts faster
    # without, and in a class everybody's threads would wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        words = _speak(words)
        if words[:1] == ["lesson"]:
            return _open(words[1:], lesson=True)
        if words and words[0] in COMMANDS:
            return _headless(words[0], words[1:])
        return _open(words)
    except BadInput as error:
        print(f"tuibp: {printable(error, 400)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has left (`tuibp trace digits | head`): not an error, and nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return 130


def _speak(words: list[str]) -> list[str]:
    """Choose the language before anything is imported that has something to say; returns the words without --lang."""
    said, words = of_words(words)
    for place, name in (("--lang", said), (VARIABLE, os.environ.get(VARIABLE) or None)):
        if name is not None and named(name) is None:
            known = ", ".join(LANGUAGES)
            name = printable(name, 40)
            raise BadInput(_("{place}: there is {known}, not {name!r}").format(place=place, known=known, name=name))
    wanted: Language = (named(said) if said is not None else None) or of_environment(os.environ)
    speak(wanted if wanted == ENGLISH or _showable(words) else ENGLISH, wanted)
    return words


def _showable(words: list[str]) -> bool:
    """Whether more than ASCII can be shown, as far as it is known before the terminal is asked."""
    from tuibp.app.terminal import utf8_of

    if os.environ.get("TEXTUAL_DRIVER"):  # a browser is at the other end
        return True
    headless = bool(words) and words[0] in COMMANDS and words[0] != "doctor"
    if headless and not sys.stdout.isatty():
        return True
    return "--ascii" not in words and utf8_of(os.environ) is not False


def _headless(name: str, words: list[str]) -> int:
    from tuibp.headless.parser import Parser

    module = importlib.import_module(f"tuibp.headless.{name}")
    parser = Parser(prog=f"tuibp {name}", description=module.SUMMARY)
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(words))
    return status


def _open(words: list[str], lesson: bool = False) -> int:
    """The program, with a network; or with a `lesson`, whose name then stands in a network's place."""
    from tuibp.headless.parser import Parser

    parser = Parser(
        prog="tuibp lesson" if lesson else "tuibp",
        description=_("A microscope for backpropagation in the terminal."),
        epilog=_("commands:") + "\n" + "\n".join(f"  {name:<9}{_(text)}" for name, text in COMMANDS.items()),
    )
    parser.add_argument(
        "target", nargs="?", metavar="LESSON" if lesson else "TARGET",
        help=_("a lesson, or a .toml file with one; without it, the one that was open last")
        if lesson
        else _("a preset, or a .toml .json .npz .safetensors file"),
    )  # fmt: skip
    parser.set_defaults(lesson=None)
    if lesson:
        parser.add_argument("--list", action="store_true", help=_("list the lessons"))
    parser.add_argument("--version", action="version", version=f"tuibp {__version__}")
    parser.add_argument("--resume", action="store_true", help=_("go on where the last session stopped"))
    parser.add_argument("--log", metavar="FILE", help=_("open a saved session"))
    parser.add_argument("--at", metavar="UPDATE,LAYER,NEURON", help=_("open there, counted from the untrained start"))
    parser.add_argument("--ascii", action="store_true", help=_("draw with ASCII alone"))
    parser.add_argument("--color", choices=("auto", "always", "never", "16", "256"), default="auto")
    parser.add_argument("--theme", choices=("auto", "dark", "light"), default="auto")
    parser.add_argument("--low-bandwidth", action="store_true", help=_("16 colours and no mouse, for a slow line"))
    parser.add_argument("--kiosk", action="store_true", help=_("open presets alone, and write no file"))
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args(words)
    if args.command:
        from difflib import get_close_matches

        near = get_close_matches(args.target, COMMANDS, 1)
        if near:
            raise BadInput(_("no command {name!r}; did you mean {near}?").format(name=args.target, near=near[0]))
        known = ", ".join(COMMANDS)
        raise BadInput(_("no command {name!r}: the commands are {known}").format(name=args.target, known=known))
    if lesson:
        if args.list:
            from tuibp.headless.lesson import listed

            return listed()
        args.target, args.lesson = None, args.target or ""
    from tuibp.app.start import start

    return start(args)
