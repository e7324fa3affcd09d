"""What a person decided about a model package."""

from __future__ import annotations

from tuning.variables.variable import Variable


class ApprovalAnswer(Variable):
    """Approved or Rejected, as DescribeModelPackage tells it."""

    model_approval_status: str
    approval_description: str
