"""Which query each row of libsvm belongs to: qid, by which rank:* learns."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator

import numpy as np

from tuning.errors import EvaluationFailed
from tuning.evaluation.losses import Array

_QUERY = re.compile(rb"\S+ qid:(\S+)")


class RowQueries:
    """Collects the queries of rows as they are read."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._queries = array("q")

    def of(self, lines: Iterable[bytes], source: str) -> Iterator[bytes]:
        """The lines as they are. Raises EvaluationFailed for a row without a query."""
        for number, line in enumerate(lines, start=1):
            if content := line.strip():
                found = _QUERY.match(content)
                if found is None:
                    raise EvaluationFailed(
                        f"Line {number} of {source} has no qid after its label, by which a ranking "
                        "is judged."
                    )
                self._queries.append(self._numbers.setdefault(found[1], len(self._numbers)))
            yield line

    def values(self) -> Array:
        """The query of each row, numbered from 0. Rows of one query need not stand together."""
        return np.asarray(self._queries)
