"""Keyframes thin out evenly: those go whose going leaves the shortest gap."""

from __future__ import annotations

import itertools

from tuibp.files import load
from tuibp.session.commands import untrained
from tuibp.session.keyframes import Keyframes, size_of

STATE = untrained(load("mazur"))


def kept_of(works: list[float], count: int) -> list[int]:
    """Which of the keyframes with these seconds of work before them are left where `count` fit, from 0."""
    frames = Keyframes(count * size_of(STATE))
    for offset, work in enumerate(works):
        frames.add((0, offset), STATE, work)
    found = (frames.before((0, offset)) for offset in range(len(works)))
    return sorted({kept[0][1] for kept in found if kept is not None})


def test_the_shortest_gap_is_closed_first() -> None:
    assert kept_of([1.0, 4.0, 1.0, 1.0, 1.0], 4) == [0, 1, 3, 4]
    assert kept_of([4.0, 1.0, 1.0, 4.0, 4.0], 4) == [0, 2, 3, 4]
    assert kept_of([1.0, 4.0, 4.0, 1.0, 1.0], 4) == [0, 1, 2, 4]


def test_what_goes_leaves_its_work_to_the_next() -> None:
    # After 2 has gone, 3 has 2 s before it; its going would leave 5 s, that of 1 (1 + 2) only 3 s.
    assert kept_of([3.0, 1.0, 1.0, 1.0, 3.0], 3) == [0, 3, 4]


def test_even_gaps_stay_nearly_even() -> None:
    kept = kept_of([1.0] * 64, 16)
    gaps = [later - earlier for earlier, later in itertools.pairwise(kept)]
    assert len(kept) == 16
    assert max(gaps[:-1]) <= 4 * min(gaps[:-1])
