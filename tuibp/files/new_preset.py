"""A preset for somebody's data, as text: every choice with a comment that says why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuibp.files.bounds import NEURONS
from tuibp.files.data_table import made_up
from tuibp.files.errors import BadInput, printable
from tuibp.files.survey import Survey
from tuibp.locale import _

MANY, PLENTY = 30, 10_000
"""Inputs, and examples, for which a network and its mini-batches are larger."""
HELD_OUT = 50
"""Examples of which a fifth can be spared."""
TYPED = 20
"""Inputs of an example that somebody writes by hand."""


def for_data(survey: Survey, file: str, label: str | None, hidden: Sequence[int] | None) -> str:
    """The preset of a data file, which is named as it stands beside the preset."""
    name = Path(file).name
    lines = [
        *_head(name, survey),
        "[network]",
        *_network(survey, hidden),
        "",
        "[data]",
        f"file = {_text(file)}",
        *_data(survey, label),
        "",
        "[training]",
        *_training(survey),
    ]
    return "\n".join(lines) + "\n"


def _head(name: str, survey: Survey) -> Iterator[str]:
    yield f"title = {_text(printable(Path(name).stem, 80))}"
    form = _("{n} examples of {file}: {n_in} inputs, {count} numbers wanted.")
    if survey.n_out == 1:
        form = _("{n} examples of {file}: {n_in} inputs, one number wanted.")
    if survey.class_count:
        form = _("{n} examples of {file}: {n_in} inputs, {count} classes.")
    count = survey.class_count or survey.n_out
    yield f"about = {_text(form.format(n=survey.n, file=printable(name, 80), n_in=survey.n_in, count=count))}"
    yield ""


def _network(survey: Survey, hidden: Sequence[int] | None) -> Iterator[str]:
    n_out, function, cost, why = _output(survey)
    guess = hidden if hidden is not None else [30 if survey.n_in >= MANY else 8]
    if hidden is None:
        yield f"# {_('The layer between is a guess: more neurons learn more, and take longer.')}"
    yield f"sizes = {[survey.n_in, *guess, n_out]}"
    yield f"# {why}"
    yield f"activations = {json.dumps([*['tanh'] * len(guess), function])}"
    yield f'cost = "{cost}"'
    yield f"# {_('Weights of about 1/√(inputs): no neuron starts saturated.')}"
    yield 'init = { scheme = "scaled", seed = 0 }'


def _output(survey: Survey) -> tuple[int, str, str, str]:
    """(neurons, activation, cost, why)."""
    if survey.class_count > 2 or (survey.class_count and survey.n_out > 1):
        why = _("A probability for each of the {n} classes, and the cost that goes with it: δ is a − y.")
        return survey.class_count, "softmax", "log_likelihood", why.format(n=survey.class_count)
    if survey.class_count and survey.y_low < 0.0:
        return 1, "tanh", "quadratic", _("Two classes, -1 and 1: one output from -1 to 1.")
    if survey.class_count:
        return 1, "sigmoid", "cross_entropy", _("Two classes: one output, the probability of the second; δ is a − y.")
    return survey.n_out, "linear", "quadratic", _("Numbers and no classes: outputs that may be any number.")


def _data(survey: Survey, label: str | None) -> Iterator[str]:
    if label is not None:
        yield f"label = {label if label.isascii() and label.isdecimal() else _text(label)}"
    yield from _scale(survey)
    if survey.square and not survey.image:
        yield f"# {_('As many whole numbers as a square has pixels: they are drawn as an image.')}"
        yield f"image = [{survey.square}, {survey.square}]"
    if survey.held_out:
        yield f"# {_('{n} examples are held out by the file itself.').format(n=survey.held_out)}"
    elif survey.n >= HELD_OUT:
        yield f"# {_('A fifth is kept from training, to see what was learned and not just remembered.')}"
        yield "holdout = 0.2\nseed = 0"
    else:
        yield f"# {_('Too few examples to hold any out.')}"


def _scale(survey: Survey) -> Iterator[str]:
    if survey.low >= 0.0 and survey.high <= 1.0:
        yield f"# {_('The inputs are from 0 to 1 already.')}"
        yield 'scale = "none"'
    elif (survey.image or survey.square) and survey.low >= 0.0:
        yield f"# {_('Grey values up to {high:g}, from 0 to 1 like this.').format(high=survey.high)}"
        yield f"scale = {255 if 16 < survey.high <= 255 else max(survey.high, 1.0):g}"
    else:
        why = _(
            "The inputs go from {low:g} to {high:g}: each column gets mean 0 and deviation 1, as training data has it."
        )
        if survey.uneven:
            why = _(
                "The columns are on scales of their own: each gets mean 0 and deviation 1, as training data has it."
            )
        yield f"# {why.format(low=survey.low, high=survey.high)}"
        yield 'scale = "standard"'


def _training(survey: Survey) -> Iterator[str]:
    yield f"# {_('A rate to begin with: ten times more and less are worth a try.')}"
    yield f"eta = {0.1 if survey.class_count else 0.01}"
    yield f"batch_size = {32 if survey.n >= PLENTY else 10}"
    yield f"epochs = {10 if survey.n >= PLENTY else 30}"


def in_bounds(given: str, sizes: Sequence[int]) -> None:
    """Raises BadInput, with what was given, where a layer has too few neurons or too many."""
    if min(sizes) < 1 or max(sizes) > NEURONS:
        raise BadInput(_("{sizes}: a layer has from 1 to {most} neurons").format(sizes=given, most=f"{NEURONS:,}"))


def for_sizes(sizes: Sequence[int]) -> str:
    """The preset of a network without data: a few examples that are to be replaced. Raises BadInput."""
    shown = ",".join(map(str, sizes))
    if len(sizes) < 2 or min(sizes) < 1:
        raise BadInput(_("{sizes}: name two layers or more, of one neuron or more, as in 2,3,1").format(sizes=shown))
    in_bounds(shown, sizes)
    if max(sizes[0], sizes[-1]) > TYPED:
        reason = _("{sizes}: nobody types examples of more than {n} numbers; name a data file")
        raise BadInput(reason.format(sizes=shown, n=TYPED))
    data = made_up(sizes[0], sizes[-1])
    rows = (
        f"    {{ x = {[round(v, 2) for v in x]}, y = {y} }},"
        for x, y in zip(data.x[:4].tolist(), data.y[:4].tolist(), strict=True)
    )
    lines = [
        f'title = "{"-".join(map(str, sizes))}"',
        "",
        "[network]",
        f"sizes = {list(sizes)}",
        f"# {_('One name for all layers, or one each: sigmoid, tanh, relu, leaky_relu, linear, softmax.')}",
        'activations = "sigmoid"',
        f"# {_('Or cross_entropy, log_likelihood.')}",
        'cost = "quadratic"',
        'init = { scheme = "scaled", seed = 0 }',
        "",
        "[data]",
        f"# {_('These are made up: put your own.')}",
        "examples = [",
        *rows,
        "]",
        "",
        "[training]",
        "eta = 0.5",
        "batch_size = 1",
        "epochs = 100",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """As a TOML string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
