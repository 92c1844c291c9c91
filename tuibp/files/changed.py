"""A preset as if other lines stood in its file: what a diagnosis advises, made on the open network.

A target may carry such lines, `ill-eta + [training] eta = 0.3; l2 = 0`, so that a session that went on with a change
is replayed, saved and told of like any other that opened a network.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.diagnosis.case import Case
from tuibp.core.diagnosis.cures import one_hot
from tuibp.core.network import Network, NetworkError, initialise
from tuibp.core.scaling import SCALES, with_scale
from tuibp.core.training import Training
from tuibp.files.data_table import balanced, data_of
from tuibp.files.described import EXAMPLES, assumption
from tuibp.files.description import training_keys_of, training_of
from tuibp.files.errors import BadInput, printable
from tuibp.files.network_table import activations_of, cost_of, culprit, initial_of, read_sizes
from tuibp.files.plus import with_lines
from tuibp.files.preset import Initial, Opening, Preset
from tuibp.files.table import Table
from tuibp.locale import _

LENGTH = 2_000
"""Characters of lines."""
_SECTION = re.compile(r"^\[(network|data|training)\] *")


def target_now(base: Preset, preset: Preset, training: Training) -> str:
    """The target that opens `preset`, which may be `base` drawn anew, with settings that have been changed since."""
    was, now = training_keys_of(base.training), training_keys_of(training)
    lines = [f"{key} = {_toml(value)}" for key, value in now.items() if value != was[key]]
    target = base.source if not lines else with_lines(base.source, f"[training] {'; '.join(lines)}")
    if preset.initial is None or preset.initial == base.initial:
        return target
    init = f'{{ scheme = "{preset.initial.scheme}", seed = {preset.initial.seed} }}'
    return with_lines(target, f"[network] init = {init}")


def _toml(value: object) -> str:
    """A setting as TOML has it."""
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else repr(value)


def case_of(preset: Preset) -> Case:
    """What a diagnosis examines: the network before any training, with its data and settings."""
    drawn = preset.initial
    scheme, seed = (drawn.scheme, drawn.seed) if drawn is not None else (None, 0)
    if scheme is not None and not _as_drawn(preset):
        scheme = None
    return Case(preset.network, preset.data, preset.training, scheme, seed)


def _as_drawn(preset: Preset) -> bool:
    """Whether the network's numbers are those that its scheme and seed give: a file may have both."""
    assert preset.initial is not None
    now = preset.network
    drawn = initialise(now.sizes, now.activations, now.cost, preset.initial.scheme, preset.initial.seed, now.modified)
    return bool((drawn.parameters == now.parameters).all())


def preset_with(preset: Preset, target: str, lines: str) -> Preset:
    """The preset with these lines, at its untrained start. Raises BadInput where they cannot be read, or do not fit."""
    top = Table(printable(target), "", _tables(target, lines))
    case = case_of(preset)
    if top.has("network"):
        case = _reshaped(case, top.table("network"))
    if top.has("data"):
        data, table = case.data, top.table("data")
        case = replace(case, data=_other_data(case.network, table) if table.has("file") else _data(data, table))
    if top.has("training"):
        training = top.table("training")
        case = replace(case, training=training_of(training.with_usual(training_keys_of(case.training))))
    initial = preset.initial if case.scheme is None else Initial(case.scheme, case.seed)
    notes, assumed = _still_assumed(preset, top)
    if notes == preset.notes:
        notes = (*notes, _("Changed from its file: {lines}.").format(lines=lines))
    notes = (*notes, *top.notes)
    return replace(
        preset, network=case.network, data=case.data, training=case.training, initial=initial,
        opening=Opening(preset.opening.example), source=target, notes=notes, assumed=assumed,
    )  # fmt: skip


def _still_assumed(preset: Preset, top: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(notes, what the file left open and the lines do so too): what they say is not assumed any longer."""
    given = {*top.values.get("network", {}), *top.values.get("data", {})}
    assumed = tuple(key for key in preset.assumed if key not in given and (key != EXAMPLES or "file" not in given))
    file = printable(Path(preset.source).name)
    old = assumption(file, preset.assumed)
    if assumed == preset.assumed:
        return preset.notes, assumed
    return (*(note for note in preset.notes if note not in old), *assumption(file, assumed)), assumed


def _tables(target: str, lines: str) -> dict[str, Any]:
    """Section and key to value: `[section] key = value; key = value; [section] …`, each value as TOML has it."""
    if len(lines) > LENGTH:
        raise BadInput(_("{target}: more than {n:,} characters of lines").format(target=printable(target), n=LENGTH))
    tables: dict[str, Any] = {}
    section = ""
    for line in lines.split("; "):
        if found := _SECTION.match(line):
            section = found[1]
        try:
            read = tomllib.loads(_SECTION.sub("", line))
        except (ValueError, RecursionError):
            read = {}
        if not section or len(read) != 1 or "\n" in line:
            reason = _("{line}: is no line of a preset").format(line=repr(printable(line, 60)))
            raise BadInput(f"{printable(target)}: {reason}")
        tables.setdefault(section, {}).update(read)
    return tables


def _reshaped(case: Case, table: Table) -> Case:
    """Another shape, other functions or other first numbers; all that is not named stays."""
    table.only(("sizes", "activations", "cost", "init"))
    now = case.network
    sizes = read_sizes(table) if table.has("sizes") else now.sizes
    if sizes[0] != now.sizes[0]:
        raise table.bad("sizes", _("must keep the {n} inputs").format(n=now.sizes[0]))
    names = activations_of(table, sizes) if table.has("activations") else now.activations
    cost = cost_of(table) if table.has("cost") else now.cost
    drawn = initial_of(table)
    if drawn is not None:
        case = replace(case, seed=drawn.seed)
    if len(names) != len(sizes) - 1:
        raise table.bad("activations", _("must be one a layer"))
    try:
        case = case.reshaped(sizes, names, cost, None if drawn is None else drawn.scheme)
    except NetworkError as error:
        raise table.bad(culprit(str(error)), str(error)) from None
    data = _targets(case.data, sizes[-1], table)
    if cost != "quadratic" and not 0.0 <= data.y.min() <= data.y.max() <= 1.0:
        raise table.bad("cost", _("takes y from 0 to 1, and the data has y from {low:g} to {high:g}").format(
            low=data.y.min(), high=data.y.max()))  # fmt: skip
    return replace(case, data=data)


def _targets(data: DataSet, count: int, table: Table) -> DataSet:
    """The same targets for so many outputs: a number that was a label becomes one of the outputs."""
    if data.y.shape[1] == count:
        return data
    labels = data.y[:, 0].astype(np.intp)
    if data.y.shape[1] != 1 or not ((labels == data.y[:, 0]) & (labels >= 0) & (labels < count)).all():
        raise table.bad("sizes", _("must keep the {n} outputs").format(n=data.y.shape[1]))
    return replace(data, y=one_hot(labels, count), labels=labels, names=())


def _other_data(network: Network, table: Table) -> DataSet:
    """Examples of another file, which a person named: so that it may be anywhere."""
    file = Path(table.text("file", length=4_096)).absolute()
    beside = Table(table.file, table.path, {**table.values, "file": file.name}, table.notes)
    return data_of(beside, network, file.parent)


def _data(data: DataSet, table: Table) -> DataSet:
    table.only(("scale", "balance"))
    if table.has("scale"):
        data = with_scale(data, table.word("scale", SCALES))
    return balanced(table, data)
