"""$approval: what a person decided about a model package, and how the execution is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import ValidationError

from tuning.variables.variable import Variable


class ApprovalAnswer(Variable):
    """As DescribeModelPackage tells it; the status is Deleted when somebody has deleted it."""

    model_approval_status: str
    approval_description: str

    @classmethod
    def told(cls, document: Mapping[str, Any]) -> Self:
        """From $approval. Of a rejection the description is the cause that the state failed with.

        That is this answer as JSON, unless a person has failed the state with words of their own.
        """
        answer = cls.parse(document)
        try:
            return cls.model_validate_json(answer.approval_description)
        except ValidationError:
            return answer


class WaitingExecution(Variable):
    """The content of FILE: AwaitApproval writes it, ResumeExecution uses it."""

    FILE: ClassVar = "approval.json"  # in the execution's folder

    model_package_arn: str
    task_token: str  # of the state that waits
