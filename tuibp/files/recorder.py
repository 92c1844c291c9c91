"""Records somebody's own training loop: one line in it, and a file that `tuibp compare` and the program open.

    from tuibp import Recorder
    with Recorder("run.npz") as rec:
        for …:
            rec.log(weights=ws, biases=bs, x=x, y=y, grad_w=dws, grad_b=dbs)   # before the update
            # or, after loss.backward():  rec.log(model, x, y)

It never takes more than a twentieth of the loop's time, nor more than MEMORY bytes: updates are left out, evenly, where
there are too many. The first are always kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuibp.core.activations import ACTIVATIONS
from tuibp.files.errors import BadInput, printable_path
from tuibp.locale import _

MEMORY = 64 << 20
"""Bytes of arrays that are kept."""
FIRST = 8
"""Updates that are kept whatever they cost."""
SHARE = 0.04
"""Of the loop's time."""
MARK = "tuibp_run"
"""The array by which such a file is known: the numbers of the updates, 0-based."""
FACTS = "facts"
"""The array that holds what is no array (eta, activations, cost), as JSON."""
LISTS = {"weights": "w", "biases": "b", "grad_w": "grad_w", "grad_b": "grad_b"}

Record = dict[str, NDArray[Any]]


class Recorder:
    """Writes a run to an .npz file when it is closed. Not for several threads at once."""

    def __init__(self, path: str | Path, memory: int = MEMORY) -> None:
        """Raises BadInput where the file does not end in .npz."""
        self._path, self._memory = Path(path), memory
        if self._path.suffix.lower() != ".npz":
            raise BadInput(_("{file}: a run is recorded in an .npz file").format(file=self._path))
        self._records: list[tuple[int, Record]] = []
        self._bytes, self._stride, self._updates = 0, 1, 0
        self._began, self._spent = perf_counter(), 0.0
        self._facts: dict[str, Any] = {}

    def log(
        self,
        model: Any = None,
        x: Any = None,
        y: Any = None,
        *,
        weights: Sequence[ArrayLike] | None = None,
        biases: Sequence[ArrayLike] | None = None,
        grad_w: Sequence[ArrayLike] | None = None,
        grad_b: Sequence[ArrayLike] | None = None,
        **facts: Any,
    ) -> None:
        """One update, before it is made: arrays, or a PyTorch model of Linears after `backward()`.

        Weights are (n_out, n_in) or (n_in, n_out), one a layer; x and y are rows or one example. `activations`, `cost`,
        and `eta` with what makes the update (`optimiser`, `momentum`, `beta1`, `beta2`, `epsilon`, `rho`, `l2`) may be
        given as well; the weights after an update are then the next one's.

        Raises ValueError where neither a model nor weights are given.
        """
        number, self._updates = self._updates, self._updates + 1
        began = perf_counter()
        if number >= FIRST and (number % self._stride or self._spent > SHARE * (began - self._began)):
            return
        if model is not None:
            weights, biases, grad_w, grad_b = of_model(model)
            facts.setdefault("activations", activations_of(model))
        if weights is None:
            raise ValueError(_("log takes a model, or weights="))
        record: Record = {}
        for name, parts in (("weights", weights), ("biases", biases), ("grad_w", grad_w), ("grad_b", grad_b)):
            record |= {f"{LISTS[name]}{i}": _copy(part) for i, part in enumerate(parts or (), 1) if part is not None}
        record |= {name: _copy(value) for name, value in (("x", x), ("y", y)) if value is not None}
        self._facts |= {name: value for name, value in facts.items() if value is not None}
        self._keep(number, record)
        self._spent += perf_counter() - began

    def close(self) -> None:
        """Write the file, atomically. Raises BadInput where it cannot be written."""
        from io import BytesIO

        from tuibp.files.atomic import write_atomically

        arrays: Record = {MARK: np.array([number for number, __ in self._records], dtype=np.int64)}
        arrays[FACTS] = np.frombuffer(json.dumps(self._facts, default=float).encode(), np.uint8)
        for number, record in self._records:
            arrays |= {f"{number}.{name}": array for name, array in record.items()}
        stream = BytesIO()
        np.savez(stream, allow_pickle=False, **arrays)
        try:
            write_atomically(self._path, stream.getvalue())
        except OSError as error:
            raise BadInput(
                _("{file}: cannot be written: {reason}").format(file=printable_path(self._path), reason=error.strerror)
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What was recorded is written although the loop failed: it may show why."""
        self.close()

    def _keep(self, number: int, record: Record) -> None:
        self._records.append((number, record))
        self._bytes += _size(record)
        while self._bytes > self._memory and len(self._records) > FIRST + 1:
            self._stride *= 2
            kept = [(n, r) for n, r in self._records if n < FIRST or n % self._stride == 0]
            self._records = kept if len(kept) < len(self._records) else self._records[:FIRST]
            self._bytes = sum(_size(r) for __, r in self._records)


def of_model(model: Any) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Weights, biases and their gradients of a PyTorch module's Linears, in the order in which they are registered."""
    linears = [part for part in model.modules() if type(part).__name__ == "Linear"]
    if not linears:
        raise ValueError(_("the model has no Linear layers"))
    return (
        [part.weight for part in linears],
        [part.bias for part in linears],
        [part.weight.grad for part in linears],
        [None if part.bias is None else part.bias.grad for part in linears],
    )


FUNCTIONS = {f.torch.removeprefix("nn.").partition("(")[0]: f.name for f in ACTIVATIONS.values() if f.torch}
"""What PyTorch's modules compute, by the names of their classes."""


def activations_of(model: Any) -> list[str]:
    """The function after each Linear, as far as the modules tell; `linear` where none follows."""
    names: list[str] = []
    for part in model.modules():
        kind = type(part).__name__
        if kind == "Linear":
            names.append("linear")
        elif kind in FUNCTIONS and names:
            names[-1] = FUNCTIONS[kind]
    return names


def _copy(value: Any) -> NDArray[Any]:
    """A copy in memory of an array or of a tensor, wherever that lies; float32 stays so."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    return np.array(value)


def _size(record: Record) -> int:
    return sum(array.nbytes for array in record.values())


def records(file: str, arrays: dict[str, NDArray[Any]]) -> Iterable[tuple[int, dict[str, Any]]]:
    """(number of the update, its arrays and facts by name) of what a Recorder wrote, in order. Raises BadInput."""
    from tuibp.files.strict_json import parse

    facts = parse(file, arrays[FACTS].tobytes().decode("utf-8", "replace")) if FACTS in arrays else {}
    for number in arrays[MARK].tolist():
        start = f"{number}."
        yield number, facts | {n.removeprefix(start): array for n, array in arrays.items() if n.startswith(start)}
