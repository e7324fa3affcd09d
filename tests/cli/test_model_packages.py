"""Which model package an execution waits with, and that it is decided on once."""

from __future__ import annotations

import io
import json
from typing import Any, cast

import pytest

from retune.aws import Aws
from retune.errors import InputError
from retune.executions.model_packages import find_model_package
from retune.stack import Stack
from tests.cli.test_history import MACHINE
from tests.cli.test_progress import START

STACK = Stack("retune", {"StateMachineArn": MACHINE, "DataBucketName": "retune-data"})
PACKAGE = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/retune/7"


class Waiting:
    """An account in which an execution runs whose package has this status."""

    def __init__(self, status: str, execution: str = "RUNNING") -> None:
        self.status, self.execution = status, execution

    def client(self, service: str) -> Any:
        return self

    def describe_execution(self, **given: Any) -> dict[str, Any]:
        return {"name": "monday", "status": self.execution, "startDate": START}

    def get_object(self, **given: Any) -> dict[str, Any]:
        return {"Body": io.StringIO(json.dumps({"ModelPackageArn": PACKAGE}))}

    def describe_model_package(self, *, ModelPackageName: str) -> dict[str, Any]:
        assert ModelPackageName == PACKAGE
        return {"ModelApprovalStatus": self.status}


def found(status: str, source: str) -> str:
    return find_model_package(cast(Aws, Waiting(status)), STACK, source)


def test_an_execution_waits_with_its_package() -> None:
    assert found("PendingManualApproval", "monday") == PACKAGE


@pytest.mark.parametrize("status", ["Approved", "Rejected"])
def test_who_decides_second_is_told_that_it_is_decided(status: str) -> None:
    """Its execution has gone on by the first: the registry would say what is not so."""
    with pytest.raises(InputError, match=f"execution monday is {status} already"):
        found(status, "monday")


def test_execution_that_has_ended_is_no_input_as_for_stop() -> None:
    with pytest.raises(InputError, match="monday waits no more for a decision: it is ABORTED"):
        find_model_package(cast(Aws, Waiting("PendingManualApproval", "ABORTED")), STACK, "monday")


def test_a_package_that_is_named_itself_can_be_decided_on_again() -> None:
    assert found("Approved", PACKAGE) == PACKAGE
