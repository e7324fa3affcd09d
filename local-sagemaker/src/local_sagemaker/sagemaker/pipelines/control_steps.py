"""Condition and Fail steps."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.conditions import is_met
from local_sagemaker.sagemaker.pipelines.faults import StepFailed
from local_sagemaker.sagemaker.pipelines.step_run import StepRun


def decide(run: StepRun) -> Document:
    """Whether all conditions are met, as the property Outcome."""
    outcome = all(is_met(each) for each in run.arguments().get("Conditions", []))
    run.entry.tell(Condition={"Outcome": str(outcome)})
    return {"Outcome": outcome}


def fail(run: StepRun) -> Document:
    """Raises StepFailed with the step's ErrorMessage."""
    message = str(run.arguments().get("ErrorMessage", ""))
    run.entry.tell(Fail={"ErrorMessage": message})
    raise StepFailed(message)
