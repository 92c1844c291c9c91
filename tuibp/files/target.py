"""A target is a preset's name or the path of a file; `load` opens either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tuibp.files.described import ASSUMED, assumption, missing
from tuibp.files.description import preset_of
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.folder import preset_folder, preset_names
from tuibp.files.heed import part
from tuibp.files.nearest import did_you_mean
from tuibp.files.plus import PLUS, with_lines
from tuibp.files.preset import Preset
from tuibp.locale import _

ENDINGS = (".toml", ".json", ".npz", ".safetensors")


def load(target: str, load_named: Callable[[str], Preset] | None = None) -> Preset:
    """The preset of this name, or what a .toml, .json, .npz or .safetensors file describes; with lines behind a plus
    (`xor + [training] eta = 1.0`) as if those stood in it; what stands before the plus is loaded by `load_named`.

    Raises BadInput, one line with file, key and reason.
    """
    if PLUS in target:
        from tuibp.files.changed import preset_with

        name, lines = target.split(PLUS, 1)
        preset = (load_named or load)(name)
        return preset_with(preset, with_lines(preset.source, f"[{lines}"), f"[{lines}")
    if target in preset_names():
        return _from_toml(preset_folder() / f"{target}.toml", target, target)
    path = Path(target)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(_unknown(target))
    source = str(path.absolute())
    name = printable(path.stem)
    if ending == ".toml":
        return _from_toml(path, name, source)
    if ending == ".json":
        from tuibp.files.json_file import read_json as read
    elif ending == ".npz":
        from tuibp.files.npz_file import read_npz as read
    else:
        from tuibp.files.safetensors_file import read_safetensors as read
    with part(0.0, 0.5):
        tables, notes = read(path)
    keys = missing(tables)
    if keys:
        tables["network"] = {**{key: ASSUMED[key] for key in keys if key in ASSUMED}, **tables["network"]}
    with part(0.5, 1.0):
        preset = preset_of(tables, name, path, source, data_required=False)
    said = (*notes, *preset.notes, *assumption(printable(path.name), keys))
    return replace(preset, notes=said, assumed=keys)


def _from_toml(path: Path, name: str, source: str) -> Preset:
    from tuibp.files.toml_file import read_toml

    return preset_of(read_toml(path), name, path, source, data_required=True)


def _unknown(target: str) -> str:
    if len(target) > 500 or "\0" in target or not Path(target).exists():
        return _("{name}: there is no such preset").format(name=printable_path(target)) + did_you_mean(
            target, preset_names()
        )
    if Path(target).is_dir():
        return _("{file}: is a directory").format(file=printable_path(target))
    from tuibp.files.foreign import names_data, way_out

    if said := way_out(Path(target)):
        return said
    if names_data(Path(target)):
        said = _("{file}: is data; {command} writes a preset for it")
        return said.format(file=printable_path(target), command="tuibp new")
    return _("{file}: is none of {kinds}").format(file=printable_path(target), kinds=" ".join(ENDINGS))
