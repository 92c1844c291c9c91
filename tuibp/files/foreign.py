"""Files of other programs that are not opened: some can run code, the others have readers of their own. Each is refused
with the lines of Python that make a file of it that is read."""

from __future__ import annotations

import json
from pathlib import Path

from tuibp.files.errors import printable, printable_path
from tuibp.locale import _

TORCH = (
    "import numpy, torch",
    "numpy.savez({out}, **{{k: v.numpy() for k, v in torch.load({file}, weights_only=True).items()}})",
)
KERAS = ("import keras, numpy", "numpy.savez({out}, *keras.models.load_model({file}).get_weights())")
PICKLE = (
    "import numpy, pathlib, pickle; m = pickle.loads(pathlib.Path({file}).read_bytes())",
    "numpy.savez({out}, *[a for pair in zip(m.coefs_, m.intercepts_) for a in pair])",
)
BOOKS_DATA = (
    "import gzip, numpy, pickle; (x, y), __, (u, v) = pickle.load(gzip.open({file}), encoding='latin1')",
    "numpy.savez({out}, x_train=x, y_train=y, x_test=u, y_test=v)",
)
ONNX = (
    "import numpy, onnx; from onnx.numpy_helper import to_array",
    "numpy.savez({out}, **{{t.name: to_array(t) for t in onnx.load({file}).graph.initializer}})",
)
MATLAB = (
    "import numpy, scipy.io",
    "numpy.savez({out}, **{{k: v for k, v in scipy.io.loadmat({file}).items() if k[0] != '_'}})",
)
ARRAY = ("import numpy", "numpy.savez({out}, x=numpy.load({file}), y=numpy.load('y.npy'))")
TABLE = ("import pandas", "pandas.read_{kind}({file}).to_csv({out}, index=False)")
ARFF = (
    "import pathlib, re; text = pathlib.Path({file}).read_text()",
    "pathlib.Path({out}).write_text(re.split('(?i)@data', text)[1].strip())",
)

WAYS = {
    ".pkl.gz": (BOOKS_DATA, ".npz"),
    ".pt": (TORCH, ".npz"),
    ".pth": (TORCH, ".npz"),
    ".h5": (KERAS, ".npz"),
    ".hdf5": (KERAS, ".npz"),
    ".keras": (KERAS, ".npz"),
    ".pkl": (PICKLE, ".npz"),
    ".pickle": (PICKLE, ".npz"),
    ".joblib": (PICKLE, ".npz"),
    ".onnx": (ONNX, ".npz"),
    ".mat": (MATLAB, ".npz"),
    ".npy": (ARRAY, ".npz"),
    ".parquet": (TABLE, ".csv"),
    ".feather": (TABLE, ".csv"),
    ".xlsx": (TABLE, ".csv"),
    ".arff": (ARFF, ".csv"),
}
"""By a name's ending: two lines of Python, and the ending of what they write."""
READERS = {".xlsx": "excel"}
LONGEST = 60
"""Of a name that is put into the lines."""


def way_out(path: Path) -> str:
    """What is said of a file of such a kind; empty where it is of none."""
    name = path.name.lower()
    ending = next((ending for ending in WAYS if name.endswith(ending)), "")
    if not ending:
        return ""
    lines, kind = WAYS[ending]
    shown = path.name if len(path.name) <= LONGEST and path.name.isprintable() else f"FILE{ending}"
    stem = shown[: -len(ending)] or "file"
    code = "; ".join(lines).format(
        file=json.dumps(shown), out=json.dumps(stem + kind), kind=READERS.get(ending, ending[1:])
    )
    said = _("{file}: {ending} is not opened; two lines of Python make {made} of it: {code}")
    return said.format(file=printable_path(path, 80), ending=ending, made=printable(stem + kind), code=code)


def names_data(path: Path) -> bool:
    """Whether a name is that of examples: a table, or the files that MNIST comes in."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith((".csv", ".tsv", ".data", ".idx", "-ubyte"))
