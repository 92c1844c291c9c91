"""Keys that open something: another network, a list, a question, a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tuibp.locale import _

if TYPE_CHECKING:
    from textual.screen import Screen

    from tuibp.app.app import TuibpApp
    from tuibp.app.desk import Desk
    from tuibp.app.screens.help import Listed


def picker(app: TuibpApp) -> None:
    from tuibp.app.screens.picker import Picker

    app.desk.pause()
    app.push_screen(Picker())


def settings(app: TuibpApp) -> None:
    from tuibp.app.screens.settings import Settings

    app.push_screen(Settings(app.desk))


def save(app: TuibpApp) -> None:
    """Ask for a file name; its ending says what is saved."""
    from tuibp.app.saving import ENDINGS, saver

    question = _("Save as ({endings})").format(endings=" ".join(ENDINGS))
    app.ask(question, f"{app.desk.state.preset.name}.svg", saver(app))


def help_list(app: TuibpApp) -> None:
    """The keys of the screen that is seen."""
    from tuibp.app.screens.help import Help

    keys, do = keys_of(app, app.screen)

    def chosen(name: str | None) -> None:
        if name is not None:
            do(name)

    app.push_screen(Help(keys), chosen)


def keys_of(app: TuibpApp, screen: Screen[Any]) -> tuple[list[Listed], Callable[[str], None]]:
    """The keys that a screen has, and what does what one of them does."""
    from tuibp.app.keys import KEYS
    from tuibp.app.screens.help import Listed
    from tuibp.app.screens.picture import PictureScreen

    if isinstance(screen, PictureScreen):
        return screen.listed_keys(), screen.press
    keys = [Listed(k.name, k.shown, k.title, k.why_not(app.desk), f"{' '.join(k.keys)} {k.label}") for k in KEYS]
    return keys, app.action_press


def notebook(app: TuibpApp) -> None:
    from tuibp.app.screens.notebook import Notebook

    app.desk.pause()
    app.push_screen(Notebook(app.desk))


def why_no_notebook(desk: Desk) -> str:
    return "" if desk.history.experiments() else _("The notebook fills with each nudge: [ and ] make one.")


def paths(app: TuibpApp) -> None:
    from tuibp.app.screens.paths import Paths

    app.desk.pause()
    app.push_screen(Paths(app.desk))


def proof(app: TuibpApp) -> None:
    from tuibp.app.screens.proof import Proofs

    app.desk.pause()
    app.push_screen(Proofs(app.desk))


def matrices(app: TuibpApp) -> None:
    from tuibp.app.screens.matrices import Matrices

    app.desk.pause()
    app.push_screen(Matrices(app.desk))


def batch(app: TuibpApp) -> None:
    from tuibp.app.screens.batch import Batch

    app.desk.pause()
    app.push_screen(Batch(app.desk))


def race(app: TuibpApp) -> None:
    from tuibp.app.screens.race import Race

    app.desk.pause()
    app.push_screen(Race(app.desk))


def resume(app: TuibpApp) -> None:
    """Go on with the session that was cut off."""
    from tuibp.app.start import resumed

    assert app.shelf is not None
    app.replace(resumed(app.shelf, ended=False))
    app.shelf.adopt()


def why_not_resume(desk: Desk) -> str:
    return "" if desk.resumable else _("No session was cut off.")


def repaint(app: TuibpApp) -> None:
    app.action_repaint()


def suspend(app: TuibpApp) -> None:
    app.action_suspend_process()


def commands(app: TuibpApp) -> None:
    app.action_command_palette()


def leave(app: TuibpApp) -> None:
    app.desk.pause()
    app.exit()
