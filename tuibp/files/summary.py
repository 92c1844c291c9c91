"""What a list of presets tells of each, without drawing a weight or reading a data set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tuibp.core.network import parameter_count
from tuibp.core.training import Training
from tuibp.files.description import training_of
from tuibp.files.errors import BadInput
from tuibp.files.folder import preset_folder, preset_names
from tuibp.files.network_table import read_sizes
from tuibp.files.table import ABOUT_LENGTH, Table
from tuibp.files.toml_file import read_toml


@dataclass(frozen=True)
class Summary:
    """One preset in a few words."""

    name: str
    title: str
    about: str
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    """One name where one serves all layers."""
    cost: str
    parameters: int
    """Weights and biases."""
    training: Training


def summary(name: str) -> Summary:
    """The summary of one shipped preset. Raises BadInput."""
    path = preset_folder() / f"{name}.toml"
    top = Table(name, "", read_toml(path))
    network = top.table("network")
    sizes = read_sizes(network)
    names = network.get("activations")
    return Summary(
        name,
        top.said("title", name),
        top.said("about", "", ABOUT_LENGTH),
        sizes,
        (names,) if isinstance(names, str) else tuple(map(str, names)),
        network.text("cost"),
        parameter_count(sizes),
        training_of(top.table("training", {})),
    )


@cache
def summaries() -> tuple[Summary, ...]:
    """Every shipped preset in the picker's order; one that cannot be read is left out."""
    found = []
    for name in preset_names():
        try:
            found.append(summary(name))
        except BadInput:
            continue
    return tuple(found)
