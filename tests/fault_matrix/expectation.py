"""What is right when a call goes wrong, by rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.kinds import Kind
from tests.fault_matrix.variant import SUCCEEDED, Variant

# A refusal that says nothing of quota, permission or throttling is named after what failed.
OF_STATE = {
    "Prepare": "PreparationFailed",
    "RunTuning": "TuningFailed",
    "RetrainBest": "RetrainingFailed",
    "WeighChampion": "EvaluationFailed",
    "CreateTrialModel": "EvaluationFailed",
    "ScoreTrial": "EvaluationFailed",
    "ChooseTrial": "EvaluationFailed",
    "FindChampion": "EvaluationFailed",
    "ScoreModel": "EvaluationFailed",
    "Decide": "EvaluationFailed",
    "RegisterModel": "RegistrationFailed",
    "CreateModel": "DeploymentFailed",
    "CreateEndpointConfig": "DeploymentFailed",
    "DeployEndpoint": "DeploymentFailed",
}
_READS = ("ListObjectsV2", "GetObject", "HeadObject")
_READS_NO_DATA = ("DeployEndpoint",)  # it reads its own record: nobody's data is missing
# Calls of WriteReport that tell what a run has cost: a deployment does not fail for it.
_COUNTS_COSTS = (
    *("ListTrainingJobs", "DescribeTrainingJob", "GetObject"),
    *("ListProcessingJobs", "DescribeProcessingJob"),
)
# Calls of PlanTuning that tell what the quotas allow: without them it warns and goes on.
_TELLS_QUOTAS = ("ListServiceQuotas", "DescribeEndpointConfig")
_RESTORING = ("ReadProgress", "InspectEndpoint", "RestorePrevious", "DeleteEndpoint")
_RECOVERY = (*_RESTORING, "CleanUp", "ExplainFailure", "WriteFailureReport")
NO_REPORT = "Its report could not be written"


@dataclass(frozen=True)
class Expected:
    """How an execution must end.

    `words` must be in what it tells: the cause of one that failed, the message about one that was
    stopped, else the member `place` of its output. `state` must be named in the cause. `serves` is
    the model that must answer after it: old, new, or any where the fault is in undoing itself.
    `leaves` is what may be there beside what was there before: nothing, deployed (the new model
    and nothing else), the one before (two models at most), undeployed (at most its package), or
    any. `messages` is whether people hear
    of it. With `done_again` what goes on meanwhile is done once more after the fault is over.
    """

    outcome: str
    words: str = ""
    place: str = ""
    state: str = ""
    serves: str = "old"
    leaves: str = "nothing"
    messages: bool = True
    done_again: bool = False

    @property
    def succeeds(self) -> bool:
        return self.outcome in SUCCEEDED


def clean_end(variant: Variant) -> Expected:
    """How the variant ends when none of its calls goes wrong for good."""
    if variant.outcome == "Deployed":
        leaves = "the one before" if variant.keeps_one else "deployed"
        return Expected("Deployed", serves="new", leaves=leaves)
    if variant.outcome == "RolledBack":
        return Expected("RolledBack", serves="new")
    if variant.succeeds:
        return Expected(variant.outcome, leaves="undeployed")
    return Expected(variant.outcome)


def expected_of(variant: Variant, call: WorkflowCall, kind: Kind) -> Expected:
    """The rules, from the most particular to the most general."""
    end = clean_end(variant)
    if kind.outcome is None:
        return end
    words = kind.words_for(call)
    if call.name in ("ResumeExecution", "SweepExecutions"):
        return replace(end, done_again=True)
    goes_back = variant.outcome == "RolledBack"  # and asks neither for quotas nor for costs
    if call.name == "PlanTuning" and call.operation in _TELLS_QUOTAS and not goes_back:
        return end
    if call.name == "Prune":
        return replace(end, words=words, place="Pruned", leaves="any")
    if call.name == "Notify":
        return _untold(end, call, words)
    if call.name in _RECOVERY:
        return _failed_twice(end, call, words)
    if call.name == "Recover" or end.outcome == "Cancelled":
        return end  # an event starts the recovery, which stops and undoes what is left
    if call.name == "WriteReport":
        return _reported(variant, call, words)
    if call.name == "ScaleEndpoint":
        return unscaled(variant, words)
    return _failed(variant, call, kind, words)


def unscaled(variant: Variant, words: str) -> Expected:
    """What is proven stays deployed, and the output says why it does not scale."""
    end = clean_end(variant)
    return replace(end, outcome="ScalingFailed", words=words, place="ScalingFailure")


def _reported(variant: Variant, call: WorkflowCall, words: str) -> Expected:
    """A deployment fails neither for want of its costs nor of learning curves."""
    if call.service == "logs":
        return clean_end(variant)
    if call.operation in _COUNTS_COSTS and variant.outcome != "RolledBack":
        return replace(clean_end(variant), words=words, place="Cost")
    return after_proof(Expected("ReportFailed", words, state=call.name), variant)


def after_proof(failed: Expected, variant: Variant) -> Expected:
    """A new model that has answered as it must stays, and what served before is not pruned."""
    serves = "new" if variant.outcome in ("Deployed", "RolledBack") else "old"
    return replace(failed, serves=serves, leaves="any")


def _untold(end: Expected, call: WorkflowCall, words: str) -> Expected:
    """What the workflow's own Notify could not do, the recovery's does, unless it cannot either."""
    if call.caller == "state":
        return end
    return replace(end, words=words, place="Notified" if end.succeeds else "", messages=False)


def _failed(variant: Variant, call: WorkflowCall, kind: Kind, words: str) -> Expected:
    state = _shown_as(variant, call)
    reads = call.service == "s3" and call.operation in _READS and call.name not in _READS_NO_DATA
    if kind.name == "access denied" and reads:
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


def _shown_as(variant: Variant, call: WorkflowCall) -> str:
    """How a cause names the state: what ScoreModel failed with is reported by who weighs it."""
    if call.name != "ScoreModel":
        return call.name
    return "WeighChampion" if variant.name == "champion worse" else "Decide"


def _failed_twice(end: Expected, call: WorkflowCall, words: str) -> Expected:
    """The first failure's name stays, and the second one is told beside it."""
    if call.operation == "GetExecutionHistory":
        return end  # without it only the name of the state is not known
    if call.name in _RESTORING:
        return replace(end, words=words, serves="any", leaves="any")
    if call.name == "CleanUp":
        return replace(end, words=words, leaves="any")
    if call.name == "WriteFailureReport":
        return end if call.service == "logs" else replace(end, words=NO_REPORT)
    # Without ExplainFailure the error is the unexplained one, which bears the same name here.
    return replace(end, words=words if call.caller == "function" else "")
