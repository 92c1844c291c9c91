"""The column of a .csv file that holds the class: numbers as they are, or words, numbered by alphabet."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from tuibp.files.csv_lines import bad, number
from tuibp.files.errors import BadInput, printable
from tuibp.files.numbers import Array
from tuibp.files.table import NAME_LENGTH
from tuibp.locale import _

DIFFERENT = 4_096
"""Different entries that are kept as they are written; where there are more, they are numbers."""
LISTED = 5


class Classes:
    """The column as it is read, entry by entry."""

    def __init__(self, file: str, n_out: int) -> None:
        self._file, self._n_out = file, n_out
        self._most = max(DIFFERENT, n_out + 1)
        self._codes = array("L")
        self._known: dict[str, int] = {}
        self._numbers: array[float] | None = None

    def add(self, line: int, word: str) -> None:
        """Raises BadInput where it is neither a number nor one of few words."""
        if self._numbers is not None:
            self._numbers.append(self._number(line, word))
            return
        self._codes.append(self._known.setdefault(word, len(self._known)))
        if len(self._known) > self._most:
            if self._words:
                raise self._too_many()
            self._numbers = array("d", self._values(sorted(self._known, key=self._known.__getitem__))[self._codes])
            self._known, self._codes = {}, array("L")

    def extend(self, words: Sequence[str]) -> bool:
        """Add entries of which all have been there before; False, and none added, where one is new."""
        if self._numbers is not None or not self._known.keys() >= set(words):
            return not words
        self._codes.extend(map(self._known.__getitem__, words))
        return True

    @property
    def only(self) -> str | None:
        """The entry of every line, where they are all the same."""
        return next(iter(self._known)) if len(self._known) == 1 and len(self._codes) > 1 else None

    def names(self) -> tuple[str, ...]:
        """Of the classes, where they are words and as many as the network tells apart."""
        if not self._words:
            return ()
        if len(self._known) != max(self._n_out, 2):  # a single output tells two classes apart
            return ()
        return tuple(printable(word, NAME_LENGTH) for word in sorted(self._known))

    def targets(self) -> Array:
        """One number a line, (n,). Raises BadInput where there are more words than outputs."""
        if self._numbers is not None:
            return np.frombuffer(self._numbers)
        words = list(self._known)
        if not self._words:
            return self._values(words)[self._codes]
        if len(words) > max(self._n_out, 2):
            raise self._too_many()
        place = {word: at for at, word in enumerate(sorted(words))}
        return np.array([float(place[word]) for word in words])[self._codes]

    @property
    def _words(self) -> bool:
        return any(number(word) is None for word in self._known)

    def _values(self, words: list[str]) -> Array:
        return np.array([number(word) for word in words], dtype=np.float64)

    def _number(self, line: int, word: str) -> float:
        value = number(word)
        if value is None:
            raise bad(self._file, line, _("{cell} is not a number").format(cell=repr(printable(word, NAME_LENGTH))))
        return value

    def _too_many(self) -> BadInput:
        words = sorted(self._known)
        listed = ", ".join(printable(word, 20) for word in words[:LISTED]) + (" …" if len(words) > LISTED else "")
        reason = _("{file}: names {m:,} classes ({words}), the network has {n:,} outputs")
        return BadInput(reason.format(file=self._file, m=len(words), words=listed, n=self._n_out))
