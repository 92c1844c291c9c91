"""Examples out of .csv and .npz files beside a preset."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.files.described import naming
from tuibp.files import BadInput, Preset, load, save
from tuibp.files.csv_file import read_csv
from tuibp.files.heed import heard_by, told_on_stderr
from tuibp.files.table import Table


@pytest.mark.parametrize(("line", "room"), [("1,2,0\n", "csv_plain"), ('"1",2,0\n', "csv_file")])
def test_reading_that_lasts_is_told_where_somebody_watches_and_can_be_stopped(
    line: str, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.csv"
    path.write_text(line * 60_000)
    monkeypatch.setattr("tuibp.files.csv_plain.BLOCK", 20_000)
    monkeypatch.setattr("tuibp.files.heed.PATIENCE", 0.0)
    monkeypatch.setattr("tuibp.files.heed.FRAME", 0.0)
    for watched in (True, False):
        screen = StringIO()
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr(screen, "isatty", lambda watched=watched: watched)
        with told_on_stderr("d.csv"):
            read_csv(path, 2, 1, Table("d.csv", "", {}))
        said = screen.getvalue().split("\r\x1b[K")
        shares = [int(line.removeprefix("d.csv: ").split("%")[0]) for line in said if line]
        assert shares == sorted(shares)
        assert bool(shares) is watched
        assert not watched or (len(set(shares)) > 5 and shares[-1] == 100 and said[-1] == "")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"tuibp.files.{room}.tell", stop)
    with pytest.raises(KeyboardInterrupt):
        read_csv(path, 2, 1, Table("d.csv", "", {}))


@pytest.mark.parametrize("ending", [".json", ".npz", ".safetensors"])
def test_every_kind_of_file_tells_how_far_it_is_and_can_be_stopped_there(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("strict_json.LONG", 100), ("strict_json.WORD", 10), ("heed.PIECE", 1_000),
                        ("zip_members.PIECE", 1_000), ("numbers.BLOCK", 10)):  # fmt: skip
        monkeypatch.setattr(f"tuibp.files.{name}", value)
    target = str(tmp_path / f"iris{ending}")
    save(target, load("iris"))
    told: list[float] = []
    with heard_by(lambda done, total: told.append(done / total)):
        assert len(load(target).data) == 150
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1] <= 1
    for at in range(1, len(told), 7):
        left = iter(range(at))

        def stop(_done: int, _total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with heard_by(stop), pytest.raises(KeyboardInterrupt):
            load(target)


def opened(folder: Path, file: str, outputs: int, more: str = "") -> Preset:
    (folder / "p.toml").write_text(naming(file, [2, outputs], more))
    return load(str(folder / "p.toml"))


def opened_csv(folder: Path, text: str, outputs: int) -> Preset:
    (folder / "d.csv").write_text(text, encoding="utf-8")
    return opened(folder, "d.csv", outputs)


def opened_npz(folder: Path, outputs: int, **arrays: Any) -> Preset:
    np.savez(folder / "d.npz", **arrays)
    return opened(folder, "d.npz", outputs)


def test_words_in_the_last_column_become_classes_by_alphabet(tmp_path: Path) -> None:
    data = opened_csv(tmp_path, "u,v,kind\n1,2,pear\n3,4,apple\n", 2).data
    assert data.names == ("apple", "pear")
    assert data.y.tolist() == [[0, 1], [1, 0]]
    assert data.x.tolist() == [[1, 2], [3, 4]]


def test_two_words_on_one_output_become_0_and_1(tmp_path: Path) -> None:
    data = opened_csv(tmp_path, "1,2,yes\n3,4,no\n", 1).data
    assert data.y.tolist() == [[1], [0]]
    assert (data.class_names, data.output_names) == (("no", "yes"), ("yes",))


def test_a_number_on_one_output_is_the_number_itself(tmp_path: Path) -> None:
    assert opened_csv(tmp_path, "1,2,0.25\n3,4,-7\n", 1).data.y.tolist() == [[0.25], [-7]]


def test_as_many_columns_as_outputs_are_y(tmp_path: Path) -> None:
    assert opened_csv(tmp_path, "1,2,0.5,0.25,7\n", 3).data.y.tolist() == [[0.5, 0.25, 7]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no examples"),
        ("a,b,c\n", "holds no examples"),
        ("1,2,0\n3,4\n", "line 2: has 2 columns, not 3"),
        ("1,2,0\n3,x,1\n", "line 2: 'x' is not a number (column 2)"),
        ("1,2,0\n3,nan,1\n", "line 2: 'nan' is not a finite number"),
        ("1,2\n", "has 2 columns"),
        ("1,2,5\n", "label"),
        ("1,2,a\n1,2,b\n1,2,c\n", "names 3 classes"),
        ('1,2,"a\n', "is not CSV"),
    ],
)
def test_a_wrong_csv_file_is_told_by_file_and_line(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        opened_csv(tmp_path, text, 2)
    assert reason in str(caught.value)


def test_bytes_and_labels_are_scaled_and_made_one_hot(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", x=np.array([[16, 8]], np.uint8), labels=np.array([1], np.uint8))
    data = opened(tmp_path, "d.npz", 2, "scale = 16").data
    assert data.x.tolist() == [[1.0, 0.5]]
    assert data.y.tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({"x": np.ones((2, 2))}, "either y or labels"),
        ({"y": np.ones((2, 2))}, "x: is missing"),
        ({"x": np.ones((2, 3)), "y": np.ones((2, 2))}, "rows of 2 numbers, not 3"),
        ({"x": np.ones((2, 2)), "y": np.ones((3, 2))}, "has 3 rows, x has 2"),
        ({"x": np.full((2, 2), np.nan), "y": np.ones((2, 2))}, "not finite"),
        ({"x": np.ones((2, 2)), "labels": np.array([0, 2])}, "label"),
        ({"x": np.ones((2, 2)), "labels": np.array([0, 0.5])}, "label"),
        ({"x": np.ones(2), "y": np.ones((2, 2))}, "must be a matrix"),
        ({"x": np.ones((2, 2, 2)), "y": np.ones((2, 2))}, "rows of 2 numbers, not 4"),
        ({"x": np.ones((2, 2), complex), "y": np.ones((2, 2))}, "c16, not real numbers"),
        ({"x": np.array([["a", "b"]]), "y": np.ones((1, 2))}, "not real numbers"),
        ({"x": np.array([[None, 1]], object), "y": np.ones((1, 2))}, "objects, not numbers"),
        ({"x": np.ones((0, 2)), "y": np.ones((0, 2))}, "one example or more"),
    ],
)
def test_a_wrong_npz_file_is_told_by_its_array(arrays: dict[str, Any], reason: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        opened_npz(tmp_path, 2, **arrays)
    assert reason in str(caught.value)
    assert "d.npz" in str(caught.value)


def test_held_out_rows_are_the_seeded_share_and_never_trained_on(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", x=np.ones((50, 2)), labels=np.zeros(50, int))
    data = opened(tmp_path, "d.npz", 2, "holdout = 0.2\nseed = 4").data
    again = opened(tmp_path, "d.npz", 2, "holdout = 0.2\nseed = 4").data
    other = opened(tmp_path, "d.npz", 2, "holdout = 0.2\nseed = 5").data
    assert len(data.test) == 10
    assert sorted([*data.train, *data.test]) == list(range(50))
    assert data.test.tolist() == again.test.tolist() != other.test.tolist()


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", ">i4", "<u8", "f2", "<f4", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_every_kind_of_number_is_read_as_it_was_written(dtype: str, order: Any, tmp_path: Path) -> None:
    x = np.array([[0, 1], [1, 1], [1, 0]], dtype, order=order)
    assert opened_npz(tmp_path, 2, x=x, y=np.ones((3, 2))).data.x.tolist() == [[0, 1], [1, 1], [1, 0]]


@pytest.mark.parametrize("words", ["-1 1", "0.01 0.99", "0.1 0.9"])
def test_two_numbers_that_stand_for_no_and_yes_are_classes(words: str, tmp_path: Path) -> None:
    no, yes = words.split()
    data = opened_csv(tmp_path, f"1,2,{no}\n3,4,{yes}\n5,6,{no}\n", 1).data
    assert data.labels is not None
    assert data.labels.tolist() == [0, 1, 0]
    assert data.y[:, 0].tolist() == [float(no), float(yes), float(no)]
    assert data.class_names == (no, yes)


def test_labels_of_minus_one_and_one_with_an_output_each_are_told(tmp_path: Path) -> None:
    preset = opened_csv(tmp_path, "1,2,-1\n3,4,1\n5,6,-1\n", 2)
    assert preset.data.y.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert "the classes -1 and 1 are outputs 1 and 2 here" in preset.notes[0]


def test_numbers_are_the_same_whether_read_together_or_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibp.files.csv_plain.BLOCK", 2_000)
    random = np.random.default_rng(8)
    whole = 10 ** random.integers(0, 9, (800, 4)) + random.integers(0, 9, (800, 4))
    kinds = {
        "whole": whole.astype(str).tolist(),
        "fractions": [[repr(v) for v in row] for row in (random.standard_normal((800, 4)) * 1e-3).tolist()],
        "late": [*whole.astype(str).tolist(), ["1e3", "-2", "+0.5", " 7 "], ["1000", "2", "3", "4"]],
    }
    for name, rows in kinds.items():
        for end in ("\n", "\r\n"):
            text = "\ufeffa,b,c,d" + end + end.join(",".join(row) for row in rows)
            for quoted in (False, True):
                content = text.replace("a,b", '"a",b') + (f'{end}"0",0,0,0' if quoted else "")
                (tmp_path / "d.csv").write_bytes(content.encode("utf-8"))
                found = read_csv(tmp_path / "d.csv", 3, 1, Table("p.toml", "", {}))
                wanted = np.array([[float(cell) for cell in row] for row in rows] + [[0.0] * 4] * quoted)
                assert np.array_equal(found.x, wanted[:, :3]), (name, end, quoted)
                assert np.array_equal(found.targets, wanted[:, 3])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_columns_of_the_class_and_of_a_rows_number_may_stand_anywhere(place: int, tmp_path: Path) -> None:
    for quote in ("", '"'):
        rows = [["id", "u", "v"], ["7", f"{quote}1{quote}", "2"], ["8", "3", "4"]]
        for row, label in zip(rows, ("class", "1", "0"), strict=True):
            row.insert(place + 1, label)
        preset = opened_csv(tmp_path, "\n".join(",".join(row) for row in rows) + "\n", 2)
        assert preset.data.x.tolist() == [[1, 2], [3, 4]]
        assert preset.data.y.tolist() == [[0, 1], [1, 0]]
        assert "column 1, id, numbers the rows and is left out" in preset.notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2,0\n3,,1\n", "line 2: '' is not a number (column 2)"),
        ("1,2,0\n3,4\n", "line 2: has 2 columns, not 3"),
        ("1,2,0\n3,4,1,5\n2,1\n", "line 2: has 4 columns, not 3"),
        ("1,2,0\n3,1/2,1\n", "line 2: '1/2' is not a number (column 2)"),
        ("1,2,0\n3,1e999,1\n", "line 2: '1e999' is not a finite number (column 2)"),
        ("1,2,0\n3,:,1\n", "line 2: ':' is not a number (column 2)"),
        ("id,u,v,c\n1,2,0,1\n2,x,1,0\n", "line 3: 'x' is not a number (column 2)"),
    ],
)
def test_what_is_no_number_among_numbers_is_told_by_its_place(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        opened_csv(tmp_path, text, 2)
    assert said in str(caught.value)


WIDE = "name,u,city,kind,v\n{q}Ann{q},1,Bonn,yes,2\n{q}Bob{q},3,Rome,no,4\n"


@pytest.mark.parametrize("columns", ['["u", "v"]', "[2, 5]", '[5, "u"]'])
@pytest.mark.parametrize("label", ['"kind"', "4"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_columns_of_the_inputs_can_be_named(columns: str, label: str, quote: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(WIDE.format(q=quote))
    data = opened(tmp_path, "d.csv", 1, f"columns = {columns}\nlabel = {label}").data
    assert data.x.tolist() == [[1, 2], [3, 4]]
    assert data.y.tolist() == [[1], [0]]


def test_columns_of_numbers_can_be_named_as_well(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("9,1,8,0,2\n9,3,8,1,4\n")
    assert opened(tmp_path, "d.csv", 1, "columns = [2, 5]\nlabel = 4").data.x.tolist() == [[1, 2], [3, 4]]
    assert opened(tmp_path, "d.csv", 1, "columns = [2, 3]").data.y.tolist() == [[2], [4]]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('columns = ["u"]', "data.columns: must name 2 columns, not 1"),
        ('columns = ["u", "w"]', "data.columns: unknown 'w'"),
        ("columns = [2, 6]", "data.columns: must be from 1 to 5"),
        ('columns = ["u", "v"]\nlabel = "v"', "data.columns: names the column of the class, too"),
        ('columns = ["u", "city"]\nlabel = "kind"', "line 2: 'Bonn' is not a number (column 3)"),
    ],
)
def test_columns_that_cannot_be_are_one_line(more: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(WIDE.format(q=""))
    with pytest.raises(BadInput) as caught:
        opened(tmp_path, "d.csv", 1, more)
    assert said in str(caught.value)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_first_line_of_scikit_learn_counts_the_examples_and_names_the_classes(quote: str, tmp_path: Path) -> None:
    data = opened_csv(tmp_path, f"3,2,malignant,benign\n1,{quote}2{quote},0\n3,4,1\n5,6,1\n", 2).data
    assert data.x.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert data.names == ("malignant", "benign")
    with pytest.raises(BadInput, match="has 4 columns, not 2 inputs and a class"):
        opened_csv(tmp_path, "3,4,malignant,benign\n1,2,0\n", 3)
