"""What opens over the main screen, by name; each screen is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tuibp.app.keys import KEYS

if TYPE_CHECKING:
    from textual.screen import Screen

    from tuibp.app.desk import Desk
    from tuibp.app.key_row import KeyRow
    from tuibp.app.program import Program
    from tuibp.app.screens.help import Listed

    Panel = Callable[[Desk], Screen[None]]
    """A class of screens that are made with the desk they are about."""


def _picker() -> Panel:
    from tuibp.app.screens.picker import Picker

    return Picker


def _settings() -> Panel:
    from tuibp.app.screens.settings import SettingsScreen

    return SettingsScreen


def _notebook() -> Panel:
    from tuibp.app.screens.notebook import Notebook

    return Notebook


def _paths() -> Panel:
    from tuibp.app.screens.paths import PathsScreen

    return PathsScreen


def _proof() -> Panel:
    from tuibp.app.screens.proof import Proofs

    return Proofs


def _matrices() -> Panel:
    from tuibp.app.screens.matrices import Matrices

    return Matrices


def _function() -> Panel:
    from tuibp.app.screens.function import Function

    return Function


def _batch() -> Panel:
    from tuibp.app.screens.batch import Batch

    return Batch


def _race() -> Panel:
    from tuibp.app.screens.race import RaceScreen

    return RaceScreen


def _lessons() -> Panel:
    from tuibp.app.screens.lessons import Lessons

    return Lessons


def _editor() -> Panel:
    from tuibp.app.screens.editor import Editor

    return Editor


def _diagnosis() -> Panel:
    from tuibp.app.screens.diagnosis import DiagnosisScreen

    return DiagnosisScreen


def _comparison() -> Panel:
    from tuibp.app.screens.comparison import ComparisonScreen

    return ComparisonScreen


def _gallery() -> Panel:
    from tuibp.app.screens.gallery import Gallery

    return Gallery


def _runs() -> Panel:
    from tuibp.app.screens.runs import RunsScreen

    return RunsScreen


def _confusion() -> Panel:
    from tuibp.app.screens.confusion import Confusions

    return Confusions


def _surface() -> Panel:
    from tuibp.app.screens.surface import SurfaceScreen

    return SurfaceScreen


SCREENS: dict[str, Callable[[], Panel]] = {
    "picker": _picker, "settings": _settings, "notebook": _notebook, "paths": _paths, "proof": _proof,
    "matrices": _matrices, "batch": _batch, "race": _race, "editor": _editor, "function": _function,
    "lessons": _lessons, "diagnosis": _diagnosis, "comparison": _comparison,
    "gallery": _gallery, "runs": _runs, "confusion": _confusion, "surface": _surface,
}  # fmt: skip


def panels() -> list[list[KeyRow]]:
    """The rows of each panel's keys; all panels are imported for it."""
    from tuibp.app.screens.picture import PictureScreen

    screens = [door() for door in SCREENS.values()]
    return [s.key_rows() for s in screens if isinstance(s, type) and issubclass(s, PictureScreen)]


def keys_of(app: Program, screen: Screen[Any]) -> tuple[list[Listed], Callable[[str], None]]:
    """The keys that a screen has, and what does what one of them does."""
    from tuibp.app.screens.help import Listed
    from tuibp.app.screens.picture import PictureScreen

    if isinstance(screen, PictureScreen):
        return screen.listed_keys(), screen.press
    mine = app.desk.keymap
    keys = [
        Listed(
            row.name,
            mine.shown(row, KEYS),
            row.title,
            row.why_not(app.desk),
            f"{' '.join(mine.keys(row, KEYS))} {row.label}",
        )
        for row in KEYS
    ]
    return keys, app.action_press
