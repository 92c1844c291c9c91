"""Arguments that several commands share, and what they mean on a network. People count from 1."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tuibp.core.index import counted
from tuibp.files.errors import BadInput, printable
from tuibp.files.plus import with_options
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.core.network import Network
    from tuibp.files.preset import Preset
    from tuibp.session.history import History

PIECE = 20
"""Updates between looks at the bar."""


def add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=_("a preset, or a .toml .json .npz .safetensors file"))
    add_what_is_open(parser)


def add_what_is_open(parser: argparse.ArgumentParser, name: str = "target") -> None:
    """Options for what a network file leaves open; `name` is the argument that the file is given as."""
    parser.set_defaults(completes=name)
    parser.add_argument("--activations", metavar="A,B", help=_("one activation function for all layers, or one each"))
    parser.add_argument("--cost", metavar="COST", help=_("quadratic, cross_entropy or log_likelihood"))
    parser.add_argument("--data", metavar="FILE", help=_("examples from this file, in place of its own"))


def complete_target(args: argparse.Namespace) -> None:
    """Put what those options say into the target, so that a session that is saved knows of it. Raises BadInput."""
    name = getattr(args, "completes", None)
    if name is None or (args.activations, args.cost, args.data) == (None, None, None):
        return
    if getattr(args, name) is None:
        raise BadInput(_("--activations, --cost and --data go with a network that is named"))
    setattr(args, name, with_options(getattr(args, name), args.activations, args.cost, args.data))


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object on standard output, and nothing else"))


def add_format(parser: argparse.ArgumentParser) -> None:
    """--json, and --format, of which json is one."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help=_("one JSON object on standard output, and nothing else"))
    group.add_argument(
        "--format", choices=("text", "json", "markdown"), help=_("text, json, or markdown with LaTeX formulas")
    )


def add_example(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--example", type=int, metavar="N", help=_("which example, counted from 1"))


def load(args: argparse.Namespace) -> Preset:
    """The preset or network file that the command was given, at its untrained start."""
    from tuibp.files import load as load_target
    from tuibp.files.heed import told_on_stderr

    with told_on_stderr(printable(args.target)):
        preset = load_target(args.target)
    for note in preset.notes:
        print(f"tuibp: {note}", file=sys.stderr)
    return preset


def load_as_opened(args: argparse.Namespace) -> Preset:
    """The same with the network that the program opens with: the training updates of the opening are made."""
    preset = load(args)
    if not preset.opening.updates and not preset.opening.later:
        return preset
    from dataclasses import replace

    from tuibp.session.history import History

    history = History.open(preset)
    make_later(history)
    return replace(preset, network=history.state.network)


def make_later(history: History) -> None:
    """Make the updates that the program makes after its first picture, with a bar where somebody watches."""
    updates = history.state.preset.opening.later
    if not updates:
        return
    run, show = history.begin_training(), progress_bar(_("Training"))
    while run.updates < updates and run.divergence is None:
        run.advance(min(PIECE, updates - run.updates))
        show(run.updates, updates)
    history.commit(run)


def example_row(number: int | None, preset: Preset) -> int:
    """Row of the example a person named; without a name the one the preset opens with."""
    if number is None:
        return preset.opening.example
    if not 1 <= number <= len(preset.data):
        raise BadInput(
            _("--example: {preset} has examples 1 to {count}, not {number}").format(
                preset=preset.name, count=len(preset.data), number=number
            )
        )
    return counted(number)


def weight_index(text: str, network: Network) -> tuple[int, int, int]:
    """`L,J,K` of a weight that exists, 0-based."""
    layer, j, k = _numbers(text, 3, "--weight", "L,J,K")
    _exists(network, layer, j, k, "--weight", text)
    return layer, j, k


def bias_index(text: str, network: Network) -> tuple[int, int]:
    """`L,J` of a bias that exists, 0-based."""
    layer, j = _numbers(text, 2, "--bias", "L,J")
    _exists(network, layer, j, None, "--bias", text)
    return layer, j


def neuron_index(text: str, network: Network) -> tuple[int, int]:
    """`L,J` of a neuron that exists, 0-based; layer 0 is the input."""
    layer, j = _numbers(text, 2, "--neuron", "L,J")
    if not 0 <= layer < network.layer_count:
        raise BadInput(_("--neuron {text}: there are layers 1 to {count}").format(text=text, count=network.layer_count))
    if not 0 <= j < network.sizes[layer]:
        raise BadInput(
            _("--neuron {text}: layer {layer} has neurons 1 to {count}").format(
                text=text, layer=layer + 1, count=network.sizes[layer]
            )
        )
    return layer, j


def _numbers(text: str, count: int, option: str, form: str) -> tuple[int, ...]:
    parts = text.split(",")
    if len(parts) != count or not all(part.strip().isdecimal() for part in parts):
        raise BadInput(
            _("{option} takes {form}, counted from 1, not {text!r}").format(option=option, form=form, text=text)
        )
    return tuple(counted(int(part)) for part in parts)


def _exists(network: Network, layer: int, j: int, k: int | None, option: str, text: str) -> None:
    from tuibp.core.network import NetworkError

    try:
        network.index_of(layer, j, k)
    except NetworkError as error:
        raise BadInput(f"{option} {text}: {error}") from None


def progress_bar(label: str) -> Callable[[int, int], None]:
    """A bar on standard error where that is a terminal, nothing elsewhere: call it with (done, of how many)."""
    if not sys.stderr.isatty():
        return _silent
    from time import monotonic

    started = last = monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if done < total and now - last < 0.05:
            return
        last = now
        filled = 30 * done // max(total, 1)
        left = (now - started) / max(done, 1) * (total - done)
        end = "\r\x1b[K" if done >= total else ""
        sys.stderr.write(
            f"\r\x1b[K{label} [{'#' * filled}{'.' * (30 - filled)}] {done:,}/{total:,}  {left:.0f} s left{end}"
        )
        sys.stderr.flush()

    return show


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""
