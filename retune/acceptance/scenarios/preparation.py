"""A run that starts from a table, and one whose table lacks its label."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.machines import history
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage, table
from retune.executions.execution import Execution


def play(stage: Stage) -> Iterator[Observation]:
    header = "bought,one,two,three,four\n"
    where = stage.upload("acceptance/table/rows.csv", header + table(600, seed=5))
    folder = where.rpartition("/")[0] + "/"
    run = stage.run({**SMALL_RUN, "DryRun": True, "Prepare": {"Table": folder, "Label": "bought"}})
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    yield equals("prepare-in-xgboost-image", "DryRun", reached)
    yield equals("processing-as-one-expression", "DryRun", reached)
    lacks = {"Table": folder, "Label": "absent"}
    failed = stage.run({**SMALL_RUN, "DryRun": True, "Prepare": lacks})
    yield _task_failed(stage, failed)


def _task_failed(stage: Stage, run: Execution) -> Observation:
    """Prepare's task, with the exit message of the job."""
    details = (each.get("taskFailedEventDetails", {}) for each in history(stage, run.arn))
    found = [each for each in details if each.get("resource", "").startswith("createProcessingJob")]
    seen = (found[0]["error"], "ExitMessage" in found[0]["cause"]) if found else (run.error, False)
    return equals("processing-as-one-expression", ("States.TaskFailed", True), seen)


SCENARIO = Scenario(
    name="preparation",
    about="a run that starts from a table",
    claims=("prepare-in-xgboost-image", "processing-as-one-expression"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 2),),
    needs_account={
        "prepare-in-xgboost-image": "Local AWS runs the program with the Python of this machine."
    },
)
