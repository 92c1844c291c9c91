"""Runs somebody's `backprop` in a process of its own: started as a script, it imports nothing of tuibp.

It reads trials (arrays) from one file and writes what came back to another. Whatever the code prints goes nowhere that
matters; what it raises is told with the line of its own code. Limits are set before the file is looked at.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import inspect
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
FORMS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "columns": (lambda v: v.T, lambda b: b[:, None]),
    "vectors": (lambda v: v[0], lambda b: b),
    "rows": (lambda v: v, lambda b: b[None]),
}
"""How x and y, and the biases, are handed over: as the book does, one example as a vector, examples as rows."""


def limit(seconds: int, memory: int, processes: int) -> None:
    """No more than this of anything, and no network where the system allows to take it away."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 64 << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, processes),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def entry_of(module: ModuleType) -> Callable[..., Any]:
    """`backprop(weights, biases, x, y)` of a module, or of a class in it that is made from `sizes`."""
    function = getattr(module, "backprop", None)
    if callable(function):
        return function
    for value in vars(module).values():
        if (
            inspect.isclass(value)
            and value.__module__ == module.__name__
            and callable(getattr(value, "backprop", None))
        ):
            return by_class(value)
    raise LookupError("there is no function backprop(weights, biases, x, y), and no class with one")


def by_class(kind: Any) -> Callable[..., Any]:
    """`backprop` of a class that is made from `sizes` and holds `weights` and `biases`, as the book's does."""

    def function(weights: Any, biases: Any, x: Any, y: Any) -> Any:
        network = kind([x.shape[0], *(len(w) for w in weights)])
        network.weights, network.biases = weights, biases
        return network.backprop(x, y)

    return function


def call(function: Callable[..., Any], trial: dict[str, Any], form: str) -> tuple[Any, bool]:
    """The gradients of one trial: x and y as columns, vectors or rows."""
    import numpy as np

    weights = [w.copy() for w in trial["weights"]]
    x, y = trial["x"], trial["y"]
    shape, bias = FORMS[form]
    if form == "vectors" and len(x) > 1:
        raise ValueError("a vector holds one example")
    given = [*weights, *(bias(b).copy() for b in trial["biases"]), shape(x).copy(), shape(y).copy()]
    before = [array.copy() for array in given]
    count = len(weights)
    found = function(given[:count], given[count : 2 * count], given[-2], given[-1])
    changed = any(not np.array_equal(a, b) for a, b in zip(before, given, strict=True))
    return found, changed


def arrays_of(found: Any) -> dict[str, Any]:
    """(∂C/∂w, ∂C/∂b) of what came back: two lists in either order, or a table of names."""
    import numpy as np

    if isinstance(found, dict):
        named: dict[str, Any] = {}
        for name, value in found.items():
            parts = value if isinstance(value, list | tuple) else [value]
            many = isinstance(value, list | tuple)
            named |= {f"{name}{i if many else ''}": np.asarray(part, dtype=float) for i, part in enumerate(parts, 1)}
        return named
    first, second = found
    if any(part is None or part is ... for side in (first, second) for part in side):
        raise ValueError("a gradient is still None or ...")
    lists = [[np.asarray(part, dtype=float) for part in side] for side in (first, second)]
    biases_first = sum(part.size for part in lists[0]) <= sum(part.size for part in lists[1])
    b, w = lists if biases_first else lists[::-1]
    return {f"grad_w{i}": part for i, part in enumerate(w, 1)} | {f"grad_b{i}": part for i, part in enumerate(b, 1)}


def where(path: str, error: BaseException) -> dict[str, Any]:
    """The last line of their own code that an exception went through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if os.path.abspath(f.filename) == path]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    text = (frames[-1].line if frames else getattr(error, "text", "")) or ""
    return {"line": line, "text": text.strip()[:200], "kind": type(error).__name__, "reason": str(error)[:300]}


def run(path: str, trials: list[dict[str, Any]]) -> tuple[str | None, list[dict[str, Any]]]:
    """What each trial gave: its arrays, or what was raised."""
    spec = importlib.util.spec_from_file_location("mine", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(path))
    try:
        spec.loader.exec_module(module)
        function = entry_of(module)
    except BaseException as error:  # theirs may raise anything, SystemExit too
        return None, [{"error": where(path, error)}]
    form: str | None = None
    results: list[dict[str, Any]] = []
    for trial in trials:
        result: dict[str, Any] = {}
        results.append(result)
        for attempt in [form] if form else ["columns", "vectors", "rows"]:
            try:
                found, changed = call(function, trial, attempt)
                result.update(arrays=arrays_of(found), changed=changed)
                result.pop("error", None)
                form = attempt
                break
            except BaseException as error:
                result.setdefault("error", where(path, error))
    return form, results


def main() -> None:
    path, trials_file, out, seconds, memory, processes = sys.argv[1:7]
    import numpy as np

    with np.load(trials_file, allow_pickle=False) as stored:
        count = int(stored["count"])
        trials = [
            {
                "weights": [stored[f"{t}.w{i}"] for i in range(int(stored[f"{t}.layers"]))],
                "biases": [stored[f"{t}.b{i}"] for i in range(int(stored[f"{t}.layers"]))],
                "x": stored[f"{t}.x"],
                "y": stored[f"{t}.y"],
            }
            for t in range(count)
        ]
    results_to = os.open(out, os.O_WRONLY)
    limit(int(seconds), int(memory), int(processes))
    sys.argv[:] = [path]
    form, results = run(path, trials)
    arrays = {f"{t}.{name}": a for t, r in enumerate(results) for name, a in r.get("arrays", {}).items()}
    told = [{"error": r.get("error"), "changed": r.get("changed", False)} for r in results]
    with os.fdopen(results_to, "wb") as file:
        text = np.frombuffer(json.dumps({"form": form, "trials": told}).encode(), np.uint8)
        np.savez(file, allow_pickle=False, told=text, **arrays)


if __name__ == "__main__":
    main()
