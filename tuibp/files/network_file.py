"""A network into a file: .json, .npz, .safetensors or a PyTorch script, .py, by its ending, in one move."""

from __future__ import annotations

import os
from pathlib import Path

from tuibp.core.network import Network
from tuibp.files.bounds import BINARY_BYTES, TEXT_BYTES, in_megabytes
from tuibp.files.described import EXAMPLES
from tuibp.files.description import describe, describe_network
from tuibp.files.errors import BadInput, printable_path
from tuibp.files.preset import Preset
from tuibp.locale import _

ENDINGS = (".json", ".npz", ".safetensors", ".py")


def may_write(path: str | os.PathLike[str], force: bool) -> None:
    """Raises BadInput where there is such a file already and it is not to be replaced."""
    if not force and os.path.lexists(path):
        reason = _("{file}: exists; --force overwrites it")
        raise BadInput(reason.format(file=printable_path(path)))


def save(path: str | os.PathLike[str], network: Network | Preset) -> None:
    """Write a network, or a preset with its data and training, so that `load` gives it back to the bit; as .py a preset
    alone, as a script for PyTorch that is not read again.

    A file with this name is replaced as a whole or not at all. Raises BadInput.
    """
    from tuibp.files.atomic import write_told  # its imports are slow, and few programs write

    target = Path(path)
    write_told(target, encoded(target, network))


def encoded(path: Path, network: Network | Preset) -> bytes:
    """The bytes of the file, in the format that its ending names."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(
            _("{file}: give a name that ends in {endings}").format(file=printable_path(path), endings=" ".join(ENDINGS))
        )
    if ending == ".py":
        return _script(path, network)
    description = {"network": describe_network(network)} if isinstance(network, Network) else describe(network)
    if isinstance(network, Preset) and EXAMPLES in network.assumed:  # what was made up is not handed on
        del description["data"]
    if ending == ".json":
        from tuibp.files.json_file import write_json

        content, most = write_json(description), TEXT_BYTES
    elif ending == ".npz":
        from tuibp.files.npz_file import write_npz

        content, most = write_npz(description), BINARY_BYTES
    else:
        from tuibp.files.safetensors_file import write_safetensors

        content, most = write_safetensors(path, description), BINARY_BYTES
    if len(content) > most:
        reason = _("would hold {size}, more than is read back; .npz takes least").format(
            size=in_megabytes(len(content))
        )
        raise BadInput(f"{printable_path(path)}: {reason}")
    return content


def for_the_book(path: str | os.PathLike[str], network: Network) -> bool:
    """Whether what is written there is what `network2.load` reads, if it is of that kind at all."""
    from tuibp.files.json_file import as_the_book

    return Path(path).suffix.lower() != ".json" or as_the_book(describe_network(network))


def _script(path: Path, preset: Network | Preset) -> bytes:
    from tuibp.files.torch_script import write_torch_script

    if isinstance(preset, Network):
        raise BadInput(_("{file}: a script needs data as well").format(file=printable_path(path)))
    return write_torch_script(path, preset)
