"""The runs of the workflow that differ in the calls they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fault_matrix.stack import Stack

Document = dict[str, Any]
SLOW = {"StaticHyperParameters": {"num_round": "200000"}}


@dataclass(frozen=True)
class Variant:
    """`outcome` is how it ends without an injected fault in its calls.

    `fields` of the execution input replace those of the base; `faults` are what makes a variant
    fail, rules in which `{prefix}` is the stack's. `champion` tells whether something serves
    before, `meanwhile` what a person does while it runs.
    """

    name: str
    about: str
    outcome: str
    fields: Document = field(default_factory=dict)
    faults: tuple[dict[str, Any], ...] = ()
    champion: bool = True
    meanwhile: Callable[[Stack, str], None] | None = None

    @property
    def aborted(self) -> bool:
        return self.outcome == "Cancelled"

    @property
    def succeeds(self) -> bool:
        return self.outcome in ("Deployed", "KeptChampion", "NotApproved", "DryRun")

    def document(self, stack: Stack) -> Document:
        """The execution input: its StaticHyperParameters are added to those of the base."""
        base = _base(stack)
        document = base | self.fields
        static = base["StaticHyperParameters"] | self.fields.get("StaticHyperParameters", {})
        document["StaticHyperParameters"] = static
        if self.fields.get("Evaluation") is False:
            document["Channels"] = {n: base["Channels"][n] for n in ("train", "validation")}
            del document["Evaluation"], document["Promotion"]
        if "Retrain" in document:
            document["Retrain"] = {"Channels": {"train": base["Channels"]["train"]}}
        endpoint = base["Endpoint"] | self.fields.get("Endpoint", {})
        return document | {"Endpoint": endpoint}


def filled(rule: dict[str, Any], stack: Stack) -> dict[str, Any]:
    """A rule with the stack's own names in it."""
    return {
        key: value.format(prefix=stack.prefix) if isinstance(value, str) else value
        for key, value in rule.items()
    }


def _base(stack: Stack) -> Document:
    bucket = stack.outputs["DataBucketName"]
    return {
        "Channels": {n: f"s3://{bucket}/matrix/{n}/" for n in ("train", "validation", "test")},
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "eval_metric": "auc",
            "num_round": "3",
        },
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.9"}},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
        "Evaluation": {},
        # Any candidate is good enough, so that every run goes all the way.
        "Promotion": {"Margin": -1},
        "Endpoint": {"EndpointName": stack.endpoint},
        # Every run has something to prune.
        "Retention": {"KeepModels": 0, "KeepModelPackages": 0},
    }


def task(state: str, operation: str, kind: str, **more: Any) -> dict[str, Any]:
    caller = f"states.{{prefix}}.{state}"
    return {"kind": kind, "caller": caller, "operation": operation, "times": None, **more}


def decide(status: str) -> Callable[[Stack, str], None]:
    """Answers for the person whose decision the execution waits for."""

    def meanwhile(stack: Stack, execution: str) -> None:
        def waits() -> bool:
            over = stack.describe(execution)["status"] != "RUNNING"
            return over or _waits_for_token(stack.last_events(execution, 1))

        stack.wait(waits, 60)
        if stack.describe(execution)["status"] == "RUNNING":
            stack.client("sagemaker").update_model_package(
                ModelPackageArn=stack.packages()[0], ModelApprovalStatus=status
            )

    return meanwhile


def _waits_for_token(events: list[dict[str, Any]]) -> bool:
    submitted = (event.get("taskSubmittedEventDetails", {}) for event in events)
    return any(details.get("resource") == "invoke.waitForTaskToken" for details in submitted)


def _is_at(state: str, events: list[dict[str, Any]]) -> bool:
    """Whether the state has been entered, and its call is on the way."""
    entered = (event.get("stateEnteredEventDetails", {}).get("name") for event in events)
    return state in entered and events[0]["type"] in ("TaskScheduled", "TaskStarted")


def stop_while_tuning(stack: Stack, execution: str) -> None:
    """Stops the execution when its tuning job has training jobs that run."""
    stack.wait(lambda: len(stack.running_jobs()) > 1, 60, pause=0.05)
    _stop(stack, execution)


