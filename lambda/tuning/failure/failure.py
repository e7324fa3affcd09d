"""From the error of a failed state to a named outcome, and to a reason that says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuning.failure.error_cause import PROGRAM, ErrorCause
from tuning.failure.failing_state import STEP_FUNCTIONS
from tuning.failure.outcomes import OUTCOMES
from tuning.failure.quota import quota_advice
from tuning.failure.unsupported_field import field_advice
from tuning.variables.failed_state import FailedState
from tuning.visible import visible

# Names of tuning.errors, and the statuses of executions that no Catch could help.
_BY_NAME = {
    PROGRAM: "PreparationFailed",
    "InvalidInput": "InputRefused",
    "MissingData": "DataMissing",
    "NoUsableTrial": "NoTrialSucceeded",
    "TuningStopped": "TuningStopped",
    "TuningTimedOut": "TuningTimedOut",
    "EndpointUnhealthy": "EndpointUnhealthy",
    "EndpointRolledBack": "EndpointRolledBack",
    "EndpointSuperseded": "EndpointSuperseded",
    "EndpointDeleted": "EndpointDeleted",
    "EndpointBusy": "DeploymentFailed",
    "EndpointFailed": "DeploymentFailed",
    "EndpointTimedOut": "DeploymentFailed",
    "ABORTED": "Cancelled",
    "TIMED_OUT": "TimedOut",
    "FAILED": "WorkflowFailed",
}
# Names that say less than the message.
_UNTELLING = ("States.TaskFailed", "EvaluationFailed", "TuningFailed")
# An error by which one state hands on what another one failed with.
_HANDED_ON = {"TuningFailed": "RunTuning"}
# What AWS says, whichever service and state it is; the first that matches counts.
_BY_TEXT = {
    # The words of UpdateEndpoint and DescribeEndpoint, and those of InvokeEndpoint.
    "EndpointDeleted": r"Could not find endpoint \"|Endpoint \S+ of account \d+ not found",
    "LimitReached": r"ResourceLimitExceeded|LimitExceededException|QuotaExceeded|CapacityError|"
    r"InsufficientInstanceCapacity|InsufficientCapacity",
    "AccessDenied": r"AccessDenied|not authorized to perform|UnauthorizedOperation",
    "Throttled": r"Throttl|TooManyRequests|Rate exceeded|RequestLimitExceeded|SlowDown",
    "TimedOut": r"States\.(Heartbeat)?Timeout|Sandbox\.Timedout|Task timed out after",
    "ServiceFailed": r"\b(Internal(Failure|Error|Server|Service|Dependency)\w*|"
    r"ServiceUnavailable\w*|Lambda\.ServiceException|AWSLambdaException|"
    r"ClientExecutionTimeoutException|SdkClientException|ConnectionClosedError|"
    r"ConnectTimeoutError|ReadTimeoutError|EndpointConnectionError|ResponseStreamingError|"
    r"IncompleteReadError)\b",
    "NoTrialSucceeded": r"No training job succeeded|All training jobs failed|"
    r"No objective metrics found",
}
# The last state of an execution that has recovered is a Fail state, and a redrive begins there.
_REDRIVEN = "Redriving the execution would only end it so again: it takes a new one."
_CAPACITY = re.compile(r"- \d+ training jobs?: CapacityError")
_BY_STATE = {
    "Prepare": "PreparationFailed",
    "RunTuning": "TuningFailed",
    "RetrainBest": "RetrainingFailed",
    "WeighChampion": "EvaluationFailed",
    "ScoreTrials": "EvaluationFailed",
    "CreateTrialModel": "EvaluationFailed",
    "ScoreTrial": "EvaluationFailed",
    "ChooseTrial": "EvaluationFailed",
    "FindChampion": "EvaluationFailed",
    "ScoreModels": "EvaluationFailed",
    "ScoreModel": "EvaluationFailed",
    "Decide": "EvaluationFailed",
    "RegisterModel": "RegistrationFailed",
    "CreateModel": "DeploymentFailed",
    "CreateEndpointConfig": "DeploymentFailed",
    "DeployEndpoint": "DeploymentFailed",
    "WriteReport": "ReportFailed",
}


@dataclass(frozen=True)
class Failure:
    """A state, and the error and cause that a Catch was given.

    `trials` tells why training jobs failed, most frequent reason first.
    """

    state: str
    error: str
    cause: ErrorCause
    trials: str = ""

    @classmethod
    def of(cls, failed: FailedState) -> Failure:
        """What recovery has read of the execution."""
        state = _HANDED_ON.get(failed.error, failed.state)
        return cls(state, failed.error, ErrorCause.parse(failed.cause))

    @property
    def outcome(self) -> str:
        """The name of one of OUTCOMES."""
        outcome = self._outcome
        lacking = outcome == "NoTrialSucceeded" and _CAPACITY.match(self.trials)
        return "LimitReached" if lacking else outcome

    @property
    def _outcome(self) -> str:
        """By the error's name, or else by words of AWS in the message, or else by the state."""
        named = _BY_NAME.get(self.cause.code or "") or _BY_NAME.get(self.error)
        if named is not None:
            return named
        if self.state == "WriteReport":
            return "ReportFailed"  # it says where the execution was, and that the new model serves
        text = f"{self.error} {self.cause.code} {self.cause.message}"
        for outcome, pattern in _BY_TEXT.items():
            if re.search(pattern, text):
                return outcome
        if (self.cause.status or 0) >= 500:
            return "ServiceFailed"
        return _BY_STATE.get(self.state, "FunctionFailed")

    def reason(self, aftermath: str = "") -> str:
        """What happened, where, and what to do. `aftermath` says what recovery has done.

        Further lines of a foreign message are indented: none looks like one of these.
        """
        outcome = OUTCOMES[self.outcome]
        parts = [
            visible(f"{self.state}: {self._message}").replace("\n", "\n  "),
            visible(self.trials),
            quota_advice(self.cause.message) or "",
            field_advice(self.cause.message) or "",
            outcome.meaning,
            aftermath,
            f"What to do: {outcome.action}",
            "" if self.state == STEP_FUNCTIONS else _REDRIVEN,
        ]
        return "\n".join(part for part in parts if part)

    @property
    def _message(self) -> str:
        """The cause's message, with the error's name before it where that says more."""
        name = self.cause.code or self.error
        known = name in _BY_NAME or name in _UNTELLING or name in self.cause.message
        return self.cause.message if known else f"{name}: {self.cause.message}"
