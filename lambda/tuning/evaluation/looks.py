"""The more often the same rows judge, the more sure they must be: alpha spending.

Of many candidates that are no better, one will look better on rows that are used again and again.
Each candidate that rows judge is therefore judged at a level of its own, and all levels together,
however many, add up to the chance of 1 - Confidence that one of them replaces the champion wrongly
(Bonferroni's inequality over an unending sequence, as in Foster and Stine, Alpha-investing, 2008).
While the answer is Keep it tells nothing that the next candidate could be fitted to, which is why
the sum holds for candidates that come one after the other (Blum and Hardt, The Ladder, 2015).
"""

from __future__ import annotations

from tuning.evaluation.row_sketch import share_of_rows
from tuning.variables.judged_rows import JudgedRows, JudgedRowsRecord, Look, RowSketch

SAME_ROWS = 0.5  # share of a channel's rows that must have judged before, to count as the same
REMEMBERED = 500  # test channels of an endpoint: ten years of new ones each week


def level_of(number: int, confidence: float) -> float:
    """With which confidence the candidate of this number, from 1, must be better.

    The first takes half of 1 - Confidence, the second a sixth, the third a twelfth.
    """
    return 1 - (1 - confidence) / (number * (number + 1))


def take_look(
    record: JudgedRowsRecord, rows: RowSketch, execution: str, candidates: int
) -> tuple[JudgedRowsRecord, int]:
    """The record with this execution's look, and its number.

    An execution that chose from several candidates by these rows takes the number of the last. One
    that has looked before keeps its number.
    """
    known = [entry for entry in record.judged if share_of_rows(rows, entry.sketch) >= SAME_ROWS]
    looks = [look for entry in known for look in entry.looks]
    for look in looks:
        if look.execution == execution:
            return record, look.number
    number = sum(look.candidates for look in looks) + candidates
    mine = Look(execution=execution, candidates=candidates, number=number)
    same = [look for entry in known if entry.sketch == rows for look in entry.looks]
    others = [entry for entry in record.judged if entry.sketch != rows]
    judged = (*others[-REMEMBERED + 1 :], JudgedRows(sketch=rows, looks=(*same, mine)))
    return JudgedRowsRecord(judged=judged), number
