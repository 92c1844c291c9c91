"""Somebody's own numbers of backpropagation, from JSON or .npz, by names as people write them.

`weights`, `W1`, `theta_2`; `dW1`, `grad_w`, `nabla_w`; `delta1`, `dZ2`; `db1`; `X`, `y`; a list of arrays or one name
a layer. What a name was taken for is told, and a name that says nothing is told as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.bounds import TEXT_BYTES, read_text
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.locale import _

Numbers = NDArray[np.float64]

_W, _B = r"(?:weights?|theta|w)", r"(?:bias(?:es)?|b)"
_GRAD = r"(?:grad(?:ients?)?|nabla|d|dc_?d|dl_?d|dj_?d)"
_NEW = r"(?:new|after|updated|next)"
KINDS: tuple[tuple[str, str], ...] = (
    ("new_w", rf"{_W}_?{{n}}_?{_NEW}|{_NEW}_?{_W}_?{{n}}"),
    ("new_b", rf"{_B}_?{{n}}_?{_NEW}|{_NEW}_?{_B}_?{{n}}"),
    ("grad_w", rf"{_GRAD}_?{_W}_?{{n}}|{_W}_?{{n}}[._]?grad(?:ient)?"),
    ("grad_b", rf"{_GRAD}_?{_B}_?{{n}}|{_B}_?{{n}}[._]?grad(?:ient)?"),
    ("delta", r"(?:deltas?|errors?|d_?z|grad_?z)_?{n}"),
    ("z", r"(?:zs?|weighted_?inputs?|pre_?activations?|nets?)_?{n}"),
    ("a", r"(?:as?|activations?|act|outs?|outputs?)_?{n}"),
    ("w", rf"{_W}_?{{n}}"),
    ("b", rf"{_B}_?{{n}}"),
    ("x", r"(?:x|inputs?|features)"),
    ("y", r"(?:y|t|targets?|labels?)(?:_true)?"),
)
"""What names stand for, the longest first; `{n}` is the layer's number, which may be missing."""
_PATTERNS = tuple((k, re.compile(p.replace("{n}", r"(\d{0,6})"), re.IGNORECASE | re.ASCII)) for k, p in KINDS)

FACTS = {
    "eta": "eta", "lr": "eta", "learning_rate": "eta", "alpha": "eta",
    "l2": "l2", "lambda": "l2", "lmbda": "l2", "lam": "l2", "weight_decay": "l2",
    "optimiser": "optimiser", "optimizer": "optimiser", "momentum": "momentum", "mu": "momentum", "rho": "rho",
    "beta1": "beta1", "beta_1": "beta1", "beta2": "beta2", "beta_2": "beta2", "epsilon": "epsilon", "eps": "epsilon",
    "n": "n", "activations": "activations", "activation": "activations", "cost": "cost", "loss": "cost",
}  # fmt: skip
"""Names of what is no array."""


