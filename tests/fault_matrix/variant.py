"""One kind of run of the workflow: its input, and what goes on around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fault_matrix.observation import earlier_champion
from tests.fault_matrix.stack import Stack

Document = dict[str, Any]
SUCCEEDED = ("Deployed", "RolledBack", "KeptChampion", "NotApproved", "DryRun", "ScalingFailed")


@dataclass(frozen=True)
class Variant:
    """`outcome` is how it ends without an injected fault in its calls.

    `fields` of the execution input replace those of the base; `faults` are what makes a variant
    fail, rules in which `{prefix}` is the stack's. `champion` tells whether something serves
    before, and `before` is the run that must have brought it there. `data` is the folder of the
    channels and `test_channel` that of the rows that judge, `meanwhile` what a person does while it
    runs.
    """

    name: str
    about: str
    outcome: str
    fields: Document = field(default_factory=dict)
    faults: tuple[dict[str, Any], ...] = ()
    champion: bool = True
    before: Variant | None = None
    data: str = "matrix"
    test_channel: str = "test"
    meanwhile: Callable[[Stack, str], None] | None = None

    @property
    def aborted(self) -> bool:
        return self.outcome == "Cancelled"

    @property
    def succeeds(self) -> bool:
        return self.outcome in SUCCEEDED

    @property
    def keeps_one(self) -> bool:
        """Whether the champion before the one that serves is kept."""
        return "Retention" in self.fields

    def document(self, stack: Stack) -> Document:
        """The execution input: its StaticHyperParameters are added to those of the base."""
        base = _base(stack, self.data, self.test_channel)
        document = base | self.fields
        static = base["StaticHyperParameters"] | self.fields.get("StaticHyperParameters", {})
        document["StaticHyperParameters"] = static
        if self.fields.get("Evaluation") is False:
            document["Channels"] = {n: base["Channels"][n] for n in ("train", "validation")}
            del document["Evaluation"], document["Promotion"]
        if "Prepare" in document:
            del document["Channels"]
            bucket = stack.outputs["DataBucketName"]
            document["Prepare"] = {"Table": f"s3://{bucket}/matrix/table/", "Label": "label"}
        if "Retrain" in document:
            document["Retrain"] = {"Channels": {"train": base["Channels"]["train"]}}
        if "Rollback" in document:
            document["Rollback"] = {"EndpointConfigName": earlier_champion(stack)}
        endpoint = base["Endpoint"] | self.fields.get("Endpoint", {})
        return document | {"Endpoint": endpoint}


def filled(rule: dict[str, Any], stack: Stack) -> dict[str, Any]:
    """A rule with the stack's own names in it."""
    return {
        key: value.format(prefix=stack.prefix) if isinstance(value, str) else value
        for key, value in rule.items()
    }


def _base(stack: Stack, data: str, test_channel: str) -> Document:
    folder = f"s3://{stack.outputs['DataBucketName']}/{data}"
    folders = {"train": "train", "validation": "validation", "test": test_channel}
    return {
        "Channels": {channel: f"{folder}/{name}/" for channel, name in folders.items()},
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "eval_metric": "auc",
            "num_round": "3",
        },
        # Each run finds another model: a Bayesian one always begins at the centre.
        "Strategy": "Random",
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.9"}},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
        "Evaluation": {},
        # Any candidate is good enough, so that every run goes all the way.
        "Promotion": {"Margin": -1, "Guardrails": {}},
        "Endpoint": {"EndpointName": stack.endpoint},
        # Every run has something to prune.
        "Retention": {"KeepModels": 0, "KeepModelPackages": 0},
    }


def task(state: str, operation: str, kind: str, **more: Any) -> dict[str, Any]:
    caller = f"states.{{prefix}}.{state}"
    return {"kind": kind, "caller": caller, "operation": operation, "times": None, **more}
