"""An execution that is stopped while it tunes, and redriven."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.search import job_of
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage


def play(stage: Stage) -> Iterator[Observation]:
    run = stage.start({**SMALL_RUN, "DryRun": True})
    job = job_of(stage, run)
    sagemaker, machines = stage.client("sagemaker"), stage.client("stepfunctions")
    key = {"HyperParameterTuningJobName": job}
    machines.stop_execution(executionArn=run, cause="The acceptance run stops it")

    def ended() -> str | None:
        status = sagemaker.describe_hyper_parameter_tuning_job(**key)[
            "HyperParameterTuningJobStatus"
        ]
        return None if status in ("InProgress", "Stopping") else str(status)

    end_of_job = stage.until("the end of the tuning job", ended)
    for claim in ("abort-stops-tuning", "jobs-by-tag"):
        yield equals(claim, "Stopped", end_of_job)
    machines.redrive_execution(executionArn=run)
    end = stage.finish(run)
    count = machines.describe_execution(executionArn=run)["redriveCount"]
    yield equals("redrive-within-retune", ("SUCCEEDED", 1), (end.status, count))


SCENARIO = Scenario(
    name="stopped-run",
    about="an execution that is stopped while it tunes, and redriven",
    claims=("abort-stops-tuning", "jobs-by-tag", "redrive-within-retune"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1),),
)
