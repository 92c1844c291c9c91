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
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
NAMES = ("backprop", "backpropagation", "back_propagation", "backpropagate", "backward", "backward_pass",
         "compute_gradients", "gradients", "gradient")  # fmt: skip
"""What people call it; a function by another name than the first has to take four arguments."""


class Form(NamedTuple):
    """How the numbers are handed over."""

    name: str
    examples: Callable[[Any], Any]
    bias: Callable[[Any], Any]
    turned: bool = False
    """Whether weights are (n_in, n_out)."""
    one: bool = False
    """Whether it holds one example alone."""


FORMS = (
    Form("columns", lambda v: v.T, lambda b: b[:, None]),
    Form("vectors", lambda v: v[0], lambda b: b, one=True),
    Form("rows", lambda v: v, lambda b: b[None]),
    Form("rows", lambda v: v, lambda b: b[None], turned=True),
    Form("vectors", lambda v: v[0], lambda b: b, turned=True, one=True),
)
"""As the book does, one example as a vector, examples as rows; the last two with weights as libraries keep them."""


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


Step = Callable[[Any, Any], Any]
"""Of x and y, what their code gives back."""
Prepare = Callable[[list[Any], list[Any]], Step]
"""Of weights and biases, what is called with x and y."""


class NoBackprop(Exception):
    """There is nothing in the file that could be called."""


def entry_of(module: ModuleType) -> Prepare:
    """`backprop(weights, biases, x, y)` of a module, or of a class in it that is made from `sizes`."""
    for name in NAMES:
        function = getattr(module, name, None)
        if callable(function) and (name == NAMES[0] or _takes_four(function)):
            return lambda weights, biases, function=function: partial(function, weights, biases)  # type: ignore[misc]
    for value in vars(module).values():
        if inspect.isclass(value) and value.__module__ == module.__name__:
            for name in NAMES:
                if callable(getattr(value, name, None)):
                    return partial(of_class, value, name)
    raise NoBackprop


def _takes_four(function: Callable[..., Any]) -> bool:
    with contextlib.suppress(TypeError, ValueError):
        return len(inspect.signature(function).parameters) == 4
    return False


def of_class(kind: Any, name: str, weights: list[Any], biases: list[Any]) -> Step:
    """A class's method, of an object that is made from `sizes` and given the weights and biases.

    A method that gives nothing back has left its gradients, and perhaps its z and a, in the object.
    """
    turned = len(weights) > 0 and weights[0].shape[1] == biases[0].size and weights[0].shape[0] != biases[0].size
    sizes = [weights[0].shape[0 if turned else 1], *(b.size for b in biases)]
    network = kind(sizes)
    given = {_place(network, weights, "weights"): weights, _place(network, biases, "biases"): biases}
    for attribute, values in given.items():
        setattr(network, attribute, values)
    method = getattr(network, name)

    def step(x: Any, y: Any) -> Any:
        found = method(x, y)
        return _left_in(network, given) if found is None else found

    return step


def _place(network: Any, values: list[Any], usual: str) -> str:
    """The attribute that holds arrays of these shapes; the usual one where there is none."""
    shapes = [value.shape for value in values]
    lists = {name: held for name, held in vars(network).items() if isinstance(held, list | tuple)}
    fitting = [name for name, held in lists.items() if [getattr(part, "shape", None) for part in held] == shapes]
    return fitting[0] if fitting and usual not in fitting else usual


