"""Arguments as argparse reads them, in the language that is spoken: complaints of one line, help in cells."""

from __future__ import annotations

import argparse
from typing import NoReturn

from tuibp.files.errors import BadInput
from tuibp.locale import _, spoken
from tuibp.locale.choice import ENGLISH, LANGUAGES


class Formatter(argparse.HelpFormatter):
    """Help whose lines are as wide as they are on the screen: a Chinese character fills two cells and ends a word."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        from tuibp.render.lines import wrap

        return wrap(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class AsWritten(Formatter):
    """The same, with a description that stands in lines already."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002
        return "\n".join(indent + line for line in text.splitlines())


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line; every command has --lang, which was read before it."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        if spoken() != ENGLISH:
            from tuibp.locale.argparse_words import teach

            teach()
        kind = AsWritten if epilog else Formatter
        super().__init__(prog=prog, description=description, epilog=epilog, formatter_class=kind)
        self.register("type", None, _named)
        self.add_argument("--lang", choices=tuple(LANGUAGES), help=_("language of what is said"))

    def error(self, message: str) -> NoReturn:
        raise BadInput(_("{message} (see {prog} --help)").format(message=message, prog=self.prog))


def _named(word: str) -> str:
    """What an argument takes that has no type of its own: a name, and none is empty (`Path("")` would be this folder).
    Raises argparse.ArgumentTypeError."""
    if not word:
        raise argparse.ArgumentTypeError(_("is empty"))
    return word
