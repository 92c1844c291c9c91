"""What opens over the main screen, by name; each screen is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tuibp.app.keys import KEYS

if TYPE_CHECKING:
    from textual.screen import Screen

    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.app.screens.help import Listed


def _picker(desk: Desk) -> Screen[None]:  # noqa: ARG001  # as the others
    from tuibp.app.screens.picker import Picker

    return Picker()


def _settings(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.settings import SettingsScreen

    return SettingsScreen(desk)


def _notebook(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.notebook import Notebook

    return Notebook(desk)


def _paths(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.paths import PathsScreen

    return PathsScreen(desk)


def _proof(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.proof import Proofs

    return Proofs(desk)


def _matrices(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.matrices import Matrices

    return Matrices(desk)


def _function(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.function import Function

    return Function(desk)


def _batch(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.batch import Batch

    return Batch(desk)


def _race(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.race import RaceScreen

    return RaceScreen(desk)


def _lessons(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.lessons import Lessons

    return Lessons(desk)


def _editor(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.editor import Editor

    return Editor(desk)


def _diagnosis(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.diagnosis import DiagnosisScreen

    return DiagnosisScreen(desk)


def _comparison(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.comparison import ComparisonScreen

    return ComparisonScreen(desk)


def _gallery(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.gallery import Gallery

    return Gallery(desk)


def _runs(desk: Desk) -> Screen[None]:
    from tuibp.app.screens.runs import RunsScreen

    return RunsScreen(desk)


SCREENS: dict[str, Callable[[Desk], Screen[None]]] = {
    "picker": _picker, "settings": _settings, "notebook": _notebook, "paths": _paths, "proof": _proof,
    "matrices": _matrices, "batch": _batch, "race": _race, "editor": _editor, "function": _function,
    "lessons": _lessons, "diagnosis": _diagnosis, "comparison": _comparison,
    "gallery": _gallery, "runs": _runs,
}  # fmt: skip


def keys_of(app: Program, screen: Screen[Any]) -> tuple[list[Listed], Callable[[str], None]]:
    """The keys that a screen has, and what does what one of them does."""
    from tuibp.app.screens.help import Listed
    from tuibp.app.screens.picture import PictureScreen

    if isinstance(screen, PictureScreen):
        return screen.listed_keys(), screen.press
    mine = app.desk.keymap
    keys = [
        Listed(k.name, mine.shown(k), k.title, k.why_not(app.desk), f"{' '.join(mine.keys(k))} {k.label}") for k in KEYS
    ]
    return keys, app.action_press
