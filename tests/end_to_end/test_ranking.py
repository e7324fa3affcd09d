"""A ranking is proven by its queries, as other models are by rows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.formats import queries
from tests.end_to_end.test_held_out import output, serving

ENDPOINT = "retune-ranking"
WEAK, GOOD = {"num_round": "1", "max_depth": "1"}, {"num_round": "20", "max_depth": "4"}


@pytest.fixture(scope="module")
def channels(deployment: Deployment) -> dict[str, str]:
    bucket, found = deployment.outputs["DataBucketName"], {}
    for seed, (channel, count) in enumerate({"train": 60, "validation": 20, "test": 60}.items()):
        key = f"ranking/{channel}/rows"
        deployment.client("s3").put_object(Bucket=bucket, Key=key, Body=queries(count, seed))
        found[channel] = f"s3://{bucket}/ranking/{channel}/"
    return found


def run(deployment: Deployment, channels: dict[str, str], **strength: str) -> dict[str, Any]:
    document = {
        "ContentType": "text/libsvm",
        "Channels": channels,
        "StaticHyperParameters": {"objective": "rank:ndcg", **strength},
        "HyperParameterTuningJobObjective": {"MetricName": "validation:ndcg"},
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.4"}},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
        "Endpoint": {"EndpointName": ENDPOINT},
    }
    return output(deployment.run(document))


def test_better_ranking_replaces_the_champion(
    deployment: Deployment, channels: dict[str, str]
) -> None:
    first = run(deployment, channels, **WEAK)
    assert first["Outcome"] == "Deployed"
    served = serving(deployment, ENDPOINT)
    better = run(deployment, channels, **GOOD)
    verdict = better["Verdict"]
    assert better["Outcome"] == "Deployed"
    assert verdict["MetricName"] == "NDCG"
    assert verdict["Interval"][0] > 0
    assert set(verdict["Candidate"]["Metrics"]) == {"NDCG", "MAP"}
    assert serving(deployment, ENDPOINT) != served
