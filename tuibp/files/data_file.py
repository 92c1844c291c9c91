"""The file of examples that a preset names: .npz, .csv, or MNIST's own files."""

from __future__ import annotations

from pathlib import Path

from tuibp.files.columns import Columns
from tuibp.files.errors import printable_path
from tuibp.files.table import Table
from tuibp.locale import _

TEXT = (".csv", ".tsv", ".data", ".txt")


def columns_of_file(table: Table, n_in: int, n_out: int, folder: Path) -> Columns:
    """Columns from the file that `file` names, in this folder or below it. Raises BadInput."""
    name = Path(table.text("file", length=1_000))
    if name.is_absolute() or ".." in name.parts:  # a preset from someone else must not reach for other files
        raise table.bad("file", _("must be in the folder of this file or below it"))
    path = folder / name
    within = Table(printable_path(path), "", {}, table.notes)
    if path.suffix.lower() in TEXT:
        from tuibp.files.csv_file import read_csv

        return read_csv(path, n_in, n_out, table)
    arrays = path.suffix.lower() == ".npz" or is_idx(path) or path.is_dir()
    for key in ("label", "columns"):
        if arrays and table.has(key):
            raise table.bad(key, _("goes with a .csv file"))
    from tuibp.files.data_arrays import columns_in

    if path.suffix.lower() == ".npz":
        from tuibp.files.npz_file import arrays_in

        with arrays_in(path) as found:
            return columns_in(within, found, n_in, n_out)
    if arrays:
        from tuibp.files.idx_file import idx_arrays

        return columns_in(within, idx_arrays(path), n_in, n_out)
    from tuibp.files.foreign import way_out

    raise table.bad("file", way_out(path) or _("must be an .npz or a .csv file, or MNIST's own files or their folder"))


def is_idx(path: Path) -> bool:
    """Whether a name is that of an IDX file."""
    return path.name.lower().removesuffix(".gz").endswith(("ubyte", ".idx", ".idx1", ".idx3"))
