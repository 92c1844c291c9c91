"""A rule looks at a number and speaks or passes; and the rule that all tables share."""

from __future__ import annotations

import math
from collections.abc import Callable

from tuibp.core.meaning.sight import Sight
from tuibp.locale import _

Rule = Callable[[Sight], str | None]
"""A sentence where the rule applies, otherwise None."""


def first(rules: tuple[Rule, ...], sight: Sight) -> str:
    """What the first rule says that applies."""
    for rule in rules:
        sentence = rule(sight)
        if sentence:
            return sentence
    raise AssertionError("the last rule of a table always applies")


def ran_away(s: Sight) -> str | None:
    if math.isfinite(s.result):
        return None
    return _("Not a finite number: the weights have run away. A smaller η, or an earlier update, brings it back.")
