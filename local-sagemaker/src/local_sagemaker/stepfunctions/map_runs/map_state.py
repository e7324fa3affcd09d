"""The Map state in its DISTRIBUTED mode."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.engine import map_fields
from local_sagemaker.stepfunctions.engine.data_flow import effective_input
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import is_too_long, to_text
from local_sagemaker.stepfunctions.map_runs.failures import TOO_LONG, map_run_failed
from local_sagemaker.stepfunctions.map_runs.fields import tolerance
from local_sagemaker.stepfunctions.map_runs.item_batcher import batches
from local_sagemaker.stepfunctions.map_runs.item_reader import ItemReader
from local_sagemaker.stepfunctions.map_runs.map_run import MapRun
from local_sagemaker.stepfunctions.map_runs.result_writer import ResultWriter, results


def run_distributed(visit: Visit) -> Any:
    """The state's result. Raises StateFailed."""
    chosen, outer = effective_input(visit), visit.branch
    if (run := _redrivable(visit)) is not None:
        outer.record(
            "MapRunRedriven", mapRunArn=run.map_run_arn, redriveCount=run.redrive_count + 1
        )
        return _result(visit, chosen, run, lambda: run.redrive(visit))
    most = map_fields.max_concurrency(visit, chosen)
    given = None if "ItemReader" in visit.said else map_fields.items(visit, chosen)
    outer.record("MapStateStarted", length=len(given or []))
    tolerated = tolerance(visit, chosen)
    reader = ItemReader(visit, chosen) if given is None else None
    run = MapRun(visit, most, tolerated)
    outer.execution.map_runs.append(run)
    outer.record("MapRunStarted", mapRunArn=run.map_run_arn)

    def work() -> None:
        items = map_fields.selected(visit, chosen, reader.items() if reader else given or [])
        run.run(visit, batches(visit, chosen, items))

    return _result(visit, chosen, run, work)


def _redrivable(visit: Visit) -> MapRun | None:
    """The Map Run of before a redrive, if the state was in one and it had its items."""
    execution = visit.branch.execution
    runs = [run for run in execution.map_runs if run.entered == visit.entered]
    if runs and runs[-1].iterations and runs[-1].redrive_count < execution.redrive_count:
        last: MapRun = runs[-1]
        return last
    return None


def _result(visit: Visit, chosen: Any, run: MapRun, work: Any) -> Any:
    outer = visit.branch
    visit.forked = True
    try:
        output = _output(visit, chosen, run, work)
    except StateFailed as failure:
        run.end("FAILED")
        raise StateFailed(failure.error, failure.cause, event="MapRunFailed") from failure
    run.end("SUCCEEDED")
    # Recorded from November 2024 on: the state's exit follows the start of the run, not its end.
    succeeded = outer.beside("MapRunSucceeded")
    visit.forked = False
    outer.beside("MapStateSucceeded", succeeded)
    return output


def _output(visit: Visit, chosen: Any, run: MapRun, work: Any) -> Any:
    writer = ResultWriter(visit, chosen) if "ResultWriter" in visit.said else None
    try:
        work()
    except StateFailed:
        if writer is not None:
            writer.write(run)
        raise
    if writer is not None:
        return writer.write(run)
    output = results(run)
    if is_too_long(to_text(output)):
        cause = (
            f"The state/task '{visit.state.name}' returned a result with a size exceeding the "
            "maximum number of bytes service limit."
        )
        raise map_run_failed(TOO_LONG, cause)
    return output
