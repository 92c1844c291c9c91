"""Opening 70,000 images of 784 pixels from every kind of file, each in a process of its own: time and memory."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.files.test_data_of_others import idx

SECONDS, MEGABYTES = 3.0, 600
"""Goals."""
PRESET = """
[network]
sizes = [784, 30, 10]
activations = "sigmoid"
cost = "cross_entropy"
[data]
file = "{file}"
scale = {scale}
"""
OPEN = """
import sys, time
started = time.perf_counter(), time.process_time()
from tuibp.files import load
preset = load(sys.argv[1])
wall, processor = time.perf_counter() - started[0], time.process_time() - started[1]
assert preset.data.x.shape == (70_000, 784)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(wall, processor, peak / 1e3)
"""


def run() -> None:
    """Print a row for each kind of file."""
    print(f"goals: {SECONDS:g} s, {MEGABYTES} MB")
    print(f"{'file':<34}{'MB':>6}{'seconds':>9}{'processor':>11}{'peak MB':>9}")
    with TemporaryDirectory() as name:
        for file, scale in _made(Path(name)):
            wall, processor, peak = _opened(Path(name), file, scale)
            size, what = _size(Path(name, file)), f"{file}, scale {scale}"
            print(f"{what:<34}{size:>6.0f}{wall:>9.2f}{processor:>11.2f}{peak:>9.0f}")


def _made(folder: Path) -> list[tuple[str, str]]:
    """Files of like pixels as MNIST's: four of five are 0."""
    random = np.random.default_rng(0)
    x = ((random.random((70_000, 784)) < 0.2) * random.integers(0, 256, (70_000, 784))).astype(np.uint8)
    y = random.integers(0, 10, 70_000).astype(np.uint8)
    images = x.reshape(-1, 28, 28)
    np.savez(
        folder / "keras.npz",
        x_train=images[:60_000], y_train=y[:60_000], x_test=images[60_000:], y_test=y[60_000:], allow_pickle=False,
    )  # fmt: skip
    for part, rows in (("train", slice(60_000)), ("t10k", slice(60_000, None))):
        for kind, array in (("images-idx3", images), ("labels-idx1", y)):
            for sub, content in (("raw", idx(array[rows])), ("packed", gzip.compress(idx(array[rows]), 6))):
                (folder / sub).mkdir(exist_ok=True)
                (folder / sub / f"{part}-{kind}-ubyte{'.gz' * (sub == 'packed')}").write_bytes(content)
    np.savetxt(folder / "mnist.csv", np.column_stack([x, y]), fmt="%d", delimiter=",")
    return [("raw", "255"), ("raw", '"standard"'), ("packed", "255"), ("keras.npz", "255"), ("mnist.csv", "255")]


def _opened(folder: Path, file: str, scale: str) -> tuple[float, float, float]:
    (folder / "p.toml").write_text(PRESET.format(file=file, scale=scale))
    words = [sys.executable, "-c", OPEN, str(folder / "p.toml")]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=dict(os.environ))
    wall, processor, peak = map(float, done.stdout.split())
    return wall, processor, peak


def _size(path: Path) -> float:
    return sum(each.stat().st_size for each in (path.iterdir() if path.is_dir() else (path,))) / 1e6
