"""From the words of a command line to an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tuibp.files.errors import BadInput, printable
from tuibp.headless.arguments import complete_target
from tuibp.headless.commands import COMMANDS, module_of, opening_parser, parser_of
from tuibp.locale import _, speak
from tuibp.locale.choice import ENGLISH, LANGUAGES, VARIABLE, Language, named, of_environment, of_words
from tuibp.locale.preferred import language_in_file


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
    chosen = named(said) if said is not None else None
    wanted: Language = chosen or of_environment(os.environ, named(language_in_file(os.environ)))
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
    args = parser_of(name).parse_args(words)
    complete_target(args)
    status: int = module_of(name).run(args)
    return status


def _open(words: list[str], lesson: bool = False) -> int:
    """The program, with a network; or with a `lesson`, whose name then stands in a network's place."""
    args = opening_parser(lesson).parse_args(words)
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
    complete_target(args)
    from tuibp.app.start import start

    return start(args)
