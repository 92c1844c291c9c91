"""The network and the examples that somebody compared, as a preset that is opened like any other."""

from __future__ import annotations

from pathlib import Path

from tuibp.core.mistakes.run import Task
from tuibp.files.description import describe_network, preset_of
from tuibp.files.preset import Preset
from tuibp.locale import _


def preset_of_task(task: Task, file: str) -> Preset:
    """Raises BadInput where the numbers are none that a network can hold."""
    path = Path(file).absolute()
    tables = {
        "title": path.name,
        "about": _("The weights and examples of {file}.").format(file=path.name),
        "network": describe_network(task.network),
        "data": {"x": task.x, "y": task.y},
        "training": {"eta": task.eta, "l2": task.l2, "batch_size": task.m},
    }
    return preset_of(tables, path.name, path, str(path), data_required=True)
