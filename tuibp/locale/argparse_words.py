"""What argparse says by itself, in the language that is spoken: its own words go through gettext, in its own domain."""

from __future__ import annotations

import argparse

from tuibp.locale import N_, _

WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),
    N_("expected %s arguments"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("can't open '%(filename)s': %(error)s"),
)
"""As argparse writes them, of all versions of Python that we run on; what is not here it says in English."""


def teach() -> None:
    """From here on argparse asks us; it looks its two functions up in its own module."""
    vars(argparse).update(_=_, ngettext=_either)


def _either(one: str, many: str, count: int) -> str:
    return _(one) if count == 1 else _(many)
