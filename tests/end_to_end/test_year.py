"""Some weeks with nobody looking: what comes, what the schedule's runs make of it, who hears of it.

`python -m tests.year` plays all 52 of them.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.conftest import SMALL_RUN, Deployment
from tests.end_to_end.rollout import subscribe
from tests.year.retuning import Record, Retuning
from tests.year.upload import ROWS, Channels
from tests.year.weeks import DRIFT, Event, Week

ENDPOINT = "retune-year"
WEEKS = (
    Week(1, "fresh", 0),
    Week(2, "again", 0),
    Week(3, "spoiled", 0),
    Week(4, "drift", DRIFT),
    Week(5, "torn", DRIFT),
    Week(6, "poor", DRIFT),
)


@pytest.fixture(scope="module")
def lived(deployment: Deployment) -> dict[Event, Record]:
    """The record of each week, by what it brought."""
    bucket = deployment.outputs["DataBucketName"]
    channels = Channels(deployment.client("s3"), bucket, folder="data/year/")
    document: dict[str, Any] = {
        **SMALL_RUN,
        "RetuneWhen": "DataChanged",
        "Channels": {channel: channels.uri(channel) for channel in ROWS},
        "Endpoint": {"EndpointName": ENDPOINT},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
    }
    heard = subscribe(deployment, "year")
    retuning = Retuning(deployment.client, deployment.run, heard, document, ENDPOINT, channels)
    return {week.event: retuning.live(week) for week in WEEKS}


@pytest.mark.parametrize("event", [week.event for week in WEEKS])
def test_each_week_ends_as_it_should_and_somebody_hears(
    lived: dict[Event, Record], event: Event
) -> None:
    record = lived[event]
    assert record.expected, f"{record.outcome}: {record.reason}"
    (message,) = record.messages
    assert f"Outcome: {record.outcome}" in message


def test_only_what_is_truly_better_replaces_the_champion(lived: dict[Event, Record]) -> None:
    better = lived["drift"].better
    assert better is not None
    assert better > 0.02


@pytest.mark.parametrize("event", ["again", "torn", "poor"])
def test_nothing_is_paid_for_when_there_is_nothing_to_learn(
    lived: dict[Event, Record], event: Event
) -> None:
    assert lived[event].tuned == 0
    assert lived[event].cost == 0


def test_what_was_learnt_has_a_price(lived: dict[Event, Record]) -> None:
    assert lived["drift"].cost > 0
