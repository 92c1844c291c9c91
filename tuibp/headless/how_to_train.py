"""Settings of the training on the command line, in place of the preset's."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.files.errors import BadInput
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.training import Training
    from tuibp.files.preset import Preset

OPTIONS = {
    "eta": ("ETA", _("learning rate")),
    "batch_size": ("N", _("examples in a mini-batch")),
    "l2": ("LAMBDA", _("L2 decay")),
    "optimiser": ("NAME", _("sgd, momentum, rmsprop, adam or adamw")),
    "momentum": ("MU", _("what momentum keeps of its velocity at an update")),
    "schedule": ("NAME", _("constant, step or cosine: the learning rate from epoch to epoch")),
    "step_epochs": ("N", _("epochs between steps of the learning rate")),
    "step_factor": ("F", _("what each of these steps multiplies it by")),
    "stop_accuracy": ("SHARE", _("stop when this share is right")),
    "stop_cost": ("C", _("stop when the cost is so low")),
    "patience": ("N", _("stop after N epochs without a better one")),
}
"""By the setting's name: what stands for its value, and the help."""


def add_settings(parser: argparse.ArgumentParser) -> None:
    """An option for each of OPTIONS, and one for how the start is drawn."""
    for name, (metavar, text) in OPTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=metavar, help=text)
    parser.add_argument("--init", metavar="NAME", help=_("the start: gaussian, scaled, glorot, he or zeros"))


def as_asked(preset: Preset, args: argparse.Namespace) -> Preset:
    """The preset with what the command line says. Raises BadInput, naming the option."""
    from tuibp.session.settings import changed, typed
    from tuibp.session.starts import redrawn

    training = preset.training
    for name in OPTIONS:
        text = getattr(args, name)
        if text is not None:
            value = text if isinstance(getattr(training, name), str) else typed(text)
            with _named(name):
                training = changed(training, name, value, len(preset.data.train))
    preset = replace(preset, training=training)
    if args.init is None:
        return preset
    with _named("init"):
        return redrawn(preset, None, args.init)


@contextmanager
def _named(option: str) -> Iterator[None]:
    """What is wrong is the option's."""
    try:
        yield
    except BadInput as problem:
        raise BadInput(f"--{option.replace('_', '-')}: {problem}") from None


def how(training: Training) -> str:
    """`, Adam, cosine`: what is not as usual."""
    from tuibp.core.optimisers import OPTIMISERS

    optimiser = "" if training.optimiser == "sgd" else f", {OPTIMISERS[training.optimiser].title}"
    return optimiser + ("" if training.schedule == "constant" else f", {training.schedule}")
