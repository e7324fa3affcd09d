"""The runs of the workflow that differ in the calls they make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fault_matrix.people import decide, stop_at, stop_unheard, stop_while_tuning
from tests.fault_matrix.variant import Variant, task

# A training job runs on while boto3 tries again to stop it.
LONG_ENOUGH = {"StaticHyperParameters": {"num_round": "60000"}}
SLOW = {"StaticHyperParameters": {"num_round": "200000"}}


def _hang(state: str, seconds: float = 3) -> dict[str, Any]:
    return task(state, "*", "timeout", seconds=seconds, times=1)


_NAN = ({"kind": "answer-nan", "name": "{prefix}-matrix", "times": None},)
TWO_TRIALS = {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2}

# One champion before what serves is kept, so that a run can go back to it.
_KEEPS_ONE = {"Retention": {"KeepModels": 1, "KeepModelPackages": 1}}
_UPDATE = Variant(
    "update",
    "Candidate and champion are scored on the test channel, and the candidate wins.",
    "Deployed",
)

PREPARED = Variant(
    "prepared",
    "The channels are made of a raw table first.",
    "Deployed",
    {"Prepare": {}},
)

VARIANTS = (
    _UPDATE,
    Variant(
        "first",
        "Nothing serves yet. Calls whose failure ends otherwise then are here again.",
        "Deployed",
        {"Evaluation": False},
        champion=False,
    ),
    Variant(
        "approved",
        "A person approves the model package; the endpoint scales by itself and captures its data.",
        "Deployed",
        {
            "Evaluation": False,
            "Approval": "Manual",
            "Endpoint": {
                "AutoScaling": {"MinCapacity": 1, "MaxCapacity": 2, "InvocationsPerInstance": 100},
                "DataCapture": {},
            },
        },
        meanwhile=decide("Approved"),
    ),
    Variant(
        "rejected",
        "A person rejects the model package.",
        "NotApproved",
        {"Evaluation": False, "Approval": "Manual"},
        meanwhile=decide("Rejected"),
    ),
    Variant(
        "deployed model",
        "A model that has been deployed with a file is tuned, and learns from its earlier runs.",
        "Deployed",
        {"ModelName": "matrix", "RetuneWhen": "Always"},
    ),
    Variant(
        "champion worse",
        "What serves is scored on new rows before anything is tuned, and has become worse.",
        "Deployed",
        {"RetuneWhen": "ChampionWorseThan", "RetuneMargin": 0.05},
        before=_UPDATE,
        test_channel="worse",
    ),
    Variant(
        "rollback",
        "A person asks for the champion before the one that serves.",
        "RolledBack",
        {"Rollback": {}, **_KEEPS_ONE},
        before=replace(
            _UPDATE,
            name="update that keeps the one before",
            fields=_KEEPS_ONE,
            meanwhile=decide("Approved"),  # which a run after a rollback waits for
        ),
    ),
    Variant("kept", "The champion is kept.", "KeptChampion", {"Promotion": {"Margin": 0.99}}),
    Variant(
        "dry run",
        "A dry run with a warm start, two scored trials and retraining.",
        "DryRun",
        {
            "DryRun": True,
            "ResourceLimits": TWO_TRIALS,
            "Evaluation": {"TopK": 2},
            "Retrain": {},
            "WarmStartConfig": {
                "WarmStartType": "TransferLearning",
                "LatestParents": 1,
                "AdaptRanges": True,
            },
        },
    ),
    Variant(
        "unhealthy",
        "The new model answers NaN, so that the champion is restored.",
        "EndpointUnhealthy",
        {"Evaluation": False},
        _NAN,
    ),
    Variant(
        "first unhealthy",
        "The same without a champion: the endpoint is deleted again.",
        "EndpointUnhealthy",
        {"Evaluation": False},
        _NAN,
        champion=False,
    ),
    Variant(
        "no trial",
        "Every training process is killed.",
        "NoTrialSucceeded",
        faults=({"kind": "kill-training", "name": "{prefix}-*", "times": None},),
    ),
    Variant(
        "tuning lost",
        "The tuning job cannot be looked at while it runs.",
        "AccessDenied",
        SLOW,
        (task("RunTuning", "DescribeHyperParameterTuningJob", "access-denied"),),
    ),
    Variant(
        "retraining lost",
        "The retraining cannot be looked at while it runs.",
        "AccessDenied",
        {"Evaluation": False, "Retrain": {}, **LONG_ENOUGH},
        (task("RetrainBest", "DescribeTrainingJob", "access-denied"),),
    ),
    Variant(
        "aborted",
        "A person stops the execution while the endpoint serves the new model, not proven yet.",
        "Cancelled",
        {"Evaluation": False},
        (_hang("VerifyEndpoint"),),
        meanwhile=stop_at("VerifyEndpoint"),
    ),
    Variant(
        "first aborted",
        "The same without a champion.",
        "Cancelled",
        {"Evaluation": False},
        (_hang("VerifyEndpoint"),),
        champion=False,
        meanwhile=stop_at("VerifyEndpoint"),
    ),
    Variant(
        "event lost",
        "A person stops the execution, and no event tells of it: the sweep recovers it.",
        "Cancelled",
        {"Evaluation": False},
        (_hang("VerifyEndpoint"),),
        meanwhile=stop_unheard("VerifyEndpoint"),
    ),
    Variant(
        "tuning aborted",
        "A person stops the execution while it tunes.",
        "Cancelled",
        SLOW,
        meanwhile=stop_while_tuning,
    ),
    PREPARED,
    Variant(
        "ranking",
        "The first model of its endpoint ranks, and is scored on a copy of the test rows.",
        "Deployed",
        {
            "ContentType": "text/libsvm",
            "StaticHyperParameters": {"objective": "rank:ndcg", "eval_metric": "ndcg"},
            "HyperParameterTuningJobObjective": {"MetricName": "validation:ndcg"},
        },
        champion=False,
        data="ranking",
    ),
)
BY_NAME = {variant.name: variant for variant in VARIANTS}
