"""What is right when a call goes wrong, by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.kinds import Kind
from tests.fault_matrix.variant import Variant

# A refusal that says nothing of quota, permission or throttling is named after what failed.
OF_STATE = {
    "RunTuning": "TuningFailed",
    "RetrainBest": "RetrainingFailed",
    "CreateTrialModel": "EvaluationFailed",
    "ScoreTrial": "EvaluationFailed",
    "ChooseTrial": "EvaluationFailed",
    "EvaluateCandidate": "EvaluationFailed",
    "FindChampion": "EvaluationFailed",
    "ReadChampion": "EvaluationFailed",
    "EvaluateChampion": "EvaluationFailed",
    "Decide": "EvaluationFailed",
    "RegisterModel": "RegistrationFailed",
    "CreateModel": "DeploymentFailed",
    "CreateEndpointConfig": "DeploymentFailed",
    "FindEndpoint": "DeploymentFailed",
    "CreateEndpoint": "DeploymentFailed",
    "UpdateEndpoint": "DeploymentFailed",
    "CheckEndpoint": "DeploymentFailed",
    "RegisterScalableTarget": "DeploymentFailed",
    "PutScalingPolicy": "DeploymentFailed",
}
# How a cause names a state whose failure another one reports: the Map, or who weighs the failure.
_SHOWN_AS = {
    "CreateTrialModel": "ScoreTrials",
    "ScoreTrial": "ScoreTrials",
    "ReadChampion": "Decide: ReadChampion",
    "EvaluateChampion": "Decide: EvaluateChampion",
}
_READS = ("ListObjectsV2", "GetObject", "HeadObject")
_RESTORING = ("InspectEndpoint", "RestorePrevious", "DeleteEndpoint")
_FAILURE_PATH = (*_RESTORING, "CleanUp", "ExplainFailure")


@dataclass(frozen=True)
class Expected:
    """How an execution must end.

    `words` must be in what it tells: the cause of one that failed, the message about one that was
    stopped, else the member `place` of its output. `state` must be named in the cause. `serves` is
    the model that must answer after it: old, new, or any where the fault is in undoing itself.
    `leaves` is what may be there beside what was there before: nothing, deployed (the new model
    and nothing else), undeployed (at most its package), or any. `messages` is whether people hear
    of it; `undelivered` that the event, which a function could not deal with, is in the dead-letter
    queue. With `decided_again` a person decides once more after the fault is over.
    """

    outcome: str
    words: str = ""
    place: str = ""
    state: str = ""
    serves: str = "old"
    leaves: str = "nothing"
    messages: bool = True
    undelivered: bool = False
    decided_again: bool = False

    @property
    def succeeds(self) -> bool:
        return self.outcome in ("Deployed", "KeptChampion", "NotApproved", "DryRun")


def clean_end(variant: Variant) -> Expected:
    """How the variant ends when none of its calls goes wrong for good."""
    if variant.outcome == "Deployed":
        return Expected("Deployed", serves="new", leaves="deployed")
    if variant.succeeds:
        return Expected(variant.outcome, leaves="undeployed")
    return Expected(variant.outcome)


def expected_of(variant: Variant, call: WorkflowCall, kind: Kind) -> Expected:
    """The rules, from the most particular to the most general."""
    end = clean_end(variant)
    if kind.outcome is None:
        return end
    if end.outcome == "Cancelled" and call.caller != "function":
        return end  # CleanUpAborted stops the job that Step Functions could not stop
    words = kind.words_for(call)
    if call.name == "Prune":
        return replace(end, words=words, place="Pruned", leaves="any")
    if call.name == "Notify":
        return replace(end, words=words, place="Notified", messages=False)
    if call.name == "ResumeExecution":
        return replace(end, decided_again=True)
    if call.name == "CleanUpAborted":
        return _aborted(end, call, words)
    if call.name in _FAILURE_PATH:
        return _failed_twice(end, call, words)
    if call.name == "WriteReport":
        serves, leaves = (end.serves, "any") if variant.outcome == "Deployed" else ("old", "any")
        return Expected("ReportFailed", words, state=call.name, serves=serves, leaves=leaves)
    return _failed(variant, call, kind, words)


def _failed(variant: Variant, call: WorkflowCall, kind: Kind, words: str) -> Expected:
    state = _SHOWN_AS.get(call.name, call.name)
    if kind.name == "access denied" and call.service == "s3" and call.operation in _READS:
        return Expected("DataMissing", "may not read it", state=state)
    if call.operation == "HeadObject" and kind.name != "timeout":
        # S3 answers HEAD without a body: nothing but the status tells what is wrong.
        words = "HeadObject"
        if kind.name == "throttling":
            return Expected("ServiceFailed", words, state=state)
    if kind.name == "validation":
        return Expected(OF_STATE.get(call.name, "FunctionFailed"), words, state=state)
    assert kind.outcome is not None
    return Expected(kind.outcome, words, state=state)


def _failed_twice(end: Expected, call: WorkflowCall, words: str) -> Expected:
    """The first failure's name stays, and the second one is told beside it."""
    if call.name in _RESTORING:
        return replace(end, words=words, serves="any", leaves="any")
    if call.name == "CleanUp":
        return replace(end, words=words, leaves="any")
    # Without ExplainFailure the error is the unexplained one, which bears the same name here.
    return replace(end, words=words if call.caller == "function" else "")


def _aborted(end: Expected, call: WorkflowCall, words: str) -> Expected:
    end = replace(end, undelivered=True)
    if call.operation == "Publish":
        return replace(end, messages=False)
    undoes = call.operation in ("GetExecutionHistory", "DescribeEndpoint", "UpdateEndpoint")
    undoes |= call.operation == "DeleteEndpoint"
    return replace(end, words=words, serves="any" if undoes else end.serves, leaves="any")
