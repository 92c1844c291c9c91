"""What a command writes: one JSON object, or lines for people."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import numpy as np


def jsonable(value: Any) -> Any:
    """The same as plain JSON values: arrays as lists, a number that is not finite as "nan", "inf" or "-inf"."""
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return jsonable(value.tolist())
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def print_json(value: Any) -> None:
    """One JSON object on standard output, full-precision doubles."""
    json.dump(jsonable(value), sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")


def say(text: str = "") -> None:
    """One line for a person; in ASCII where standard output cannot show a character of it."""
    try:
        print(text)
    except UnicodeEncodeError:
        from tuibp.render.in_ascii import in_words

        print(in_words(text))
