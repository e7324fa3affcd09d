"""The dashboard shows metrics that exist: those that docs name and those that AWS documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

DEPLOYMENT = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text()
# From the service guides: Step Functions, Amazon SQS and Amazon SageMaker, each with its metrics.
OF_AWS = {
    "AWS/States": {
        "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted",
    },
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible"},
    "AWS/SageMaker": {"Invocations", "Invocation5XXErrors", "ModelLatency"},
}  # fmt: skip
SEARCH = re.compile(
    r"SEARCH\('\{([\w/]+),([\w,]+)\} MetricName=\"(\w+)\"( EndpointName=retune)?', "
    r"'(Sum|Average|Maximum)', (\d+)\)"
)


@pytest.fixture(scope="module")
def dashboard(resources: dict[str, Any]) -> dict[str, Any]:
    (found,) = (
        each["Properties"]
        for each in resources.values()
        if each["Type"] == "AWS::CloudWatch::Dashboard"
    )
    return dict(found)


@pytest.fixture(scope="module")
def widgets(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    """The body as CloudWatch reads it: JSON text, with names in the place of references."""
    parts = dashboard["DashboardBody"]["Fn::Join"][1]
    body = "".join(part if isinstance(part, str) else "name" for part in parts)
    return list(json.loads(body)["widgets"])


def test_dashboard_has_the_name_of_the_prefix(dashboard: dict[str, Any]) -> None:
    assert dashboard["DashboardName"] == "retune"


def test_every_widget_has_a_title_and_a_place_within_24_columns(
    widgets: list[dict[str, Any]],
) -> None:
    assert len(widgets) == 7
    places = {(widget["x"], widget["y"]) for widget in widgets}
    assert len(places) == len(widgets)
    for widget in widgets:
        assert widget["type"] == "metric"
        assert widget["properties"]["title"]
        assert widget["x"] + widget["width"] <= 24


def test_every_metric_exists(widgets: list[dict[str, Any]]) -> None:
    shown: dict[str, set[str]] = {}
    for namespace, name in (metric for widget in widgets for metric in metrics(widget)):
        shown.setdefault(namespace, set()).add(name)
    own = shown.pop("Retune/retune")
    assert shown == OF_AWS
    assert own == {"DaysSinceSuccess", "Failures"}
    for name in own:
        assert f"`{name}`" in DEPLOYMENT


def metrics(widget: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for metric in widget["properties"]["metrics"]:
        if isinstance(metric[0], str):
            found.append((metric[0], metric[1]))
        else:
            search = SEARCH.fullmatch(metric[0]["expression"])
            assert search, metric
            found.append((search[1], search[3]))
    return found
