"""Where the shipped presets are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ORDER = (
    "digits",
    "mazur",
    "xor",
    "single-neuron",
    "single-neuron-saturated",
    "nand",
    "iris",
    "circles",
    "spirals",
    "deep-sigmoid",
    "exploding",
    "linear-neurons",
    "modified-neuron",
    "ill-scale",
    "ill-eta",
    "ill-twins",
    "ill-dead",
    "ill-labels",
    "ill-deep",
    "million",
)
"""As the picker shows them: the best to begin with first. What is not named here follows by name."""


@cache
def preset_folder() -> Path:
    """The folder of the shipped presets: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "presets"
    return inside if inside.is_dir() else package.parent / "presets"


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the shipped presets, in the order of the picker."""
    found = {path.stem for path in preset_folder().glob("*.toml")}
    return (*(name for name in ORDER if name in found), *sorted(found.difference(ORDER)))


LESSONS = (
    "five-steps",
    "output-error",
    "transpose",
    "gradients",
    "derive",
    "matrix-form",
    "saturation",
    "speed",
    "paths",
    "backpropagation",
    "vanishing",
    "exercises",
    "mini-batches",
    "learning-rate",
    "mistakes",
)
"""In the chapter's order. What is not named here follows by name."""


def lesson_folder() -> Path:
    """The folder of the shipped lessons."""
    return preset_folder() / "lessons"


@cache
def lesson_names() -> tuple[str, ...]:
    """Names of the shipped lessons, in the order in which they are learned."""
    found = {path.stem for path in lesson_folder().glob("*.toml")}
    return (*(name for name in LESSONS if name in found), *sorted(found.difference(LESSONS)))