def _left_in(network: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Lists and tables of arrays that an object holds, but for what it was given."""
    found: dict[str, Any] = {}
    for name, held in vars(network).items():
        if isinstance(held, dict) and all(hasattr(part, "shape") for part in held.values()):
            found |= {str(key): part for key, part in held.items()}
        elif name not in given and isinstance(held, list | tuple) and all(hasattr(part, "shape") for part in held):
            found[name] = held
    return found


def call(prepare: Prepare, trial: dict[str, Any], form: Form, twice: bool) -> tuple[list[Any], bool]:
    """What came back for one trial, and from a second call with x turned round; whether arguments changed."""
    import numpy as np

    weights = [(w.T if form.turned else w).copy() for w in trial["weights"]]
    biases = [form.bias(b).copy() for b in trial["biases"]]
    given = [*weights, *biases, form.examples(trial["x"]).copy(), form.examples(trial["y"]).copy()]
    before = [array.copy() for array in given]
    step = prepare(weights, biases)
    found = [arrays_of(step(given[-2], given[-1]))]
    changed = any(not np.array_equal(a, b) for a, b in zip(before, given, strict=True))
    if twice and not changed:
        with contextlib.suppress(Exception):
            found.append(arrays_of(step(form.examples(trial["x"][:, ::-1]).copy(), before[-1])))
    return found, changed


def arrays_of(found: Any) -> dict[str, Any]:
    """(∂C/∂w, ∂C/∂b) of what came back: two lists in either order, or a table of names."""
    import numpy as np

    if isinstance(found, dict):
        named: dict[str, Any] = {}
        for name, value in found.items():
            parts = value if isinstance(value, list | tuple) else [value]
            many = isinstance(value, list | tuple)
            named |= {f"{name}{i if many else ''}": np.array(part, dtype=float) for i, part in enumerate(parts, 1)}
        return named
    first, second = found
    if any(part is None or part is ... for side in (first, second) for part in side):
        raise ValueError("a gradient is still None or ...")
    lists = [[np.array(part, dtype=float) for part in side] for side in (first, second)]
    biases_first = sum(part.size for part in lists[0]) <= sum(part.size for part in lists[1])
    b, w = lists if biases_first else lists[::-1]
    return {f"grad_w{i}": part for i, part in enumerate(w, 1)} | {f"grad_b{i}": part for i, part in enumerate(b, 1)}


def where(path: str, error: BaseException) -> dict[str, Any]:
    """The last line of their own code that an exception went through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if os.path.abspath(f.filename) == path]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    text = (frames[-1].line if frames else getattr(error, "text", "")) or ""
    return {"line": line, "text": text.strip()[:200], "kind": type(error).__name__, "reason": str(error)[:300]}


def run(path: str, trials: list[dict[str, Any]]) -> tuple[Form | None, list[dict[str, Any]]]:
    """What each trial gave: its arrays, or what was raised."""
    spec = importlib.util.spec_from_file_location("mine", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(path))
    sys.path += [place for place in os.environ.get("TUIBP_OWN_PATH", "").split(os.pathsep) if place]
    try:
        spec.loader.exec_module(module)
        prepare = entry_of(module)
    except BaseException as error:  # theirs may raise anything, SystemExit too
        return None, [{"error": where(path, error)}]
    tried = []
    for form in FORMS:
        results = [attempt(path, prepare, trial, form, at == 0) for at, trial in enumerate(trials)]
        tried.append((sum(fits(r, t) for r, t in zip(results, trials, strict=True)),
                      sum("arrays" in r for r in results), results, form))  # fmt: skip
        if tried[-1][0] == sum(not form.one or len(t["x"]) == 1 for t in trials):
            break
    __, ran, results, form = max(tried, key=lambda one: one[:2])
    return (form if ran else None), results


def attempt(path: str, prepare: Prepare, trial: dict[str, Any], form: Form, twice: bool) -> dict[str, Any]:
    """What one trial gave in one form: arrays, or what was raised; nothing where the form cannot hold it."""
    if form.one and len(trial["x"]) > 1:
        return {}
    try:
        found, changed = call(prepare, trial, form, twice)
    except BaseException as error:
        return {"error": where(path, error)}
    return {"arrays": found[0], "again": found[1:], "changed": changed}


def fits(result: dict[str, Any], trial: dict[str, Any]) -> bool:
    """Whether the gradients are as many numbers as there are parameters."""
    gradients = [a for name, a in result.get("arrays", {}).items() if not name.startswith(("a", "z"))]
    return sum(a.size for a in gradients) == sum(p.size for p in (*trial["weights"], *trial["biases"]))


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
    arrays |= {f"again.{name}": a for r in results for again in r.get("again", ()) for name, a in again.items()}
    told = [{"error": r.get("error"), "changed": r.get("changed", False)} for r in results]
    with os.fdopen(results_to, "wb") as file:
        text = np.frombuffer(json.dumps({"form": form and [form.name, form.turned], "trials": told}).encode(), np.uint8)
        np.savez(file, allow_pickle=False, told=text, **arrays)


if __name__ == "__main__":
    main()
