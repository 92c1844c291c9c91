"""The kit of a course: what students get, and the files that Gradescope and otter-grader take, as one folder."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from string import Template
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tuibp.core.mistakes.run import Run, Task
from tuibp.files.atomic import umask
from tuibp.files.errors import BadInput, printable_path
from tuibp.files.folder import preset_folder
from tuibp.locale import _

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""A zip's dates, so that the same kit is the same bytes."""
RUNS = ("setup.sh", "run_autograder")


def text_of(name: str, values: Mapping[str, object]) -> str:
    """One of the kit's files, with the kit's values in it."""
    written = (preset_folder() / "assignment" / name).read_text("utf-8")
    return Template(written).safe_substitute({key: str(value) for key, value in values.items()})


def example(task: Task) -> bytes:
    """A network with an example and its right gradients, as JSON that `compare` takes."""
    right, layers = Run(task), range(1, task.network.layer_count)
    told = {
        "weights": [w.tolist() for w in task.network.weights],
        "biases": [b.tolist() for b in task.network.biases],
        "x": task.x[0].tolist(),
        "y": task.y[0].tolist(),
        "grad_w": [right.grad_w[layer].tolist() for layer in layers],
        "grad_b": [right.grad_b[layer].tolist() for layer in layers],
    }
    return (json.dumps(told, indent=1) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files by their names as a .zip."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, ALWAYS)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in RUNS else 0o100644) << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def own_source() -> dict[str, bytes]:
    """This very program as files, so that it grades everywhere as it does here. It needs numpy and rich for that."""
    package = Path(__file__).resolve().parent.parent
    return dict(_files(package, package.parent)) | dict(_files(preset_folder(), preset_folder().parent, "tuibp/"))


def _files(folder: Path, root: Path, before: str = "") -> Iterator[tuple[str, bytes]]:
    """What lies in a folder, but for what Python made itself; `before` is put before names outside the package."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(root).as_posix()
            yield (name if name.startswith("tuibp/") else before + name), path.read_bytes()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, as a whole or not at all. Raises BadInput where it holds anything already."""
    reason = _("{file}: cannot be written: {reason}")
    try:
        if os.path.lexists(folder) and not (folder.is_dir() and not folder.is_symlink() and not os.listdir(folder)):
            raise BadInput(_("{file}: exists and is no empty folder").format(file=printable_path(folder)))
        made = Path(tempfile.mkdtemp(prefix=".tuibp-", dir=folder.absolute().parent))
    except OSError as error:
        raise BadInput(reason.format(file=printable_path(folder), reason=error.strerror or error)) from None
    try:
        for name, content in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(content)
        made.chmod(0o777 & ~umask())
        os.replace(made, folder)
    except OSError as error:
        raise BadInput(reason.format(file=printable_path(folder), reason=error.strerror or error)) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
