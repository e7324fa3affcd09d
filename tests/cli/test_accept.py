"""`retune accept` before it makes anything, what it removes, and what its page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tuning.variables.cost import Cost

from retune.acceptance.acceptance_run import played
from retune.acceptance.claims import Claim
from retune.acceptance.cost import at_most, cost_of
from retune.acceptance.page import Page
from retune.acceptance.progress import Played, Progress, read_progress
from retune.acceptance.removal.deployment import LOG_GROUPS
from retune.acceptance.removal.kind import own
from retune.acceptance.result import Result, Status, results
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.errors import InputError

HOSTILE = "\x1b[2J<b onload=x> | [link](http://x) `code`"


def claim(name: str, scenario: str | None = "story") -> Claim:
    return Claim(name, f"The `{name}` holds.", scenario, None if scenario else "No way. Look.")


def story(claims: tuple[str, ...], *seen: Observation, fault: bool = False) -> Scenario:
    def play(stage: Any) -> Iterator[Observation]:
        yield from seen
        if fault:
            raise TimeoutError("waited in vain")

    return Scenario("story", "a story", claims, 1, play)


def status_of(scenario: Scenario, name: str) -> Status:
    told = {scenario.name: played(scenario, None)}  # type: ignore[arg-type]
    (result,) = results([claim(name)], {scenario.name: scenario}, told, local=False)
    return result.status


def test_a_claim_holds_that_held_each_time() -> None:
    scenario = story(("a",), equals("a", 1, 1), equals("a", 2, 2))
    assert status_of(scenario, "a") is Status.HOLDS


def test_a_claim_is_refuted_by_one_observation_even_if_the_scenario_fails_later() -> None:
    scenario = story(("a",), equals("a", 1, 1), equals("a", 1, 2), fault=True)
    assert status_of(scenario, "a") is Status.REFUTED


def test_a_claim_of_a_scenario_that_failed_or_did_not_look_is_a_fault() -> None:
    assert status_of(story(("a",), fault=True), "a") is Status.FAULT
    assert status_of(story(("a",)), "a") is Status.FAULT


def test_what_a_run_has_seen_outlives_it(tmp_path: Path) -> None:
    progress = Progress("accept", "123456789012", "us-east-1")
    progress.played["story"] = Played([equals("a", 1, 2)], "stopped")
    progress.billed["job"] = ("Training", "ml.m5.large", 0.5)
    progress.save(tmp_path)
    assert read_progress(tmp_path) == progress


def test_a_file_that_is_no_progress_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "progress.json").write_text('{"prefix": "accept"}')
    with pytest.raises(InputError, match="is not the progress of an acceptance run"):
        read_progress(tmp_path)


def test_a_name_that_only_begins_like_the_prefix_is_somebody_elses() -> None:
    assert own("bank", ["bank", "bank-1", "banking-prod", "eu-bank"]) == ["bank", "bank-1"]


def test_logs_of_an_app_whose_prefix_begins_alike_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    class Account:
        @staticmethod
        def client(service: Any) -> Any:
            return boto3.client(service, region_name="us-east-1")

    own_groups = [
        "/aws/lambda/bank-PlanTuning",
        "/aws/vendedlogs/states/bank",
        "/aws/vendedlogs/states/bank-fleet",
        "/aws/sagemaker/Endpoints/bank",
    ]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        for name in (
            *own_groups,
            "/aws/vendedlogs/states/banking",
            "/aws/sagemaker/Endpoints/banks",
        ):
            Account.client("logs").create_log_group(logGroupName=name)
        assert LOG_GROUPS.find(Account, "bank") == own_groups  # type: ignore[arg-type]


def page_of(*found: Result, local: bool = False) -> Page:
    return Page(found, "2026-11-30", "eu-west-1", local, Cost(amount=1.5, currency="USD"))


def test_the_page_says_what_was_proved_where_and_when() -> None:
    text = page_of(Result(claim("a"), Status.HOLDS, "seen")).as_markdown()
    assert "by scenario: `story`; proved on 2026-11-30 in eu-west-1: seen |" in text
    assert "1.50 USD" in text


def test_local_aws_proves_nothing() -> None:
    text = page_of(Result(claim("a"), Status.HOLDS, "seen"), local=True).as_markdown()
    assert "proved on" not in text


def test_what_aws_answers_is_shown_and_is_no_markup() -> None:
    page = page_of(Result(claim("a"), Status.REFUTED, HOSTILE))
    assert "<b onload" not in page.as_html()
    assert "\\x1b" in page.as_html()
    row = next(line for line in page.as_markdown().splitlines() if line.startswith("| `a`"))
    assert "\x1b" not in row
    assert "\\<b onload=x\\> \\| \\[link\\]" in row


def test_an_unknown_scenario_is_refused(retune: Any) -> None:
    run = retune("accept", "--only", "first-rum")
    assert run.exit_code == 2
    assert "there is no such scenario" in run.stderr


def test_a_deployment_into_a_bucket_of_other_data_is_refused(
    retune: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "retune.toml").write_text('data_bucket = "ours"\n')
    monkeypatch.setattr("retune.deployment.settings.ROOT", tmp_path)
    run = retune("accept", "--yes")
    assert run.exit_code == 2
    assert "data_bucket = 'ours'" in run.stderr


def test_what_scenarios_cost_at_most_is_told_by_the_dated_table() -> None:
    bounds = [Bound("Training", "ml.m5.xlarge", 1), Bound("Hosting", "ml.m5.xlarge", 2)]
    known = cost_of("eu-west-1", at_most(bounds))
    assert known.amount is not None
    assert "2023-12-01" in (known.prices or "")


def test_a_price_that_nobody_tells_is_unknown_and_not_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:1")  # where no price list is asked
    cost = cost_of("eu-west-1", at_most([Bound("Training", "ml.m5.large", 1)]))
    assert cost.amount is None
    assert "no Training price of ml.m5.large" in str(cost)