def _stop(stack: Stack, execution: str) -> None:
    stack.client("stepfunctions").stop_execution(
        executionArn=execution, cause="The data was wrong."
    )


def stop_at(state: str) -> Callable[[Stack, str], None]:
    """Stops the execution while a call of this state hangs."""

    def meanwhile(stack: Stack, execution: str) -> None:
        def there() -> bool:
            over = stack.describe(execution)["status"] != "RUNNING"
            return over or _is_at(state, stack.last_events(execution))

        stack.wait(there, 60, pause=0.05)
        _stop(stack, execution)

    return meanwhile


def _hang(state: str, seconds: float = 3) -> dict[str, Any]:
    return task(state, "*", "timeout", seconds=seconds, times=1)


_NAN = ({"kind": "answer-nan", "name": "{prefix}-matrix", "times": None},)
TWO_TRIALS = {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2}

VARIANTS = (
    Variant(
        "update",
        "Candidate and champion are scored on the test channel, and the candidate wins.",
        "Deployed",
    ),
    Variant(
        "first",
        "Nothing serves yet. Calls whose failure ends otherwise then are here again.",
        "Deployed",
        {"Evaluation": False},
        champion=False,
    ),
    Variant(
        "approved",
        "A person approves the model package; the endpoint scales by itself.",
        "Deployed",
        {
            "Evaluation": False,
            "Approval": "Manual",
            "Endpoint": {
                "AutoScaling": {"MinCapacity": 1, "MaxCapacity": 2, "InvocationsPerInstance": 100}
            },
        },
        meanwhile=decide("Approved"),
    ),
    Variant(
        "rejected",
        "A person rejects the model package.",
        "NotApproved",
        {"Evaluation": False, "Approval": "Manual"},
        meanwhile=decide("Rejected"),
    ),
    Variant("kept", "The champion is kept.", "KeptChampion", {"Promotion": {"Margin": 0.99}}),
    Variant(
        "dry run",
        "A dry run with a warm start, two scored trials and retraining.",
        "DryRun",
        {
            "DryRun": True,
            "ResourceLimits": TWO_TRIALS,
            "Evaluation": {"TopK": 2},
            "Retrain": {},
            "WarmStartConfig": {"WarmStartType": "TransferLearning", "LatestParents": 1},
        },
    ),
    Variant(
        "unhealthy",
        "The new model answers NaN, so that the champion is restored.",
        "EndpointUnhealthy",
        {"Evaluation": False},
        _NAN,
    ),
    Variant(
        "first unhealthy",
        "The same without a champion: the endpoint is deleted again.",
        "EndpointUnhealthy",
        {"Evaluation": False},
        _NAN,
        champion=False,
    ),
    Variant(
        "no trial",
        "Every training process is killed.",
        "NoTrialSucceeded",
        faults=({"kind": "kill-training", "name": "{prefix}-*", "times": None},),
    ),
    Variant(
        "tuning lost",
        "The tuning job cannot be looked at while it runs.",
        "AccessDenied",
        SLOW,
        (task("RunTuning", "DescribeHyperParameterTuningJob", "access-denied"),),
    ),
    Variant(
        "retraining lost",
        "The retraining cannot be looked at while it runs.",
        "AccessDenied",
        {"Evaluation": False, "Retrain": {}},
        (task("RetrainBest", "DescribeTrainingJob", "access-denied"),),
    ),
    Variant(
        "aborted",
        "A person stops the execution while the endpoint serves the new model, not proven yet.",
        "Cancelled",
        {"Evaluation": False},
        (_hang("VerifyEndpoint"),),
        meanwhile=stop_at("VerifyEndpoint"),
    ),
    Variant(
        "first aborted",
        "The same without a champion.",
        "Cancelled",
        {"Evaluation": False},
        (_hang("VerifyEndpoint"),),
        champion=False,
        meanwhile=stop_at("VerifyEndpoint"),
    ),
    Variant(
        "tuning aborted",
        "A person stops the execution while it tunes.",
        "Cancelled",
        SLOW,
        meanwhile=stop_while_tuning,
    ),
)
BY_NAME = {variant.name: variant for variant in VARIANTS}
