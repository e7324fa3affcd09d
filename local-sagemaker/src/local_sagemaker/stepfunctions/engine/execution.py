"""An execution: its life from start to end, by itself, by a stop or by its time-out."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from local_sagemaker.stepfunctions.engine import status_event
from local_sagemaker.stepfunctions.engine.bookmark import Bookmark
from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.environment import Environment
from local_sagemaker.stepfunctions.engine.history import INCLUDED, MOST_EVENTS, Event, History
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.running import Running, Stopped
from local_sagemaker.stepfunctions.engine.timestamps import to_timestamp
from local_sagemaker.stepfunctions.engine.walk import walk
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text

Status = Literal["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]

_logger = logging.getLogger(__name__)


class Execution:
    """One execution of a revision. `given` and `output` are its input and output as values.

    `input` is the input's text, as it was given; `map_runs` are its Map Runs; `context` are
    Execution and StateMachine of the context object. `start` runs it in a thread of its own; what
    it is and has come to may be read at any time.
    """

    def __init__(
        self,
        revision: Revision,
        name: str,
        given: Any,
        environment: Environment,
        *,
        arn: str | None = None,
        text: str | None = None,
        trace_header: str | None = None,
        map_run_arn: str | None = None,
    ) -> None:
        self.revision = revision
        self.name = name
        self.given = given
        self.input = to_text(given) if text is None else text
        self.environment = environment
        self.trace_header = trace_header
        self.map_run_arn = map_run_arn
        self.arn = arn or arn_of(revision, name)
        self.status: Status = "RUNNING"
        self.start_date = datetime.now(UTC)
        self.stop_date: datetime | None = None
        self.output: Any = None
        self.error: str | None = None
        self.cause: str | None = None
        self.redrive_count = 0
        self.redrive_date: datetime | None = None
        self.map_runs: list[Any] = []
        self.history = History(self._log)
        self.context: Mapping[str, Any] = self._context()
        self._place = Bookmark()
        self._running = Running()
        self._ended = threading.Event()
        self._timer: threading.Timer | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What is saved of one that has ended; `surround` gives it back the rest."""
        left_out = ("environment", "_running", "_timer")
        return {name: value for name, value in vars(self).items() if name not in left_out}

    def surround(self, environment: Environment) -> None:
        """Put one that was loaded, and the iterations of its Map Runs, into this environment."""
        self.environment, self._running, self._timer = environment, Running(), None
        self.history.watch = self._log
        for iteration in (each for run in self.map_runs for each in run.iterations):
            if iteration.execution is not None:
                iteration.execution.surround(environment)

    def start(self) -> None:
        """Begin with the first state."""
        self.history.add(
            "ExecutionStarted",
            0,
            {
                "input": self.input,
                "inputDetails": INCLUDED,
                "roleArn": self.revision.role_arn,
                "stateMachineVersionArn": self.revision.version_arn,
                "stateMachineAliasArn": self.revision.alias_arn,
            },
        )
        self._go(last=0)

    def redrive(self) -> datetime:
        """Go on from the states that have not succeeded, and tell when that began.

        The execution has failed, was stopped or has run out of time.
        """
        with self.history.lock:
            self.redrive_count += 1
            self.redrive_date = datetime.now(UTC)
            self.status, self.stop_date = "RUNNING", None
            self.error = self.cause = None
            self.context = self._context()
            self._running, self._ended = Running(), threading.Event()
            last = len(self.history)
            last = self.history.add("ExecutionRedriven", last, {"redriveCount": self.redrive_count})
        self._go(last)
        return self.redrive_date

    def stop(self, error: str | None = None, cause: str | None = None) -> datetime:
        """Abort it, if it still runs, and tell when it ended."""
        self._end("ABORTED", "ExecutionAborted", 0, error=error, cause=cause)
        assert self.stop_date is not None
        return self.stop_date

    def join(self, timeout: float | None = None) -> bool:
        """Wait for its end, so many seconds at most; whether it has ended."""
        return self._ended.wait(timeout)

    @property
    def size_of_variables(self) -> int:
        """In bytes, those of all branches that run."""
        return self._place.size_of_variables

    @property
    def has_a_full_history(self) -> bool:
        """Whether there is room for its end alone. Express executions have no such limit."""
        return not self.revision.is_express and len(self.history) >= MOST_EVENTS - 1

    def fail_of_length(self, last: int) -> None:
        """End it, since its history is full."""
        cause = f"The execution reached the maximum number of history events ({MOST_EVENTS})."
        self._fail(last, RUNTIME, cause)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.status == "RUNNING"

    @property
    def redrive_status(self) -> tuple[str, str | None]:
        """redriveStatus and redriveStatusReason of DescribeExecution."""
        if self.status in ("RUNNING", "SUCCEEDED"):
            reason = f"Execution is {self.status} and cannot be redriven"
            return "NOT_REDRIVABLE", reason
        return "REDRIVABLE", None

    def _go(self, last: int) -> None:
        status_event.tell(self)
        branch = Branch(self, self.revision.chain, self._running, self._place, last=last)
        seconds = self.revision.timeout_seconds
        if seconds is not None:
            self._timer = threading.Timer(seconds, self._time_out)
            self._timer.daemon = True
            self._timer.start()
        threading.Thread(
            target=self._run, args=(branch,), name=f"execution {self.name}", daemon=True
        ).start()

    def _run(self, branch: Branch) -> None:
        try:
            output = walk(self.revision.chain, self.given, branch)
        except Stopped:
            return
        except StateFailed as failure:
            self._fail(branch.last, failure.error, failure.cause)
        except Exception as defect:
            _logger.exception("%s", self.arn)
            self._fail(branch.last, RUNTIME, f"Local AWS: {type(defect).__name__}: {defect}")
        else:
            self._succeed(branch.last, output)

    def _succeed(self, last: int, output: Any) -> None:
        with self.history.lock:
            if self.is_running:
                self.output = output
                self._place = Bookmark()  # there is nothing to go on with
                details = {"output": to_text(output), "outputDetails": INCLUDED}
                self._end("SUCCEEDED", "ExecutionSucceeded", last, **details)

    def _fail(self, last: int, error: str | None, cause: str | None) -> None:
        self._end("FAILED", "ExecutionFailed", last, error=error, cause=cause)

    def _time_out(self) -> None:
        self._end("TIMED_OUT", "ExecutionTimedOut", 0, error="States.Timeout")

    def _end(self, status: Status, event: str, previous: int, **details: Any) -> None:
        """The end, unless there was one already: nothing is written after it."""
        with self.history.lock:
            if not self.is_running:
                return
            self._running.stop()
            self.history.add(event, previous, details)
            if status != "TIMED_OUT":  # of which only the history has the error: recorded
                self.error, self.cause = details.get("error"), details.get("cause")
            self.status, self.stop_date = status, datetime.now(UTC)
        if self._timer is not None:
            self._timer.cancel()
        status_event.tell(self)
        self._ended.set()

    def _log(self, event: Event) -> None:
        self.environment.log(self, event)

    def _context(self) -> dict[str, Any]:
        execution = {
            "Id": self.arn,
            "Input": self.given,
            "StartTime": to_timestamp(self.start_date),
            "Name": self.name,
            "RoleArn": self.revision.role_arn,
            "RedriveCount": self.redrive_count,
        }
        if self.redrive_date is not None:
            execution["RedriveTime"] = to_timestamp(self.redrive_date)
        machine = {"Id": self.revision.arn, "Name": self.revision.name}
        return {"Execution": execution, "StateMachine": machine}


def arn_of(revision: Revision, name: str) -> str:
    """The ARN of an execution; of an express one it ends in a text of its own."""
    machine = revision.arn
    if revision.is_express:
        return f"{machine.replace(':stateMachine:', ':express:')}:{name}:{uuid.uuid4()}"
    return f"{machine.replace(':stateMachine:', ':execution:')}:{name}"
