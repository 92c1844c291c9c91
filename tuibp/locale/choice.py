"""Which language to speak: the one place that decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["en", "zh-TW"]

ENGLISH: Language = "en"
LANGUAGES: dict[Language, str] = {"en": "English", "zh-TW": "繁體中文"}
"""Each by its own name."""
VARIABLE = "TUIBP_LANG"
OPTION = re.compile(r"--lan?g?(?:=(.*))?", re.DOTALL)
"""The option, as far as no other begins in the same way."""
TRADITIONAL = re.compile(r"zh[_-](?:(?:TW|HK|MO)\b|Hant)", re.IGNORECASE)
"""Locales whose readers read zh-TW."""


def named(text: str) -> Language | None:
    """The language that somebody wrote, None where it is none of ours."""
    written = text.partition(".")[0].replace("_", "-").lower()
    return next((language for language in LANGUAGES if language.lower() == written), None)


def of_environment(environ: Mapping[str, str], configured: Language | None = None) -> Language:
    """TUIBP_LANG, else what the configuration says, else the locale's, as gettext reads it: the first that is ours."""
    told = named(environ.get(VARIABLE, "")) or configured
    if told is not None:
        return told
    asked = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(key))), "")
    if asked.partition(".")[0] in ("", "C", "POSIX"):  # as in gettext, such a locale counts more than LANGUAGE
        return ENGLISH
    wishes = [*environ.get("LANGUAGE", "").split(":"), asked]
    return next((found for wish in wishes if (found := _of_locale(wish)) is not None), ENGLISH)


def _of_locale(name: str) -> Language | None:
    if TRADITIONAL.match(name):
        return "zh-TW"
    return ENGLISH if name.partition(".")[0].partition("_")[0] in ("en", "C") else None


def of_words(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """What --lang says among the words of a command line, None where it is not there, and the words without it."""
    said: str | None = None
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        found = OPTION.fullmatch(word)
        if word == "--":
            return said, [*kept, word, *rest]
        if found is None:
            kept.append(word)
        else:
            said = next(rest, "") if found[1] is None else found[1]
    return said, kept
