"""Who may touch no more of the data bucket than what executions have kept there."""

import json
from typing import Any

import pytest

from tests.stacks.policies import as_list, statements


@pytest.mark.parametrize(
    "function", ["DeployEndpoint", "Notify", "ReadProgress", "ResumeExecution", "SweepExecutions"]
)
def test_function_reads_folders_of_executions_only(
    resources: dict[str, Any], function: str
) -> None:
    readable = [
        json.dumps(arn)
        for statement in statements(resources, f"Functions{function}Role")
        if "s3:GetObject" in as_list(statement["Action"])
        for arn in as_list(statement["Resource"])
    ]
    assert readable
    assert not [arn for arn in readable if "/runs/*" not in arn]
