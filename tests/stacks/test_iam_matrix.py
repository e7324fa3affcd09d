"""Every permission of the template is needed by a recorded call or explained: docs/iam-matrix.md"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.iam_matrix import asked, reasons
from tests.iam_matrix.__main__ import resources
from tests.iam_matrix.asked import Asked
from tests.iam_matrix.matrix import Matrix
from tests.iam_matrix.page import PAGE, page, unexplained
from tests.iam_matrix.reasons import Reason
from tests.iam_matrix.template import Statement, statements

BUCKET = "arn:aws:s3:::${DataBucket}"
READS = Statement("Prune", 1, ("s3:GetObject", "s3:DeleteObject"), (f"{BUCKET}/runs/*",), {})
READ = Asked("Prune", "s3:GetObject", "s3:GetObject", f"{BUCKET}/runs/1/report.json")


@cache
def matrix() -> Matrix:
    return Matrix.of(statements(resources()), asked.read())


def test_the_page_is_of_this_template() -> None:
    assert PAGE.read_text() == page(matrix(), reasons.read()), "make iam-matrix"


def test_whatever_a_recorded_call_needs_is_permitted() -> None:
    denied = [(each.role, each.action, each.resource) for each in matrix().denied()]

    assert denied == [], "make iam-matrix, or a permission is missing"


def test_whatever_is_permitted_is_needed_or_explained() -> None:
    found = unexplained(matrix(), reasons.read())

    assert [(piece.statement.role, piece.name) for piece in found] == []


def test_every_reason_explains_something() -> None:
    pieces = [piece for piece in matrix().pieces() if not piece.calls]

    for reason in reasons.read():
        assert any(reason.explains(piece) for piece in pieces), reason


def test_what_no_call_misses_is_not_needed() -> None:
    found = Matrix.of([READS], [READ])

    assert {piece.name: piece.calls for piece in found.pieces()} == {
        "s3:GetObject": ("s3:GetObject",),
        "s3:DeleteObject": (),
    }
    assert [piece.name for piece in unexplained(found, [])] == ["s3:DeleteObject"]


def test_a_reason_is_for_roles_and_permissions() -> None:
    found = Matrix.of([READS], [READ])
    reason = Reason(("Pr*",), ("s3:Delete*",), "Old versions go too.", "a guide")

    assert unexplained(found, [reason]) == []
    assert len(unexplained(found, [replace(reason, roles=("Notify",))])) == 1


def test_what_two_statements_allow_is_needed_of_neither() -> None:
    found = Matrix.of([READS, replace(READS, number=2)], [READ])

    assert all(not piece.calls for piece in found.pieces())
    assert any(piece.others for piece in found.pieces())


def test_a_condition_that_the_call_does_not_meet_allows_nothing() -> None:
    only = {"StringEquals": {"s3:prefix": "data/"}}
    asked_with = replace(READ, context={"s3:prefix": ["runs/"]})

    assert Matrix.of([replace(READS, condition=only)], [asked_with]).denied() == [asked_with]
