"""Reading a file takes at most 200 MB and four times what its network and data need, and stops within seconds.

Each file is opened by a process of its own, the peak of which the system tells.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import format as npy_format

MEGABYTES = 200
SECONDS = 2.0
OPEN = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000))
from tuibp.files import BadInput, load
need, started = 0, time.process_time()
try:
    preset = load(sys.argv[1])
    need = preset.network.parameters.nbytes + preset.data.x.nbytes + preset.data.y.nbytes
    line = "opened"
except BadInput as error:
    line = str(error)
seconds = time.process_time() - started
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak * 1024, need, seconds, line, sep="\\n")
"""
HEAD = '[network]\nsizes = [{sizes}]\nactivations = "sigmoid"\ncost = "quadratic"\ninit = {{ scheme = "zeros" }}\n'


def opened(path: Path) -> tuple[float, float, float, str]:
    """(peak and need in MB, seconds of processor time, what was said)."""
    environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, env=environ, check=True)
    peak, need, seconds, line = done.stdout.rstrip("\n").split("\n")
    return int(peak) / 1e6, int(need) / 1e6, float(seconds), line


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def with_data(folder: Path, name: str, sizes: str = "2, 2") -> Path:
    return write(folder / "p.toml", HEAD.format(sizes=sizes) + f'[data]\nfile = "{name}"\n')


def zeros(path: Path, **members: tuple[str, tuple[int, ...]]) -> Path:
    """An .npz of zeros, a thousandth of what it unpacks to, written without holding them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, (descr, shape) in members.items():
            with archive.open(f"{name}.npy", "w", force_zip64=False) as member:
                header = {"descr": descr, "fortran_order": False, "shape": shape}
                npy_format.write_array_header_1_0(member, header)
                left = int(np.prod(shape)) * np.dtype(descr).itemsize
                while left:
                    left -= member.write(bytes(min(left, 1_000_000)))
    return path


def labels_for_many_outputs(folder: Path) -> Path:
    rows = f"x = [{'[1],' * 20_000}]\nlabels = [{'0,' * 20_000}]\n"
    return write(folder / "p.toml", HEAD.format(sizes="1, 1_000_000") + "[data]\n" + rows)


def zeros_that_grow(folder: Path) -> Path:
    zeros(folder / "d.npz", x=("|u1", (120_000_000, 1)), labels=("|u1", (120_000_000,)))
    return with_data(folder, "d.npz", "1, 2")


def data_that_nobody_asked_for(folder: Path) -> Path:
    zeros(folder / "d.npz", junk=("<f8", (40_000_000,)), x=("<f8", (3, 2)), labels=("<f8", (3,)))
    return with_data(folder, "d.npz")


def weights_that_are_none(folder: Path) -> Path:
    return zeros(folder / "n.npz", junk=("<f8", (40_000_000,)))


def safetensors(folder: Path) -> Path:
    text = b'{"w1":{"dtype":"F64","shape":[40000000,1],"data_offsets":[0,320000000]}}'
    path = folder / "n.safetensors"
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + 320_000_000)  # a hole: no disk is taken
    return path


def csv(line: str, size: int, sizes: str = "2, 2") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        write(folder / "d.csv", line * (size // len(line)))
        return with_data(folder, "d.csv", sizes)

    return make


def text(ending: str, content: Callable[[], str]) -> Callable[[Path], Path]:
    return lambda folder: write(folder / f"n.{ending}", content())


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "labels for many outputs": (labels_for_many_outputs, "numbers with all examples"),
    "zeros that grow": (zeros_that_grow, "numbers with all examples"),
    "data that nobody asked for": (data_that_nobody_asked_for, "opened"),
    "arrays that are no weights": (weights_that_are_none, "holds no weights"),
    "a tensor too many": (safetensors, "more than 20,000,000"),
    "a deep key": (text("toml", lambda: "a." * 400_000 + "a = 1"), "nested too deeply"),
    "a deep key in quotes": (text("toml", lambda: '"a".' * 200_000 + "a = 1"), "nested too deeply"),
    "a deep key after odd quotes": (
        text("toml", lambda: 'b = {k="""a"""", ' + "a." * 400_000 + "a = 1}"),
        "too deeply",
    ),
    "a deep table": (text("toml", lambda: "[" + "a." * 400_000 + "a]"), "nested too deeply"),
    "a long key": (text("toml", lambda: "a" * 900_000 + " = 1"), "there is no such key"),
    "quotes without end": (text("toml", lambda: 'a = """' + '\\"""' * 200_000), "is not TOML"),
    "a huge title": (text("toml", lambda: "title = 0x" + "F" * 900_000), "title: must be text"),
    "many keys": (text("json", lambda: "{" + ",".join(f'"k{i}":1' for i in range(400_000)) + "}"), "no such key"),
    "a key given late": (
        text("json", lambda: "{" + ",".join(f'"k{i}":1' for i in [*range(240_000), 239_999]) + "}"),
        "k239999: is given twice",
    ),
    "small lists": (text("json", lambda: '{"junk": [' + "[1]," * 900_000 + "0]}"), "no such key"),
    "small objects": (text("json", lambda: '{"junk": [' + '{"a":1},' * 330_000 + "0]}"), "no such key"),
    "numbers": (text("json", lambda: '{"junk": [' + "0.5," * 2_900_000 + "0]}"), "no such key"),
    "more numbers": (text("json", lambda: '{"junk": [' + "1," * 15_000_000 + "0]}"), "holds more than 3,000,000"),
    "wide letters": (text("json", lambda: '{"junk": "' + "x" * 30_000_000 + "\U0001f600" + '"}'), "beyond ASCII"),
    "a long table": (csv("1,2,0\n", 4_000_000), "opened"),
    "lines without columns": (csv("\n", 20_000_000), "hardly a line has columns"),
    "more numbers than fit": (csv("1,2,0\n", 240_000_000), "holds more than 64,000,000 numbers"),
    "a line without end": (csv("1,", 20_000_000), "has 1"),
    "a cell without end": (csv("1", 20_000_000), "has 1"),
}


LARGE = {
    "more numbers than fit",
    "many keys",
    "a key given late",
    "a long table",
    "data that nobody asked for",
    "small lists",
    "small objects",
    "numbers",
    "more numbers",
    "wide letters",
    "arrays that are no weights",
}
"""Files that take long to write; tried by `--whole`."""


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_takes_little_memory_and_time(kind: str, tmp_path: Path, whole: bool) -> None:
    if kind in LARGE and not whole:
        pytest.skip("by --whole")
    make, said = HOSTILE[kind]
    peak, need, seconds, line = opened(make(tmp_path))
    assert said in line
    assert peak < MEGABYTES + 4 * need, f"{peak:.0f} MB for {need:.0f}"
    assert seconds < SECONDS or said == "opened"


def test_words_that_are_all_different_are_not_kept(tmp_path: Path) -> None:
    write(tmp_path / "d.csv", "".join(f"1,2,word{i}\n" for i in range(300_000)))
    peak, _need, seconds, line = opened(with_data(tmp_path, "d.csv"))
    assert "classes (word0, word1, word10" in line
    assert peak < 100
    assert seconds < SECONDS
