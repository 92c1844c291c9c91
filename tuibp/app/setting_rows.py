"""The rows of the settings panel: which settings there are to change now, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.network import SCHEMES
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.training import SCHEDULES
from tuibp.locale import _
from tuibp.session.state import State

TITLES = {
    "eta": _("learning rate η"),
    "batch_size": _("mini-batch"),
    "l2": _("L2 decay λ"),
    "optimiser": _("optimiser"),
    "momentum": _("momentum μ"),
    "rho": _("mean square ρ"),
    "beta1": _("mean β₁"),
    "beta2": _("mean square β₂"),
    "epsilon": _("least root ε"),
    "schedule": _("η from epoch to epoch"),
    "step_epochs": _("epochs in a step"),
    "step_factor": _("factor of a step"),
    "epochs": _("epochs"),
    "stop_accuracy": _("stop at share right"),
    "stop_cost": _("stop at cost"),
    "patience": _("stop without better"),
    "train_biases": _("train the biases"),
    "init": _("untrained start"),
}
CHOICES: dict[str, dict[str, str]] = {
    "optimiser": {name: kind.title for name, kind in OPTIMISERS.items()},
    "schedule": dict(zip(SCHEDULES, (_("constant"), _("in steps"), _("cosine")), strict=True)),
    "init": dict(zip(SCHEMES, (_("gaussian"), _("scaled"), "Glorot", "He", _("zeros")), strict=True)),
}
"""What is chosen from a few by name: each with what it is called."""
OFF = {"stop_accuracy": _("never"), "stop_cost": _("never"), "patience": _("never")}
"""What a 0 means."""
HIDDEN = {name for kind in OPTIMISERS.values() for name in kind.constants}


@dataclass(frozen=True)
class SettingRow:
    name: str
    title: str
    value: str


def setting_rows(state: State) -> list[SettingRow]:
    """Those of the optimiser and the schedule in use, and the start only where one is drawn."""
    settings = state.settings
    shown = [name for name in TITLES if name not in HIDDEN or name in OPTIMISERS[settings.optimiser].constants]
    if settings.schedule != "step":
        shown = [name for name in shown if not name.startswith("step_")]
    if state.preset.initial is None:
        shown.remove("init")
    return [SettingRow(name, _title(name), written(name, value_of(state, name))) for name in shown]


def _title(name: str) -> str:
    """Indented where it belongs to the row above."""
    return ("  " if name in HIDDEN or name.startswith("step_") else "") + TITLES[name]


def value_of(state: State, name: str) -> float | bool | str:
    if name == "init":
        return "" if state.preset.initial is None else state.preset.initial.scheme
    value: float | bool | str = getattr(state.settings, name)
    return value


def written(name: str, value: float | bool | str) -> str:
    """As the panel shows it."""
    if isinstance(value, str):
        return CHOICES[name].get(value, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in OFF and not value:
        return OFF[name]
    return _("{n} epochs").format(n=value) if name == "patience" else f"{value:g}"


def next_choice(name: str, value: str, by: int) -> str:
    """The choice after one, or before it; round at the ends."""
    names = list(CHOICES[name])
    return names[(names.index(value) + by) % len(names)]
