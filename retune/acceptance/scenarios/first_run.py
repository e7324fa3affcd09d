"""A first run of the deployed defaults: it tunes, trains the best again, deploys and reports."""

from __future__ import annotations

import json
from collections.abc import Iterator

from retune.acceptance.machines import history
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage
from retune.executions.execution import Execution


def play(stage: Stage) -> Iterator[Observation]:
    again = {"Retrain": {"Channels": {"train": f"s3://{stage.stack.bucket}/data/train/"}}}
    run = stage.run({**SMALL_RUN, **again})
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    for claim in ("layers-run", "trust-of-sagemaker", "training-role-writes", "package-rights"):
        yield equals(claim, "Deployed", reached)
    yield _one_expression(stage, run)
    yield _package(stage)
    yield _order(stage, run)


def _one_expression(stage: Stage, run: Execution) -> Observation:
    """RunTuning and RetrainBest were given whole requests, made by PlanTuning."""
    tasks = {"createHyperParameterTuningJob.sync", "createTrainingJob.sync"}
    ended = (each.get("taskSucceededEventDetails", {}) for each in history(stage, run.arn))
    seen = tasks & {each.get("resource") for each in ended}
    return equals("request-as-one-expression", sorted(tasks), sorted(seen))


def _package(stage: Stage) -> Observation:
    """The metrics and properties of the run's model package."""
    sagemaker = stage.client("sagemaker")
    group = stage.stack.name_prefix
    packages = sagemaker.list_model_packages(ModelPackageGroupName=group)["ModelPackageSummaryList"]
    found = sagemaker.describe_model_package(ModelPackageName=packages[0]["ModelPackageArn"])
    has = {
        "ModelMetrics": "ModelQuality" in found.get("ModelMetrics", {}),
        "CustomerMetadataProperties": bool(found.get("CustomerMetadataProperties")),
    }
    return equals("package-metrics", json.dumps(dict.fromkeys(has, True)), json.dumps(has))


def _order(stage: Stage, run: Execution) -> Observation:
    """By name, from the first on, unless asked otherwise."""
    answer = stage.client("sagemaker").list_training_jobs_for_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=run.output["TuningJobName"]
    )
    names = [each["TrainingJobName"] for each in answer["TrainingJobSummaries"]]
    return equals("list-order", sorted(names), names)


SCENARIO = Scenario(
    name="first-run",
    about="a first run of the deployed defaults",
    claims=(
        "layers-run",
        "trust-of-sagemaker",
        "training-role-writes",
        "package-rights",
        "request-as-one-expression",
        "package-metrics",
        "list-order",
    ),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 3 * 0.25), Bound("Hosting", INSTANCE, 1)),
    needs_account={"layers-run": "Local AWS runs functions with the packages of this machine."},
)
