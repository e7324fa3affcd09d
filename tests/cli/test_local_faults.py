"""`retune local faults` and `retune local calls` against a running local AWS."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def local(retune: Any, local_aws: Any) -> Iterator[Any]:
    """`local("faults", "list")`: the command of the server that the tests share."""

    def run(*arguments: str) -> Any:
        directory = str(local_aws.directory)
        return retune("local", *arguments, RETUNE_LOCAL_DIRECTORY=directory)

    yield run
    local_aws.remove_faults()


def test_fault_is_added_listed_met_and_cleared(local: Any, local_aws: Any) -> None:
    added = local(
        "faults", "add", "access-denied", "--service", "sagemaker", "--operation", "ListModels"
    )
    assert added.exit_code == 0, added.output
    number = added.stdout.strip()
    with pytest.raises(ClientError, match="AccessDenied"):
        local_aws.client("sagemaker").list_models()
    local_aws.client("sagemaker").list_models()  # once, unless told otherwise

    row = next(line for line in local("faults", "list").stdout.splitlines() if number in line)
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        number, "access-denied", "service sagemaker, operation ListModels", "1", "1",
    ]  # fmt: skip
    assert local("faults", "clear", number).exit_code == 0
    assert "No faults" in local("faults", "list").stderr


def test_fault_happens_as_often_as_asked(local: Any) -> None:
    local("faults", "add", "kill-training", "--name", "none", "--times", "3")
    local("faults", "add", "timeout", "--service", "sqs", "--seconds", "0.5", "--always")
    rules = json.loads(local("faults", "list", "--format", "json").stdout)
    assert [(rule["times"], rule["name"]) for rule in rules] == [(3, "none"), (None, "*")]
    assert rules[1]["seconds"] == 0.5
    assert local("faults", "clear").exit_code == 0
    assert local("faults", "list", "--format", "json").stdout.strip() == "[]"


MISTAKES = {
    "kind": (["throtling"], ["throtling", "throttling, access-denied", "function-timeout"]),
    "service": (["timeout", "--service", "sagmaker"], ["sagmaker", "Did you mean sagemaker"]),
    "signing name": (["timeout", "--service", "states"], ["Did you mean stepfunctions?"]),
    "operation": (
        ["timeout", "--service", "sagemaker", "--operation", "CreateModell"],
        ["CreateModell", "sagemaker", "Did you mean CreateModel"],
    ),
    "caller": (["timeout", "--caller", "lamda.f"], ["lamda.f", "client", "lambda", "states"]),
    "member of the other kind": (["timeout", "--name", "job"], ["does not look at name"]),
    "once and always": (["timeout", "--times", "2", "--always"], ["--times", "--always"]),
    "number": (["timeout", "--times", "0"], ["--times"]),
}


@pytest.mark.parametrize(("arguments", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_fault_that_cannot_be_meant_is_refused(
    local: Any, arguments: list[str], words: list[str]
) -> None:
    refused = local("faults", "add", *arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert [word for word in words if word not in refused.stderr] == []
    assert "No faults" in local("faults", "list").stderr


def test_fault_that_is_not_there_is_named(local: Any) -> None:
    refused = local("faults", "clear", "4711")
    assert refused.exit_code == 2
    assert "no fault 4711" in refused.stderr


def test_calls_are_shown_chosen_and_forgotten(local: Any, local_aws: Any) -> None:
    local("calls", "--forget")
    local_aws.client("sagemaker").list_models()
    with pytest.raises(ClientError):
        local_aws.client("sagemaker").describe_model(ModelName="none")

    def shown(*options: str) -> list[str]:
        calls = json.loads(
            local("calls", "--caller", "client", *options, "--format", "json").stdout
        )
        return [call["operation"] for call in calls]

    assert shown("--service", "sage*") == ["ListModels", "DescribeModel"]
    assert shown("--operation", "describe*") == ["DescribeModel"]
    assert shown("--failed") == ["DescribeModel"]
    table = local("calls", "--operation", "DescribeModel").stdout
    assert all(word in table for word in ("client", "sagemaker", "400", "ValidationException"))
    local("calls", "--forget")
    assert "No such calls" in local("calls", "--caller", "client").stderr


def test_nothing_is_asked_of_a_server_that_does_not_run(retune: Any) -> None:
    for command in (["faults", "list"], ["calls"], ["faults", "add", "timeout"]):
        result = retune("local", *command)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "retune local start" in result.stderr
