"""Searches with the newer members of the request: Autotune, definitions, instance flexibility."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.search import finished_job, request_like
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage

_DRY = {**SMALL_RUN, "DryRun": True}
_DEFINITIONS = [{"DefinitionName": "one"}, {"DefinitionName": "two"}]
_ONE_TYPE = {"InstanceType": INSTANCE, "InstanceCount": 1, "VolumeSizeInGB": 10}
_OTHERS: dict[str, Any] = {
    "StrategyConfig": {"HyperbandStrategyConfig": {"MinResource": 1, "MaxResource": 10}},
    "Environment": {"ACCEPT": "yes"},
    "RetryStrategy": {"MaximumRetryAttempts": 2},
    "HyperParameterTuningResourceConfig": {"InstanceConfigs": [_ONE_TYPE]},
}
_LEAST_SECONDS = 120


def play(stage: Stage) -> Iterator[Observation]:
    # Sent as AutoParameters, which Describe need not show: the run fails if they are not taken.
    hint = {"ParameterRanges": {"max_depth": {"ValueHint": 6}, "eta": {"ValueHint": 0.3}}}
    autotune = {**_DRY, "Autotune": {"Mode": "Enabled"}, **hint}
    yield from _passed_on(_run(stage, autotune), "Autotune")
    latest = {"ParentHyperParameterTuningJobs": "Auto"}
    second = _run(stage, {**autotune, "WarmStartConfig": latest})
    yield from _passed_on(second, "WarmStartConfig")
    yield equals("warm-start-of-autotune", "Completed", second["HyperParameterTuningJobStatus"])
    several = _run(stage, {**_DRY, "TrainingJobDefinitions": _DEFINITIONS})
    yield from _passed_on(several, "TrainingJobDefinitions")
    yield from _passed_on(_run(stage, {**_DRY, "Strategy": "Hyperband", **_OTHERS}), *_OTHERS)
    pattern = finished_job(stage)
    yield equals("flexible-instances-described", INSTANCE, _described_instance(stage, pattern))
    yield equals("tuning-time-limit", "Stopped", _out_of_time(stage, pattern))


def _run(stage: Stage, document: dict[str, Any]) -> dict[str, Any]:
    """DescribeHyperParameterTuningJob of the run's tuning job."""
    run = stage.run(document)
    if not run.succeeded:
        return {"HyperParameterTuningJobStatus": f"{run.error}: {run.cause}"}
    found: dict[str, Any] = stage.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=run.output["TuningJobName"]
    )
    return found


def _passed_on(job: dict[str, Any], *members: str) -> Iterator[Observation]:
    """Wherever in the description they stand."""
    described = json.dumps(job, default=str)
    for member in members:
        seen = member if f'"{member}"' in described else job["HyperParameterTuningJobStatus"]
        yield equals("sync-passes-newer-members", member, seen)


def _described_instance(stage: Stage, pattern: str) -> str:
    """The ResourceConfig of a search that was asked for by the newer member."""
    request, sagemaker = request_like(stage, pattern), stage.client("sagemaker")
    definition = request["TrainingJobDefinition"]
    del definition["ResourceConfig"]
    definition["HyperParameterTuningResourceConfig"] = _ONE_TYPE
    sagemaker.create_hyper_parameter_tuning_job(**request)
    key = {"HyperParameterTuningJobName": request["HyperParameterTuningJobName"]}
    found = sagemaker.describe_hyper_parameter_tuning_job(**key)["TrainingJobDefinition"]
    sagemaker.stop_hyper_parameter_tuning_job(**key)
    return str(found.get("ResourceConfig", {}).get("InstanceType", "no ResourceConfig"))


def _out_of_time(stage: Stage, pattern: str) -> str:
    """How a tuning job ends whose training jobs do not fit into its time."""
    request = request_like(stage, pattern)
    config = request["HyperParameterTuningJobConfig"]
    config.pop("TuningJobCompletionCriteria", None)
    config["ResourceLimits"] = {
        "MaxNumberOfTrainingJobs": 500,
        "MaxParallelTrainingJobs": 1,
        "MaxRuntimeInSeconds": _LEAST_SECONDS,
    }
    name = request["HyperParameterTuningJobName"]
    sagemaker = stage.client("sagemaker")
    sagemaker.create_hyper_parameter_tuning_job(**request)

    def ended() -> str | None:
        status = sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)[
            "HyperParameterTuningJobStatus"
        ]
        return None if status in ("InProgress", "Stopping") else str(status)

    return stage.until("the end of the tuning job's time", ended)


SCENARIO = Scenario(
    name="other-searches",
    about="searches with the newer members of the request",
    claims=(
        "sync-passes-newer-members",
        "warm-start-of-autotune",
        "flexible-instances-described",
        "tuning-time-limit",
    ),
    minutes=120,
    play=play,
    bounds=(Bound("Training", INSTANCE, 3.5),),
)
