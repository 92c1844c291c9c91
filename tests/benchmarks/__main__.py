"""`python -m tests.benchmarks [NAME…]`: print tables of measurements, all of them or those named.

A table is a module of this folder with a function `run()`; its name stands in TABLES (that of `class` is no name in
Python, so it lies in `classroom.py`). The command starts itself anew
with one BLAS thread and without settings that would make numpy slower than a user's is.
"""

from __future__ import annotations

import importlib
import os
import sys

TABLES = {
    "passes": "forward plus backward, in forward passes",
    "gradient": "the gradient against PyTorch's",
    "training": "training examples a second against one example at a time",
    "optimisers": "updates with each optimiser against PyTorch's own on bare tensors",
    "check": "a check of every partial derivative",
    "session": "reaching any moment of a training run",
    "startup": "exec to the first full frame against the smallest Textual app",
    "opening": "70,000 images of 784 pixels from every kind of file: time and memory",
    "bytes": "bytes sent for a screen, a step, a cursor move, a nudge and a second of training",
    "keys": "from a key to its answer on a local terminal, and 300 step keys at once",
    "processor": "processor time of a key beside the smallest Textual app with a full screen",
    "class": "many sessions at once on this machine, a key a second each: answers, memory, first frames",
    "line": "from a key to its answer on slow lines",
    "illnesses": "which planted illness is named, and alarms about networks that are well",
    "mistakes": "which slip in somebody's code is named, and whether right code is ever accused",
}

WANTED = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
UNWANTED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def main() -> int:
    """Run the tables that the command line names."""
    names = sys.argv[1:] or list(TABLES)
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        print(f"no table {', '.join(unknown)}; there are:", file=sys.stderr)
        for name, what in TABLES.items():
            print(f"  {name:<10} {what}", file=sys.stderr)
        return 2
    if any(name in os.environ for name in UNWANTED) or any(os.environ.get(k) != v for k, v in WANTED.items()):
        kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
        os.execve(sys.executable, [sys.executable, "-m", "tests.benchmarks", *names], kept | WANTED)
    from tests.benchmarks.machine import describe

    print(describe())
    for name in names:
        print(f"\n{name}: {TABLES[name]}\n", flush=True)
        importlib.import_module(f"tests.benchmarks.{'classroom' if name == 'class' else name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
