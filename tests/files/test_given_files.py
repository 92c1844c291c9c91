"""Every file in `cases`, small ones as people have them, opens as what it is, or says in one line why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.described import naming
from tuibp.files import BadInput, load

CASES = Path(__file__).parent / "cases"

REFUSED = {
    "Xy.npz": 'holds no weights but X 20×4, Y 20; if this is data, name it in a preset under [data] as file = "Xy.npz"',
    "a31-ce-minus.toml": "data.examples[1]: y is -1; the cost cross_entropy takes y from 0 to 1",
    "autoencoder.safetensors": "the names do not say the order of the layers, and several fit: decoder.weight, "
    "encoder.weight or encoder.weight, decoder.weight",
    "b-missing-label.toml": "line 3: has no label",
    "bf16.safetensors": "holds bfloat16, which is not read",
    "csv-comment.csv": "line 2: 'x' is not a number (column 1)",
    "csv-missing-label.csv": "line 3: has no label",
    "csv-trail-commas.csv": "line 4: '' is not a number (column 1)",
    "csv-two-headers.csv": "line 2: 'm' is not a number (column 1)",
    "csv-underscore.csv": "line 1: '1_0' is not a number (column 1)",
    "input-hidden-output.safetensors": "the names do not say the order of the layers, and several fit: hidden.weight",
    "network2-act.json": "activation: there is no such key; did you mean activations?",
}
OPENED: dict[str, tuple[tuple[int, ...], str]] = {
    "a16-relu-kink.toml": ((2, 2, 1), ""),
    "a33-softmax-ce.toml": ((2, 3), "what frameworks call so with softmax is log_likelihood"),
    "b-label-first-pixels.toml": ((4, 5, 3), "every example has the class 0; label = … under [data] names another"),
    "b-pandas-header.toml": ((2, 3, 1), "line 1, 0, 1, 2, is taken for a header"),
    "csv-label-first-pixels.csv": ((4, 3), "every example has the class 0"),
    "csv-label-first.csv": ((2, 1), "column 3, y, is taken for the class"),
    "csv-onetwo.csv": ((2, 1), "the classes 1 to 2 are counted from 0 here"),
    "csv-pandas-header.csv": ((2, 1), "line 1, 0, 1, 2, is taken for a header"),
    "csv-semi.csv": ((2, 2), ""),
    "csv-tab.csv": ((2, 2), ""),
    "features-classifier.safetensors": ((4, 5, 4, 3), ""),
    "network2-bare.json": ((2, 3, 1), ""),
    "nobias.npz": ((2, 3, 1), "they are zeros"),
}
"""(sizes, what is said)."""


def target(name: str, folder: Path, more: str = "") -> str:
    """The file, or for data a preset that names it."""
    if not name.endswith(".csv"):
        return str(CASES / name)
    (folder / name).write_bytes((CASES / name).read_bytes())
    sizes = OPENED.get(name, ((2, 2), ""))[0]
    text = naming(name, [sizes[0], sizes[-1]], more, scheme="scaled")
    (folder / "preset.toml").write_text(text)
    return str(folder / "preset.toml")


def test_every_case_is_told_of_here() -> None:
    assert {path.name for path in CASES.iterdir()} == set(REFUSED) | set(OPENED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_case_is_refused_in_one_line_that_says_why(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load(target(name, tmp_path))
    assert REFUSED[name] in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", OPENED)
def test_a_case_opens_and_says_what_it_took_for_granted(name: str, tmp_path: Path) -> None:
    preset = load(target(name, tmp_path))
    sizes, said = OPENED[name]
    assert preset.network.sizes == sizes
    assert len([note for note in preset.notes if said and said in note]) == bool(said)


def test_the_column_of_the_label_can_be_named(tmp_path: Path) -> None:
    for label in ('"c"', "1"):
        data = load(target("csv-label-first.csv", tmp_path, f"label = {label}")).data
        assert data.y.tolist() == [[1], [0], [1]]
    pixels = load(target("csv-label-first-pixels.csv", tmp_path, "label = 1"))
    assert pixels.data.labels is not None
    assert pixels.data.labels.tolist() == [1, 0, 2, 1]
