"""What keys do: one function an action, each given the program. The key table in `keys` names them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.app.program import Program

Action = Callable[["Program"], None]
