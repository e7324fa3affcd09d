"""$approval: what a person decided about a model package, and how the execution is told."""

from __future__ import annotations

from typing import ClassVar

from tuning.variables.variable import Variable


class ApprovalAnswer(Variable):
    """As DescribeModelPackage tells it; the status is Deleted when somebody has deleted it."""

    model_approval_status: str
    approval_description: str


class WaitingExecution(Variable):
    """The content of FILE: AwaitApproval writes it, ResumeExecution uses it."""

    FILE: ClassVar = "approval.json"  # in the execution's folder

    model_package_arn: str
    task_token: str  # of the state that waits
