"""Names and state keep the logical ids under which they were released: `released_ids.json`.

CloudFormation knows a resource by its logical id. Under another one it is another resource, made
before the old one is deleted: what has a name of its own fails with "already exists", and what has
none is made empty. Ids follow from the constructs' places; a construct that moves keeps that of its
resource by `override_logical_id`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.stacks.released_ids import Released, deployed, released

KEEP = (
    "Its logical id follows from where its construct is. Keep it: "
    'cast(CfnResource, construct.node.default_child).override_logical_id("{id}"). '
)
GO = (
    "If it is to go for good, say `Gone: true` in tests/stacks/released_ids.json, and in "
    "CHANGELOG.md what people lose."
)


@pytest.fixture(scope="module")
def now() -> dict[str, Released]:
    """What this release deploys with each of its parts."""
    return deployed()


@pytest.fixture(scope="module")
def before() -> dict[str, Released]:
    return released()


def test_what_was_released_keeps_its_logical_id(
    before: dict[str, Released], now: dict[str, Released]
) -> None:
    missing = {
        logical_id: f"{was.kind} {was.name or ''}: {KEEP.format(id=logical_id)}{GO}"
        for logical_id, was in before.items()
        if not was.gone and logical_id not in now
    }
    assert missing == {}


def test_what_was_released_keeps_its_type_and_its_name(
    before: dict[str, Released], now: dict[str, Released]
) -> None:
    """Another type is refused by CloudFormation; another name replaces the resource."""
    changed = {
        logical_id: (was, now[logical_id])
        for logical_id, was in before.items()
        if logical_id in now
        and (was.kind, was.name) != (now[logical_id].kind, now[logical_id].name)
    }
    assert changed == {}


def test_a_released_name_has_no_second_logical_id(
    before: dict[str, Released], now: dict[str, Released]
) -> None:
    """Also one that has gone: somebody may come from the release that had it."""
    ids: dict[tuple[str, Any], set[str]] = {}
    for logical_id, each in (*before.items(), *now.items()):
        if each.name:
            ids.setdefault((each.kind, each.name), set()).add(logical_id)
    twice = Counter({name: len(found) for name, found in ids.items() if len(found) > 1})
    assert not twice, f"CloudFormation would say that these already exist: {sorted(twice)}"
