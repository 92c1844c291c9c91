"""tuibp: a microscope for backpropagation in the terminal.

What a notebook would use is imported on first use: `from tuibp import Network, Example, five_steps, gradient,
check_gradient, perturb, paths, train, load, save, Recorder`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.core.epochs import train
    from tuibp.core.example import Example
    from tuibp.core.explanation import explain
    from tuibp.core.finite_difference import check_gradient
    from tuibp.core.five_steps import five_steps
    from tuibp.core.gradient import cost, gradient
    from tuibp.core.network import Network
    from tuibp.core.paths import paths
    from tuibp.core.perturbation import perturb
    from tuibp.files import load, save
    from tuibp.files.recorder import Recorder

__version__ = "0.2.0"

_HOMES = {
    "Example": "core.example",
    "Network": "core.network",
    "Recorder": "files.recorder",
    "check_gradient": "core.finite_difference",
    "cost": "core.gradient",
    "explain": "core.explanation",
    "five_steps": "core.five_steps",
    "gradient": "core.gradient",
    "load": "files",
    "paths": "core.paths",
    "perturb": "core.perturbation",
    "save": "files",
    "train": "core.descent",
}

__all__ = [
    "Example", "Network", "Recorder", "__version__", "check_gradient", "cost", "explain", "five_steps", "gradient",
    "load", "paths", "perturb", "save", "train",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value = getattr(import_module(f"tuibp.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
