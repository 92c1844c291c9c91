"""The language that a person prefers, found before any sentence is made: with the standard library alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a file that is looked into."""


def config_path(environ: Mapping[str, str]) -> Path | None:
    """Where a person's own choices stand, whether or not there is such a file; None where there is no home folder."""
    folder = environ.get("XDG_CONFIG_HOME", "")
    if folder.startswith("/"):  # the specification: what is no whole path counts as not said
        return Path(folder) / "tuibp" / "config.toml"
    try:
        return Path.home() / ".config" / "tuibp" / "config.toml"
    except RuntimeError:
        return None


def language_in_file(environ: Mapping[str, str]) -> str:
    """What the file says, "" where it says none. What is wrong in it is told by who reads all of it."""
    path = config_path(environ)
    try:
        if path is None or not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        import tomllib  # not everybody has such a file

        chosen = tomllib.loads(path.read_text("utf-8")).get("language", "")
    except (OSError, ValueError, RecursionError):
        return ""
    return chosen if isinstance(chosen, str) else ""
