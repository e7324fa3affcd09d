"""A tuning job that somebody stops while an execution waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.machines import history
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.search import job_of
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage

_ONE_BY_ONE = {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 1}


def play(stage: Stage) -> Iterator[Observation]:
    run = stage.start({**SMALL_RUN, "ResourceLimits": _ONE_BY_ONE, "DryRun": True})
    job = job_of(stage, run)
    sagemaker = stage.client("sagemaker")

    def has_one() -> bool:
        found = sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=job)
        return bool(found["TrainingJobStatusCounters"]["Completed"])

    stage.until("its first training job", has_one)
    sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=job)
    stage.finish(run)
    ends = [
        each["type"]
        for each in history(stage, run)
        if _resource(each).startswith("createHyperParameterTuningJob")
        and each["type"] in ("TaskSucceeded", "TaskFailed")
    ]
    yield equals("stopped-tuning-job-succeeds", ["TaskSucceeded"], ends)


def _resource(event: dict[str, dict[str, str]]) -> str:
    details = (event.get(f"task{kind}EventDetails", {}) for kind in ("Succeeded", "Failed"))
    return next((each["resource"] for each in details if each), "")


SCENARIO = Scenario(
    name="stopped-tuning",
    about="a tuning job that somebody stops",
    claims=("stopped-tuning-job-succeeds",),
    minutes=40,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1),),
    needs_account={
        "stopped-tuning-job-succeeds": "Local AWS lets such a task fail: the other reading."
    },
)