@dataclass(frozen=True)
class Brought:
    """What a file holds, by what it was taken for."""

    file: str
    arrays: Mapping[str, tuple[Numbers, ...]]
    """By kind (w, b, x, y, z, a, delta, grad_w, grad_b, new_w, new_b), in the order of their numbers."""
    numbers: Mapping[str, tuple[int | None, ...]]
    """The number in each one's name; None where it had none."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """eta, l2, n, activations, cost, as the file gives them."""
    taken: tuple[tuple[str, str], ...] = ()
    """(name in the file, kind)."""
    unknown: tuple[str, ...] = ()
    single: bool = False
    """Whether the file holds float32."""
    number: int = 0
    """Of a recorded update, 0-based."""
    before: Brought | None = None
    """The recorded update right before it."""


def read_brought(path: Path) -> Brought:
    """What a .json or .npz file holds. Raises BadInput."""
    if path.suffix.lower() == ".npz":
        from tuibp.files.npz_file import read_arrays

        return sorted_out(printable_path(path), read_arrays(path))
    from tuibp.files.strict_json import parse

    return sorted_out(printable_path(path), parse(printable_path(path), read_text(path, TEXT_BYTES)))


def read_run(path: Path) -> list[tuple[int, Brought]] | None:
    """The updates of a run that a Recorder wrote, by number (0-based); None where the file is no such run."""
    from tuibp.files.npz_file import read_arrays
    from tuibp.files.recorder import MARK, records

    if path.suffix.lower() != ".npz":
        return None
    arrays = read_arrays(path)
    if MARK not in arrays or arrays[MARK].dtype.kind != "i" or arrays[MARK].ndim != 1:
        return None
    file = printable_path(path)
    found: list[tuple[int, Brought]] = []
    for number, own in records(file, arrays):
        brought = replace(sorted_out(file, own), number=number)
        if found and found[-1][0] == number - 1:
            brought = replace(brought, before=found[-1][1])
            if "eta" in brought.facts:
                found[-1] = number - 1, _with_after(found[-1][1], brought)
        found.append((number, brought))
    return found


def _with_after(brought: Brought, following: Brought) -> Brought:
    """An update with the weights and biases after it: those of the next one."""
    after = {f"new_{kind}": kind for kind in ("w", "b") if f"new_{kind}" not in brought.arrays}
    arrays, numbers = dict(brought.arrays), dict(brought.numbers)
    for new, kind in after.items():
        if kind in following.arrays:
            arrays[new], numbers[new] = following.arrays[kind], following.numbers[kind]
    return replace(brought, arrays=arrays, numbers=numbers)


def sorted_out(file: str, values: Mapping[str, Any]) -> Brought:
    """Values by their names as what they stand for. Raises BadInput where an array has no numbers."""
    found: dict[str, list[tuple[int | None, Numbers]]] = {}
    facts: dict[str, Any] = {}
    taken: list[tuple[str, str]] = []
    unknown: list[str] = []
    single = False
    for name, value in values.items():
        if value is None:
            continue
        fact = FACTS.get(name.lower())
        if fact and _is_fact(value):
            facts[fact] = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
            continue
        kind, number = kind_of(name)
        if not kind:
            unknown.append(printable(name, 40))
            continue
        single = single or getattr(value, "dtype", None) == np.float32
        entries = [(number, array) for array in _arrays(file, name, kind, number, value)]
        found.setdefault(kind, []).extend(entries)
        taken.append((printable(name, 40), kind))
    for entries in found.values():
        entries.sort(key=lambda entry: -1 if entry[0] is None else entry[0])
    return Brought(
        file,
        {kind: tuple(array for __, array in entries) for kind, entries in found.items()},
        {kind: tuple(number for number, __ in entries) for kind, entries in found.items()},
        facts,
        tuple(taken),
        tuple(unknown),
        single,
    )


def kind_of(name: str) -> tuple[str, int | None]:
    """What a name stands for, and the number in it; ("", None) where it says nothing."""
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(name.strip().replace("-", "_"))
        if match:
            numbers = [int(part) for part in match.groups() if part]
            return kind, numbers[0] if numbers else None
    return "", None


def _is_fact(value: Any) -> bool:
    """A number, a name, or names; a list of numbers named `activations` is values."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 or value.dtype.kind in "US"
    return isinstance(value, int | float | str | np.generic) or (
        isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)
    )


def _arrays(file: str, name: str, kind: str, number: int | None, value: Any) -> Iterator[Numbers]:
    """One array, or a list or table of one a layer."""
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield _numbers(file, f"{name}.{key}", value[key])
    elif number is None and kind not in ("x", "y") and _is_layered(kind, value):
        for part in value:
            yield _numbers(file, name, part)
    else:
        yield _numbers(file, name, value)


def _is_layered(kind: str, value: Any) -> bool:
    """Whether a value without a layer's number in its name holds all layers, one after another."""
    depth = value.ndim if isinstance(value, np.ndarray) else _depth(value)
    of_one = 2 if kind in ("w", "grad_w", "new_w") else 1
    return depth > of_one or (isinstance(value, np.ndarray) and value.dtype == object)


def _depth(value: Any) -> int:
    depth = 0
    while isinstance(value, list) and value and depth < 8:
        value, depth = value[0], depth + 1
    return depth


def _numbers(file: str, name: str, value: Any) -> Numbers:
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise BadInput(_("{file}: {key}: must be numbers, in rows of one length").format(
            file=file, key=printable(name, 40))) from None  # fmt: skip
    if array.ndim > 3:
        raise BadInput(_("{file}: {key}: has {n} dimensions, more than a layer's numbers can have").format(
            file=file, key=printable(name, 40), n=array.ndim))  # fmt: skip
    return array
