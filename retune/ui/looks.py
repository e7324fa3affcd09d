"""What the pages ask AWS for. Each look says how many calls it makes.

An answer is good for some seconds: local AWS costs nothing, AWS throttles. An execution that has
ended is described once.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from tuning.data.s3_location import S3Location
from tuning.report.curves import Curves
from tuning.report.document import make_document
from tuning.report.files import FILES
from tuning.report.run import Run
from tuning.report.search import Search
from tuning.trials.trials import TuningJob

from retune.aws import Aws, endpoint_url, is_local, seconds_between_looks
from retune.errors import InputError
from retune.executions.execution import (
    Execution,
    describe_execution,
    find_execution,
    latest_first,
    nested_execution,
    trace_of,
)
from retune.executions.history import PastRun, endpoint_of_model, endpoint_of_run, past_runs
from retune.executions.models import LOOKED_AT, DeployedModel, deployed_models
from retune.executions.progress import TuningProgress, now
from retune.executions.report_files import written_files
from retune.executions.visits import Visit, visits
from retune.logs.job_log import describe_job
from retune.stack import Stack, find_stack
from retune.trials.tuning_jobs import read_trials, read_tuning_job
from retune.ui.remembered import Remembered
from retune.ui.run_look import RunLook

SHOWN = 25  # executions in the list
_NO_CURVES = Curves(note="Learning curves are in the report, once the execution has ended.")
_DOCUMENT_SECONDS = 30  # while the training jobs stand as they did
MODELS_SECONDS = 30  # a look at them takes three calls a model


class Looks:
    """Looks at one deployed stack."""

    def __init__(self, aws: Aws, stack: str) -> None:
        self.aws = aws
        self.remembered = Remembered()
        self.seconds = seconds_between_looks()
        self._stack = stack

    @property
    def place(self) -> str:
        """Which AWS this is, for a person."""
        return f"local AWS at {endpoint_url()}" if is_local() else f"AWS, {self.aws.region}"

    @property
    def stack(self) -> Stack:
        """One call, for a minute. Raises UnavailableError when it is not deployed."""
        return self.remembered.get("stack", 60, partial(find_stack, self.aws, self._stack))

    def newest(self, most: int = SHOWN) -> list[PastRun]:
        """The newest executions: a call, and one for each that runs or was never described."""
        look = partial(past_runs, self.aws, self.stack, None, most, self._describe)
        return self.remembered.get(("newest", most), self.seconds, look)

    def models(self) -> list[DeployedModel]:
        """Three calls for each model, at most every 30 seconds."""

        def look() -> list[DeployedModel]:
            return deployed_models(self.aws, self.stack, now(), self.newest(LOOKED_AT))

        return self.remembered.get("models", MODELS_SECONDS, look)

    def run(self, name: str) -> RunLook:
        """Three calls: the execution, its latest events, its tuning job; two more for a recovery,
        and one for the files of an execution that has ended.

        Raises UnknownExecution for a name that none has.
        """
        look = partial(self._look, name)
        return self.remembered.get(("run", name), self.seconds, look, RunLook.is_final)

    def document(self, name: str) -> dict[str, Any] | None:
        """report.json of the tuning job as it is; None before there is one.

        A call for each hundred training jobs when one of them has begun or ended, at least every
        half minute; of an execution that has its report, a call for that.
        """
        look = self.run(name)
        if look.tuning is None:
            return None
        job = look.tuning.job
        written = look.files.get(FILES["ReportJson"])
        key = ("document", job.name, job.status, tuple(job.counters.items()), written)
        make = partial(self._written, written) if written else partial(self._document, job)
        return self.remembered.get(key, _DOCUMENT_SECONDS, make, lambda _: look.is_final())

    def _written(self, location: S3Location) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.file(location))
        return document

    def _document(self, job: TuningJob) -> dict[str, Any]:
        run = Run(search=Search.of(job, read_trials(self.aws, job)), in_aws=not is_local())
        return make_document(run, _NO_CURVES).model_dump(mode="json", by_alias=True)

    def training_job(self, name: str) -> dict[str, Any]:
        """DescribeTrainingJob: a call. Raises InputError for a name that no job has."""
        look = partial(self._describe_training_job, name)
        return self.remembered.get(("job", name), self.seconds, look, has_ended)

    def file(self, location: S3Location) -> bytes:
        """An object of S3: a call."""
        answer = self.aws.client("s3").get_object(Bucket=location.bucket, Key=location.key)
        content: bytes = answer["Body"].read()
        return content

    def _describe_training_job(self, name: str) -> dict[str, Any]:
        described = describe_job(self.aws, "Training", name)
        if described is None:
            raise InputError(f"There is no training job {name!r}.")
        return described

    def _look(self, name: str) -> RunLook:
        execution = find_execution(self.aws, self.stack, name)
        events = latest_first(self.aws, execution.arn)
        trace = trace_of(self.aws, events)
        found = read_tuning_job(self.aws, trace.tuning_job_name) if trace.tuning_job_name else None
        endpoint = endpoint_of_run(self.stack, execution, partial(endpoint_of_model, self.stack))
        return RunLook(
            run=PastRun(execution, endpoint),
            state=trace.state,
            visits=visits(events, runs=execution.is_running),
            recovery=self._recovery(events),
            tuning=TuningProgress(*found) if found else None,
            files={} if execution.is_running else written_files(self.aws, self.stack, execution),
        )

    def _recovery(self, events: list[dict[str, Any]]) -> list[Visit]:
        nested = next(filter(None, map(nested_execution, events)), None)
        if nested is None:
            return []
        runs = describe_execution(self.aws, nested).is_running
        return visits(latest_first(self.aws, nested), runs=runs)

    def _describe(self, aws: Aws, arn: str) -> Execution:
        """Of an execution that has ended, which stays as it is, once."""
        look = partial(describe_execution, aws, arn)
        return self.remembered.get(arn, 0, look, lambda execution: not execution.is_running)


def has_ended(described: dict[str, Any]) -> bool:
    """Of a training job that DescribeTrainingJob tells of."""
    return described["TrainingJobStatus"] not in ("InProgress", "Stopping")
