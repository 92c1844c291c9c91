"""The key table: one row a key. Bindings, footer, help, palette and `play --keys` all read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tuibp.app.actions import copying, learning, looking, nudging, opening, stepping, training
from tuibp.app.key import Key
from tuibp.app.key_kinds import WHILE_REPLAYING
from tuibp.core.steps import TITLES
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk


NUMBERS: tuple[Literal[1, 2, 3, 4, 5], ...] = (1, 2, 3, 4, 5)

_ROWS: tuple[Key, ...] = (
    Key("step", ("space",), "␣", _("step"), _("Next step"), stepping.step, stepping.why_not_step),
    Key(
        "back",
        ("backspace",),
        "⌫",
        _("back"),
        _("Back by one, whatever the last thing was"),
        stepping.back,
        stepping.why_not_back,
    ),
    *(
        Key(
            f"phase{n}",
            (str(n),),
            str(n),
            title.lower(),
            _("Go to step {n}: {title}").format(n=n, title=title),
            stepping.go_to(n),
        )
        for n, title in zip(NUMBERS, TITLES, strict=True)
    ),
    Key("size", ("s",), "s", _("size"), _("Step size: phase, layer, neuron, term"), stepping.size),
    Key("start", ("home",), "home", _("first"), _("To the first step"), stepping.go_to("start")),
    Key("end", ("end",), "end", _("last"), _("To the last step"), stepping.go_to("end")),
    Key("earlier", ("less_than_sign",), "<", _("earlier"), _("To the update before"), stepping.earlier),
    Key("later", ("greater_than_sign",), ">", _("later"), _("To the update after"), stepping.later),
    Key("up", ("up",), "↑", _("up"), _("Cursor up"), looking.move("up")),
    Key("down", ("down",), "↓", _("down"), _("Cursor down"), looking.move("down")),
    Key("left", ("left",), "←", _("left"), _("Cursor left"), looking.move("left")),
    Key("right", ("right",), "→", _("right"), _("Cursor right"), looking.move("right")),
    Key("tab", ("tab",), "tab", _("weights"), _("From the neurons to their weights, and back"), looking.next_panel(1)),
    Key("untab", ("shift+tab",), "shift+tab", _("weights"), _("The panel before"), looking.next_panel(-1)),
    Key("scroll_up", ("pageup",), "pgup", _("scroll"), _("Scroll the equation up"), looking.scroll(-5)),
    Key("scroll_down", ("pagedown",), "pgdn", _("scroll"), _("Scroll the equation down"), looking.scroll(+5)),
    Key(
        "symbol",
        ("full_stop",),
        ".",
        _("symbols"),
        _("Cursor on a symbol of the equation: what it stands for"),
        looking.symbol,
        looking.why_no_symbol,
    ),
    Key("lens", ("v",), "v", _("lens"), _("Lens: a, z, δ, σ′, ∂C/∂b, term, rate"), looking.lens(+1)),
    Key("lens_back", ("V",), "V", _("lens back"), _("The lens before"), looking.lens(-1)),
    Key(
        "larger",
        ("plus",),
        "+",
        _("larger"),
        _("Larger tiles; with a nudge: closer in on its curve"),
        looking.zoom(+1),
    ),
    Key(
        "smaller",
        ("minus",),
        "-",
        _("smaller"),
        _("Smaller tiles; with a nudge: farther out"),
        looking.zoom(-1),
    ),
    Key("update", ("u",), "u", _("update"), _("Gradient-descent update: a step against the gradient"), stepping.update),
    Key("train", ("t",), "t", _("train"), _("Train, or pause"), training.train),
    Key(
        "runs",
        ("T",),
        "T",
        _("runs"),
        _("Runs of this session, laid over each other"),
        opening.runs,
        opening.why_no_runs,
    ),
    Key("slower", ("left_parenthesis",), "(", _("slower"), _("Training half as fast"), training.pace(0.5)),
    Key("faster", ("right_parenthesis",), ")", _("faster"), _("Training twice as fast"), training.pace(2.0)),
    Key("next", ("e",), "e", _("example"), _("Next example"), stepping.next_example, stepping.why_not_example),
    Key(
        "previous",
        ("E",),
        "E",
        _("example"),
        _("Previous example"),
        stepping.previous_example,
        stepping.why_not_example,
    ),
    Key("wrong", ("W",), "W", _("wrong one"), _("Next example that the network gets wrong"), stepping.next_wrong),
    Key(
        "choose", ("i",), "i", _("choose"), _("Choose an example by number or label, or type an input"), stepping.choose
    ),
    Key("settings", ("h",), "h", _("settings"), _("Learning rate and the other settings"), opening.settings),
    Key("down_nudge", ("left_square_bracket",), "[", _("nudge"), _("Nudge down by Δ"), nudging.nudge(-1)),
    Key("up_nudge", ("right_square_bracket",), "]", _("nudge"), _("Nudge up by Δ"), nudging.nudge(+1)),
    Key("finer", ("left_curly_bracket",), "{", _("Δ ÷10"), _("A tenth of Δ"), nudging.scale(0.1)),
    Key("coarser", ("right_curly_bracket",), "}", _("Δ ×10"), _("Ten times Δ"), nudging.scale(10.0)),
    Key("type", ("equals_sign",), "=", _("type"), _("Type the value"), nudging.type_value),
    Key("zero", ("0",), "0", _("zero"), _("Set to zero"), nudging.zero),
    Key("demon", ("d",), "d", _("Δz"), _("Demon: add Δz to the neuron instead"), nudging.demon),
    Key("direction", ("g",), "g", _("along −∇C"), _("Nudge along −∇C; again: a random direction"), nudging.direction),
    Key(
        "keep",
        ("enter",),
        "enter",
        _("keep"),
        _("Keep the nudge; in a lesson: answer, go on"),
        learning.keep_or_go_on,
        learning.why_not_enter,
    ),
    Key(
        "put_back",
        ("escape", "x"),
        "esc",
        _("put back"),
        _("Put the nudge back"),
        nudging.put_back,
        nudging.why_not_put_back,
    ),
    Key("undo", ("z",), "z", _("undo"), _("Undo the last change (steps are not changes)"), stepping.undo),
    Key("redo", ("Z",), "Z", _("redo"), _("Redo the change"), stepping.redo),
    Key("paths", ("p",), "p", _("paths"), _("Paths from the weight to the cost (53)"), opening.paths),
    Key("proof", ("P",), "P", _("proof"), _("Prove the equation behind the number under the cursor"), opening.proof),
    Key(
        "function",
        ("f",),
        "f",
        _("function"),
        _("f and f′ of this neuron, large"),
        opening.function,
        opening.why_no_function,
    ),
    Key("matrices", ("m",), "m", _("matrices"), _("Matrix form of this layer’s δ (33)–(35)"), opening.matrices),
    Key("batch", ("b",), "b", _("mini-batch"), _("The mini-batch that training takes next"), opening.batch),
    Key("race", ("r",), "r", _("race"), _("Race: backpropagation against finite differences (46)"), opening.race),
    Key(
        "code",
        ("k",),
        "k",
        _("code"),
        _("The equation as numpy code; again: rows are examples"),
        looking.code,
        looking.why_no_code,
    ),
    Key(
        "diagnosis",
        ("D",),
        "D",
        _("diagnosis"),
        _("Why does it not learn? Causes whose cure was tried"),
        opening.diagnosis,
    ),
    Key(
        "comparison",
        ("C",),
        "C",
        _("yours"),
        _("Your own backpropagation beside this one"),
        opening.comparison,
        opening.why_no_comparison,
    ),
    Key(
        "gallery",
        ("G",),
        "G",
        _("mistakes"),
        _("Gallery of mistakes in backpropagation, made here"),
        opening.gallery,
        opening.why_no_gallery,
    ),
    Key("copy", ("y",), "y", _("copy"), _("Copy the number; again: its equation; again: as code"), copying.copy),
    Key("plot", ("c",), "c", _("plot"), _("What the plot shows: cost, right, held out, errors …"), looking.plot),
    Key(
        "notebook", ("n",), "n", _("notebook"), _("Notebook of experiments"), opening.notebook, opening.why_no_notebook
    ),
    Key("lessons", ("l",), "l", _("lessons"), _("Lessons, with what is done"), learning.lessons),
    Key("lesson", ("L",), "L", _("lesson"), _("Leave the lesson, or go on with it"), learning.leave_or_return),
    Key(
        "page_back",
        ("comma",),
        ",",
        _("page back"),
        _("The lesson’s page before"),
        learning.page_back,
        learning.why_not_turn,
    ),
    Key(
        "ask",
        ("a",),
        "a",
        _("ask me"),
        _("Ask me before each step, or no more"),
        learning.ask_first,
        learning.why_not_ask,
    ),
    Key("open", ("o",), "o", _("open"), _("Open another network"), opening.picker),
    Key("save", ("w",), "w", _("save"), _("Save: picture, network, notebook or session"), opening.save),
    Key(
        "confusion",
        ("M",),
        "M",
        _("mix-ups"),
        _("Which classes are taken for which, and the examples"),
        opening.confusion,
        opening.why_no_confusion,
    ),
    Key(
        "surface",
        ("S",),
        "S",
        _("surface"),
        _("The cost over two weights, and the path of descent on it"),
        opening.surface,
        opening.why_no_surface,
    ),
    Key("reset", ("R",), "R", _("reset"), _("Back to the untrained start, same seed"), stepping.reset),
    Key("reseed", ("N",), "N", _("new seed"), _("A fresh untrained start with a new seed"), stepping.reset_new),
    Key(
        "resume",
        ("ctrl+r",),
        "ctrl+r",
        _("resume"),
        _("Go on with the session that was cut off"),
        opening.resume,
        opening.why_not_resume,
    ),
    Key("repaint", ("ctrl+l",), "ctrl+l", _("repaint"), _("Paint the screen anew"), opening.repaint),
    Key("suspend", ("ctrl+z",), "ctrl+z", _("to the shell"), _("To the shell; fg comes back"), opening.suspend),
    Key("help", ("question_mark",), "?", _("help"), _("Help: all keys, searchable"), opening.help_list),
    Key("palette", ("ctrl+p",), "ctrl+p", _("commands"), _("All commands"), opening.commands),
    Key("quit", ("q",), "q", _("quit"), _("Quit"), opening.leave),
)


def _patient(key: Key) -> Key:
    """Why not, for a key that must wait for a replay."""
    if key.name in WHILE_REPLAYING:
        return key
    return replace(key, why_not=lambda desk: stepping.why_not_now(desk) or key.why_not(desk))


KEYS = tuple(map(_patient, _ROWS))
BY_NAME = {key.name: key for key in KEYS}


def row_of(desk: Desk, key: str) -> Key | None:
    """The row that a key, by Textual's name, belongs to."""
    return next((row for row in KEYS if key in desk.keymap.keys(row, KEYS)), None)
