"""Spot training that shares a folder for checkpoints, and may wait longer than an hour."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage

_TWO_HOURS = {"MaxRuntimeInSeconds": 900, "MaxWaitTimeInSeconds": 7200}


def play(stage: Stage) -> Iterator[Observation]:
    run = stage.run(
        {
            **SMALL_RUN,
            "DryRun": True,
            "EnableManagedSpotTraining": True,
            "StoppingCondition": _TWO_HOURS,
            "CheckpointConfig": {},
        }
    )
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    yield equals("spot-waits-longer", "DryRun", reached)
    prefix = f"runs/{run.name}/checkpoints/"
    found = stage.client("s3").list_objects_v2(
        Bucket=stage.stack.bucket, Prefix=prefix, Delimiter="/"
    )
    jobs = sorted(
        each["Prefix"][len(prefix) :].strip("/") for each in found.get("CommonPrefixes", ())
    )
    tuned = run.output.get("TuningJobName", "")
    own = [job for job in jobs if tuned and job.startswith(tuned)]
    yield equals("shared-checkpoints", (2, 2), (len(jobs), len(own)))


SCENARIO = Scenario(
    name="spot",
    about="spot training that shares a folder for checkpoints",
    claims=("spot-waits-longer", "shared-checkpoints"),
    minutes=150,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1),),
    needs_account={"shared-checkpoints": "Local AWS writes checkpoints where they are asked for."},
)
