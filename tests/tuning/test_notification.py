"""The message that a person reads on a phone: the outcome first, no JSON, links at the end."""

from __future__ import annotations

import json

import pytest
from tuning.failure.console import Console
from tuning.failure.notification import compose
from tuning.variables.explanation import Explanation
from tuning.variables.removed import Removed

from tests.tuning.report_runs import a_summary

EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
CONSOLE = "https://eu-west-1.console.aws.amazon.com"
EXECUTION_LINK = (
    f"Execution: {CONSOLE}/states/home?region=eu-west-1#/v2/executions/details/{EXECUTION}"
)
VERDICT = "AUC 0.7812 against 0.7810: +0.0002, between -0.0043 and +0.0047: no better than chance."


def test_message_of_a_verdict_reads_from_top_to_bottom() -> None:
    summary = a_summary()
    verdict = summary.verdict.model_copy(update={"reason": VERDICT})
    kept = summary.model_copy(update={"outcome": "KeptChampion", "verdict": verdict})
    made = compose(kept, prefix="retune", execution_id=EXECUTION, endpoint="retune-bank")
    assert made.subject == "retune-bank: KeptChampion (monday)"
    first, meaning, links = made.message.split("\n\n")
    assert first.splitlines()[:4] == [
        "Outcome: KeptChampion",
        "Endpoint: retune-bank",
        f"Verdict: {VERDICT}",
        f"Best of tuning: validation:auc {summary.value:.5g}",
    ]
    assert meaning.startswith("The candidate did not beat what serves")
    assert links.splitlines() == [
        f"Report: {CONSOLE}/s3/object/data-bucket?region=eu-west-1&prefix=runs/monday/report.html",
        EXECUTION_LINK,
    ]
    assert "{" not in made.message


def test_message_of_a_model_whose_endpoint_does_not_scale_says_why_and_what_to_do() -> None:
    why = "User is missing the following permissions: cloudwatch:PutMetricAlarm"
    unscaled = {"outcome": "ScalingFailed", "scaling_failure": why}
    made = compose(a_summary().model_copy(update=unscaled), prefix="retune", execution_id=EXECUTION)
    first, meaning, _ = made.message.split("\n\n")
    assert f"Not scaled: {why}" in first.splitlines()
    assert meaning.startswith("The best model serves at the endpoint")
    assert "What to do: Mend what the reason names" in meaning


def test_message_of_a_failure_says_why_before_where() -> None:
    explained = Explanation(outcome="InputRefused", reason="Endpoint.X = 1: no.\nWhat to do: a.")
    made = compose(explained, prefix="retune", execution_id=EXECUTION)
    assert made.subject == "retune: InputRefused (monday)"
    assert made.message.split("\n\n") == [
        "Outcome: InputRefused",
        "Endpoint.X = 1: no.\nWhat to do: a.",
        EXECUTION_LINK,
    ]


def test_message_of_a_failure_that_has_a_report_says_where_it_is() -> None:
    explained = Explanation(
        outcome="NoTrialSucceeded",
        reason="RunTuning: all failed.",
        report="s3://data-bucket/runs/monday/report.html",
    )
    links = compose(explained, prefix="retune", execution_id=EXECUTION).message.split("\n\n")[-1]
    assert links.splitlines() == [
        f"Report: {CONSOLE}/s3/object/data-bucket?region=eu-west-1&prefix=runs/monday/report.html",
        EXECUTION_LINK,
    ]


def test_message_of_a_skipped_run_is_one_sentence() -> None:
    skipped = Explanation(outcome="Skipped", reason="Neither the data nor the settings ...")
    made = compose(skipped, prefix="retune", execution_id=EXECUTION, endpoint="retune-bank")
    assert made.message.split("\n\n")[1] == "Neither the data nor the settings ..."


def test_what_prune_could_not_delete_is_said() -> None:
    cause = json.dumps({"errorMessage": "Rate exceeded", "stackTrace": ["..."]})
    made = compose(
        a_summary(), prefix="retune", execution_id=EXECUTION, pruned=Removed(error=cause)
    )
    assert "Not pruned: Rate exceeded" in made.message.splitlines()


@pytest.mark.parametrize(
    ("partition", "region", "host"),
    [
        ("aws", "us-east-1", "us-east-1.console.aws.amazon.com"),
        ("aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"),
        ("aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"),
    ],
)
def test_links_lead_to_the_console_of_partition_and_region(
    partition: str, region: str, host: str
) -> None:
    execution = f"arn:{partition}:states:{region}:123456789012:execution:retune:a"
    console = Console.of(execution, exists=True)
    assert console.execution(execution).startswith(f"https://{host}/states/home?region={region}#")
    assert console.object("s3://bucket/a b&c.html") == (
        f"https://{host}/s3/object/bucket?region={region}&prefix=a%20b%26c.html"
    )


@pytest.mark.parametrize(
    ("partition", "exists"), [("aws", False), ("aws-iso", True)], ids=["local AWS", "not known"]
)
def test_without_a_console_the_link_is_what_commands_take(partition: str, exists: bool) -> None:
    execution = f"arn:{partition}:states:us-east-1:123456789012:execution:retune:a"
    console = Console.of(execution, exists=exists)
    assert console.execution(execution) == execution
    assert console.object("s3://bucket/report.html") == "s3://bucket/report.html"
