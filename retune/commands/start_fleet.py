"""`retune start --all`: a run of every deployed model."""

from tuning.aws.schedules import model_names

from retune.aws import Aws
from retune.errors import FailedError, UnavailableError
from retune.executions.execution import new_name, start_execution
from retune.executions.fleet import watch_fleet
from retune.output.terminal import write, write_line
from retune.stack import Stack


def start_fleet(aws: Aws, stack: Stack, name: str | None, *, watch: bool) -> None:
    """Starts the fleet, prints its execution and, if asked, a line for each model as it ends.

    Raises:
        UnavailableError: no model is deployed.
        FailedError: with `watch`, the fleet or the run of a model has failed.
    """
    machine = stack.fleet_state_machine_arn
    if not model_names(stack.state_machine_arn, stack.name_prefix):
        raise UnavailableError(
            f"The stack {stack.name!r} has no model. Add models/<name>.yaml and run `retune "
            "deploy`."
        )
    arn = start_execution(aws, machine, {}, name or new_name())
    write_line(arn)
    if not watch:
        return
    summary = watch_fleet(aws, arn)
    counts = ", ".join(f"{len(names)} {name}" for name, names in summary.outcomes.items())
    write(f"{summary.size}: {counts}. Training has cost {summary.cost}")
    if summary.note:
        write(summary.note)
    if summary.failed:
        names = ", ".join(run.model_name for run in summary.failed)
        raise FailedError(f"Runs failed: {names}. `retune history MODEL` tells how.")
