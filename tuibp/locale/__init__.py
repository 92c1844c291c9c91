"""Every sentence that a person reads goes through `_`; a second language is a catalogue in this folder.

English is the language of the source. `speak` changes what `_` answers from then on. Many sentences stand in tables
that are made when their file is imported, so the command line chooses (`choice.py`) before it imports them.
"""

from __future__ import annotations

import os as _os
from collections.abc import Callable as _Callable

from tuibp.locale.choice import ENGLISH as _ENGLISH
from tuibp.locale.choice import Language as _Language
from tuibp.locale.choice import of_environment as _of_environment


def _as_written(message: str) -> str:
    return message


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


_one: _Callable[[str], str] = _as_written
_plural: _Callable[[str, str, int], str] = _counted
_language: _Language = _ENGLISH
_wanted: _Language = _ENGLISH


def _(message: str) -> str:
    """The sentence in the language that is spoken."""
    return _one(message)


def N_(message: str) -> str:
    """Only marks a sentence for the catalogue: `_` is asked for it later."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for so many, in the language that is spoken."""
    return _plural(one, many, count)


def speak(language: _Language, wanted: _Language | None = None) -> None:
    """Answer in this language from here on; `wanted` is the one that was asked for, where it cannot be shown."""
    global _one, _plural, _language, _wanted
    _language, _wanted = language, wanted or language
    if language == _ENGLISH:
        _one, _plural = _as_written, _counted
        return
    from tuibp.locale.catalogue import catalogue

    _one, _plural = (found := catalogue(language)).gettext, found.ngettext


def spoken() -> _Language:
    """The language that `_` answers in."""
    return _language


def wanted() -> _Language:
    """The language that was asked for, whether it can be shown or not."""
    return _wanted


speak(_of_environment(_os.environ))
