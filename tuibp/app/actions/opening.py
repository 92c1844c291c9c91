"""Keys that open something: another network, a list, a question, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program


def picker(app: Program) -> None:
    app.desk.pause()
    app.open("picker")


def settings(app: Program) -> None:
    app.open("settings")


def save(app: Program) -> None:
    """Ask for a file name; its ending says what is saved."""
    from tuibp.app.saving import ENDINGS, saver

    question = _("Save as ({endings})").format(endings=" ".join(ENDINGS))
    app.ask(question, f"{app.desk.state.preset.name}.svg", saver(app))


def help_list(app: Program) -> None:
    """The keys of the screen that is seen."""
    app.list_keys()


def notebook(app: Program) -> None:
    app.desk.pause()
    app.open("notebook")


def why_no_notebook(desk: Desk) -> str:
    return "" if desk.history.experiments() else _("The notebook fills with each nudge: [ and ] make one.")


def paths(app: Program) -> None:
    app.desk.pause()
    app.open("paths")


def proof(app: Program) -> None:
    app.desk.pause()
    app.open("proof")


def matrices(app: Program) -> None:
    app.desk.pause()
    app.open("matrices")


def function(app: Program) -> None:
    app.desk.pause()
    app.open("function")


def why_no_function(desk: Desk) -> str:
    from tuibp.render.function_page import why_no_function

    return why_no_function(desk.scene())


def batch(app: Program) -> None:
    app.desk.pause()
    app.open("batch")


def race(app: Program) -> None:
    app.desk.pause()
    app.open("race")


def runs(app: Program) -> None:
    app.desk.pause()
    app.open("runs")


def why_no_runs(desk: Desk) -> str:
    made = desk.training or desk.history.log.runs()
    return "" if made else _("No run was made yet: {key} trains.").format(key=desk.keymap.said("train", "t"))


def confusion(app: Program) -> None:
    app.desk.pause()
    app.open("confusion")


def why_no_confusion(desk: Desk) -> str:
    has = desk.state.preset.data.has_classes
    return "" if has else _("These examples have no classes, so none can be taken for another.")


def surface(app: Program) -> None:
    app.desk.pause()
    app.open("surface")


def why_no_surface(desk: Desk) -> str:
    return "" if desk.state.network.cost else _("This network names no cost, so there is no surface of it.")


def diagnosis(app: Program) -> None:
    app.desk.pause()
    app.open("diagnosis")


def gallery(app: Program) -> None:
    app.desk.pause()
    app.open("gallery")


def why_no_gallery(desk: Desk) -> str:
    return "" if desk.state.network.cost else _("This network names no cost, so there is no gradient to get wrong.")


def comparison(app: Program) -> None:
    app.desk.pause()
    app.open("comparison")


def why_no_comparison(desk: Desk) -> str:
    return "" if desk.compared is not None else _("Nothing of yours was opened: tuibp compare MINE --open brings it.")


def resume(app: Program) -> None:
    """Go on with the session that was cut off."""
    from tuibp.app.actions.reading import read
    from tuibp.app.resuming import resumed

    shelf = app.shelf
    assert shelf is not None

    def take(desk: Desk) -> str:
        app.replace(desk)
        shelf.adopt()
        return ""

    if objection := read(app, _("the session"), lambda: resumed(shelf, ended=False), take):
        app.desk.say(objection, wrong=True)


def why_not_resume(desk: Desk) -> str:
    return "" if desk.resumable else _("No session was cut off.")


def repaint(app: Program) -> None:
    app.action_repaint()


def suspend(app: Program) -> None:
    app.action_suspend_process()


def commands(app: Program) -> None:
    app.action_command_palette()


def leave(app: Program) -> None:
    app.desk.pause()
    app.exit()
