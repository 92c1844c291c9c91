"""The updates that a file makes before its first picture are bounded before they are begun."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tuibp.files import BadInput, load, preset_names
from tuibp.session.commands import opened

PRESET = """
[network]
sizes = {sizes}
activations = "sigmoid"
cost = "quadratic"
init = {{ scheme = "zeros" }}
[data]
x = [{x}]
y = [[1]]
[open]
updates = {updates}
"""


def preset(folder: Path, updates: int, hidden: str = "") -> str:
    path = folder / "p.toml"
    path.write_text(PRESET.format(sizes=f"[2, {hidden}1]", x="[1, 1]", updates=updates))
    return str(path)


@pytest.mark.parametrize("updates", [10_000_000, 200_000])
def test_an_opening_that_trains_for_minutes_is_refused_at_once(updates: int, tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(BadInput, match=r"open\.updates: would train for [\d,]+ s before the first picture; at most"):
        load(preset(tmp_path, updates))
    assert time.process_time() - started < 1.0


def test_the_bound_follows_the_size_of_the_network(tmp_path: Path) -> None:
    assert load(preset(tmp_path, 5_000)).opening.updates == 5_000
    with pytest.raises(BadInput, match=r"open\.updates"):
        load(preset(tmp_path, 5_000, "1000, 1000, "))


def test_the_estimate_is_no_less_than_the_truth(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load(preset(tmp_path, 10_000_000))
    most = int(str(caught.value).rsplit("at most ", 1)[1].split()[0].replace(",", ""))
    given = load(preset(tmp_path, most // 20))
    started = time.process_time()
    opened(given)
    assert time.process_time() - started < 20 * 2.0 / 20  # twenty times less than two seconds, on a machine as slow


@pytest.mark.parametrize("name", preset_names())
def test_no_shipped_preset_is_near_the_bound(name: str) -> None:
    assert load(name).opening.updates <= 1_000
