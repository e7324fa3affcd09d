"""A run whose tuning job is awaited by event, which is a deployment of its own."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.machines import history
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage

_SECONDS = 120  # well below the ten minutes after which the schedule looks


def play(stage: Stage) -> Iterator[Observation]:
    run = stage.run({**SMALL_RUN, "DryRun": True})
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    yield equals("tuning-events", "DryRun", reached)
    job = stage.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=run.output["TuningJobName"]
    )
    ended = job["HyperParameterTuningEndTime"]
    later = (each["timestamp"] for each in history(stage, run.arn) if each["timestamp"] >= ended)
    seconds = (min(later) - ended).total_seconds()
    seen = f"within {_SECONDS} s" if seconds < _SECONDS else f"after {seconds:.0f} s"
    yield equals("tuning-events", f"within {_SECONDS} s", seen)


SCENARIO = Scenario(
    name="tuning-by-callback",
    about="a run whose tuning job is awaited by event",
    claims=("tuning-events",),
    minutes=40,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1),),
    settings={"tuning_task": "callback"},
)
