"""What the pages show of an execution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tuning.data.s3_location import S3Location

from retune.executions.execution import Execution
from retune.executions.history import PastRun
from retune.executions.progress import Progress, TuningProgress, now
from retune.executions.visits import Visit

_REPORT_SECONDS = 180  # after its end that an execution's report may take


@dataclass(frozen=True)
class RunLook:
    """An execution: where it is, and its tuning job so far."""

    run: PastRun
    state: str  # the latest; empty before the first
    visits: Sequence[Visit]
    recovery: Sequence[Visit]  # of the machine that undoes what a failed execution began
    tuning: TuningProgress | None
    files: Mapping[str, S3Location] = field(default_factory=dict)  # of the report, by name

    @property
    def execution(self) -> Execution:
        return self.run.execution

    @property
    def progress(self) -> Progress:
        """The same as other commands know it."""
        return Progress(self.execution, self.state, self.tuning)

    def is_final(self) -> bool:
        """Whether nothing changes any more: after an execution was stopped, its tuning job ends and
        its report is written."""
        if self.execution.stopped is None or self.tuning is None:
            return not self.execution.is_running
        is_late = (now() - self.execution.stopped).total_seconds() > _REPORT_SECONDS
        return bool(self.tuning.job.ended) and (bool(self.files) or is_late)

    @property
    def awaits_approval(self) -> bool:
        return self.execution.is_running and self.state == "AwaitApproval"
