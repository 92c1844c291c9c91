"""The commands of the command line and their arguments. A command's module is imported when it is asked for."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tuibp import __version__
from tuibp.locale import N_, _

if TYPE_CHECKING:
    from tuibp.headless.parser import Parser

COMMANDS = {
    "lesson": N_("a lesson at the network itself; --list lists them"),
    "exercise": N_("exercise sheets with numbers left out, answers apart"),
    "presets": N_("list the networks that come with tuibp"),
    "trace": N_("the five steps as a readable table"),
    "explain": N_("how one number is made"),
    "prove": N_("why an equation holds, line by line"),
    "check": N_("every partial derivative against a complex step"),
    "perturb": N_("change one weight and follow it to the cost"),
    "paths": N_("the paths from a weight to the cost, strongest first"),
    "race": N_("N + 1 forward passes against one backpropagation"),
    "new": N_("a preset for your own data, each choice with a comment"),
    "train": N_("train with a progress bar and print the cost curve"),
    "runs": N_("the runs of saved sessions, and their curves as CSV"),
    "play": N_("press keys with no terminal and save the picture"),
    "replay": N_("a saved session as an HTML page to go through"),
    "convert": N_("a network file from one format to another"),
    "compare": N_("which mistake is in your own backpropagation"),
    "template": N_("a file to begin your own backpropagation with"),
    "assignment": N_("a graded exercise for a course, with named mistakes"),
    "diagnose": N_("why it does not learn, with a cure that was tried"),
    "web": N_("serve the program to browsers on this machine"),
    "config": N_("your own choices and keys, and where each comes from"),
    "completion": N_("a script that completes all this in your shell"),
    "doctor": N_("what tuibp found out about this terminal"),
}


def module_of(name: str) -> Any:
    """Its `SUMMARY`, `EXAMPLE`, `add_arguments`, `run`."""
    return import_module(f"tuibp.headless.{name}")


def parser_of(name: str) -> Parser:
    """The arguments of a command, with an example of it."""
    from tuibp.headless.parser import Parser

    if name == "lesson":
        return opening_parser(lesson=True)
    module = module_of(name)
    parser = Parser(f"tuibp {name}", module.SUMMARY, _("example:  {line}").format(line=module.EXAMPLE))
    module.add_arguments(parser)
    return parser


def opening_parser(lesson: bool = False) -> Parser:
    """The arguments of `tuibp TARGET`, or of `tuibp lesson LESSON`."""
    from tuibp.app.options import add_options
    from tuibp.headless.arguments import add_what_is_open
    from tuibp.headless.parser import Parser

    example = _("example:  {line}")
    if lesson:
        about = _("Learn at the network itself: a lesson stands beside it and waits for what it asks for.")
        parser = Parser("tuibp lesson", about, example.format(line="tuibp lesson --list"))
    else:
        commands = (f"  {name:<12}{_(text)}" for name, text in COMMANDS.items())
        after = "\n".join((example.format(line="tuibp digits"), "", _("commands:"), *commands))
        parser = Parser("tuibp", _("A microscope for backpropagation in the terminal."), after)
    parser.add_argument(
        "target", nargs="?", metavar="LESSON" if lesson else "TARGET",
        help=_("a lesson, or a .toml file with one; without it, the one that was open last")
        if lesson
        else _("a preset, or a .toml .json .npz .safetensors file"),
    )  # fmt: skip
    parser.set_defaults(lesson=None, compared=None)
    if lesson:
        parser.add_argument("--list", action="store_true", help=_("list the lessons"))
    parser.add_argument("--version", action="version", version=f"tuibp {__version__}")
    parser.add_argument("--resume", action="store_true", help=_("go on where the last session stopped"))
    parser.add_argument("--log", metavar="FILE", help=_("open a saved session"))
    parser.add_argument("--at", metavar="UPDATE,LAYER,NEURON", help=_("open there, counted from the untrained start"))
    add_options(parser)
    if not lesson:
        add_what_is_open(parser)
    parser.add_argument("--kiosk", action="store_true", help=_("open presets alone, and write no file"))
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    return parser
