"""Throws wrong files at the loaders: `python -m tests.files.fuzz [COUNT]`.

Whatever a file holds, `load` gives a preset or one printable line, soon and in bounded memory. Half of the inputs are
good files with bytes changed, cut or doubled, half are descriptions of the right form with wrong values in them.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from tests.files.samples import rich_preset
from tuibp.files import BadInput, load, preset_folder, save

BINARY = ("npz", "safetensors")
SECONDS = 5.0
"""No input may take longer."""

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 3, 10**9, 2**63, 10**400, 0.5, -0.0, 1e308, float("inf"), float("nan")),
    *("", "tanh", "sigmoid", "softmax", "relu", "quadratic", "cross_entropy", "log_likelihood", "circles", "strokes"),
    *("\x1b[31m", "[b]x[/b]", "\u202e", "a" * 3_000, "digits.npz", "iris.csv", "../..", "spirals", "gaussian"),
    *([], [1], [[1]], [[[1]]], [[]], {}, [1, 2], [2, 3, 1], [[1, 2], [3]], ["tanh", "sigmoid"], {"x": [1], "y": [1]}),
    *([{"x": [0, 1], "y": [1]}], {"scheme": "scaled"}, [{"layer": 2, "neuron": 1, "activation": "relu"}]),
)
KEYS = (
    *("title", "about", "network", "data", "training", "open", "sizes", "activations", "cost", "init", "weights"),
    *("biases", "modified", "scheme", "seed", "examples", "generator", "n", "noise", "file", "scale", "x", "y"),
    *("labels", "image", "names", "holdout", "test", "eta", "batch_size", "epochs", "l2", "train_biases", "example"),
    *("updates", "layer", "neuron", "activation", "exampels", ""),
)


def good_files(folder: Path) -> dict[str, list[bytes]]:
    """Contents of right files by ending, what the wrong ones are made of; the data files they name are put beside."""
    for name in ("digits.npz", "iris.csv"):
        shutil.copy(preset_folder() / name, folder / name)
    shutil.copy(preset_folder() / "iris.toml", folder / "beside.toml")
    (folder / "beside.toml").write_text((folder / "beside.toml").read_text().replace("iris.csv", "input.csv"))
    contents = {"toml": [path.read_bytes() for path in preset_folder().glob("*.toml") if path.stem != "million"]}
    contents["csv"] = [(folder / "iris.csv").read_bytes(), b"1,2,3,4,a\n5,6,7,8,b\n"]
    for ending in ("json", *BINARY):
        contents[ending] = []
        for name, preset in (("rich", rich_preset()), ("mazur", load("mazur")), ("circles", load("circles"))):
            save(folder / f"{name}.{ending}", preset)
            contents[ending].append((folder / f"{name}.{ending}").read_bytes())
    return contents


def changed(content: bytes, chance: random.Random) -> bytes:
    """A good file with a few places spoilt."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data)) if data else 0
        span = chance.choice((1, 1, 2, 8, 100))
        kind = chance.randrange(6)
        if kind == 0:
            data[at : at + span] = chance.randbytes(span)
        elif kind == 1:
            del data[at : at + span]
        elif kind == 2:
            data[at:at] = data[at : at + span]
        elif kind == 3 and data:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 4:
            data[at : at + span] = chance.choice((b"\xff", b"\0", b"9", b"[", b'"', b"-", b"e", b"nan", b"\n")) * span
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


def spoilt(value: Any, chance: random.Random, rate: float = 0.15) -> Any:
    """A description with some values, keys and lengths replaced."""
    if chance.random() < rate / 3:
        return chance.choice(ODD)
    if isinstance(value, dict):
        out = {
            chance.choice(KEYS) if chance.random() < rate / 6 else k: spoilt(v, chance, rate) for k, v in value.items()
        }
        if out and chance.random() < rate / 2:
            del out[chance.choice(list(out))]
        if chance.random() < rate / 4:
            out[chance.choice(KEYS)] = chance.choice(ODD)
        return out
    if isinstance(value, list):
        items = [spoilt(item, chance, rate / 2) for item in value[:50]]
        return items * 2 if chance.random() < rate / 10 else items[:-1] if chance.random() < rate / 10 else items
    return value


def as_toml(value: Any) -> str:
    """Any value in TOML's syntax, as far as it has one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value)


def one_input(goods: dict[str, list[bytes]], chance: random.Random) -> tuple[str, bytes]:
    """(ending, content) of one wrong, or by chance right, file."""
    ending = chance.choice(("toml", "toml", "json", "json", "csv", *BINARY))
    if ending not in ("toml", "json") or chance.random() < 0.4:
        return ending, changed(chance.choice(goods[ending]), chance)
    wrong = spoilt(json.loads(chance.choice(goods["json"])), chance, chance.choice((0.05, 0.2, 0.6)))
    if ending == "json" or not isinstance(wrong, dict):
        return "json", json.dumps(wrong).encode()
    return "toml", "\n".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in wrong.items()).encode()


def outcome(path: Path) -> str:
    """`opened` or `refused`; anything else is an AssertionError that says what happened."""
    started = time.monotonic()
    try:
        preset = load(str(path))
    except BadInput as error:
        line = str(error)
        assert line.isprintable(), repr(line)
        assert str(path.parent) in line, line
        result = "refused"
    else:
        assert np.isfinite(preset.network.parameters).all()
        assert np.isfinite(preset.data.x).all()
        assert np.isfinite(preset.data.y).all()
        assert 0 <= preset.opening.example < len(preset.data)
        assert (preset.title + preset.about + "".join(preset.data.names)).isprintable()
        result = "opened"
    assert time.monotonic() - started < SECONDS, "took too long"
    return result


def fuzz(count: int, seed: int) -> Counter[str]:
    """Try so many inputs; returns how many came out how, by ending. Raises AssertionError with the file kept."""
    chance = random.Random(seed)
    results: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("error")
        goods = good_files(Path(name))
        for number in range(count):
            ending, content = one_input(goods, chance)
            path = Path(name) / f"input.{ending}"
            path.write_bytes(content)
            try:
                path = path.with_name("beside.toml") if ending == "csv" else path
                results[f"{ending} {outcome(path)}"] += 1
            except Exception as error:
                kept = Path(tempfile.gettempdir()) / f"fuzz-{seed}-{number}.{ending}"
                kept.write_bytes(content)
                raise AssertionError(f"input {number} of seed {seed}, kept as {kept}: {error!r}") from error
    return results


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    started = time.monotonic()
    results = fuzz(count, seed=int(started))
    for what, times in sorted(results.items()):
        print(f"{times:8,}  {what}")
    print(
        f"{results.total():8,}  inputs in {time.monotonic() - started:.0f} s; nothing but presets and one-line refusals"
    )


if __name__ == "__main__":
    main()
