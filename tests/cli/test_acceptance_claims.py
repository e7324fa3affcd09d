"""docs/unproven.md is data: each claim has a scenario that shows it, or a reason why none can."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from retune.acceptance.claims import read_claims
from retune.acceptance.scenarios import SCENARIOS
from retune.errors import FailedError

HEAD = "| id | claim | shown |\n|---|---|---|\n"


def test_each_claim_has_an_id_of_its_own() -> None:
    twice = [
        name for name, times in Counter(claim.id for claim in read_claims()).items() if times > 1
    ]
    assert not twice


def test_claims_and_scenarios_name_each_other() -> None:
    named = {claim.id: claim.scenario for claim in read_claims() if claim.scenario}
    shown = {claim: each.name for each in SCENARIOS.values() for claim in each.claims}
    assert named == shown


def test_what_local_aws_cannot_show_is_a_claim_of_the_scenario() -> None:
    for scenario in SCENARIOS.values():
        assert scenario.needs_account.keys() <= set(scenario.claims), scenario.name


def test_what_a_person_looks_at_has_a_reason_before_it() -> None:
    for claim in read_claims():
        assert claim.scenario or ". " in (claim.by_hand or ""), claim.id


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("`aws s3 ls`", "write `by scenario: `name`` or `by hand: `"),
        ("by scenario: maps", "maps = 'by scenario: maps'"),
    ],
    ids=["a command alone", "a scenario without backticks"],
)
def test_a_row_that_says_neither_is_named(tmp_path: Path, shown: str, words: str) -> None:
    page = tmp_path / "unproven.md"
    page.write_text(f"{HEAD}| `maps` | Maps tolerate. | {shown} |\n")
    with pytest.raises(FailedError, match=words):
        read_claims(page)


def test_a_page_of_a_run_can_stand_in_place_of_the_table(tmp_path: Path) -> None:
    page = tmp_path / "unproven.md"
    page.write_text(
        f"{HEAD}| `maps` | Maps tolerate. | by scenario: `maps`; proved on a day: 1 |\n"
    )
    (claim,) = read_claims(page)
    assert (claim.id, claim.scenario, claim.by_hand) == ("maps", "maps", None)
