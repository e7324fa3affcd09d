"""What the command ends with: docs/outcomes.md has the table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from botocore.exceptions import ClientError
from tuning.failure.outcomes import OUTCOMES
from typer.testing import CliRunner

from retune.command_group import CommandGroup
from retune.errors import BROKEN_PIPE, INTERRUPTED
from retune.executions.execution import Execution
from retune.executions.outcome_codes import OUTCOME_CODES, end_with_code_of
from retune.output.terminal import confirm
from tests.cli.conftest import CREDENTIALS, Run
from tests.cli.test_progress import START

ROOT = Path(__file__).parents[2]
OUTCOMES_PAGE = ROOT / "docs" / "outcomes.md"


def ended_by(command: Any, stdin: str | None = None) -> Any:
    app = typer.Typer(cls=CommandGroup)
    app.command("it")(command)
    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["it"], input=stdin)


def test_option_of_another_type_is_one_line_and_2(retune: Run) -> None:
    ended = retune("history", "--last", "many")
    assert ended.exit_code == 2
    (line,) = ended.output.splitlines()
    assert line.startswith("Error: Invalid value 'many' for '--last': It must be an integer. See: ")
    assert line.endswith(" history --help")


@pytest.mark.parametrize("arguments", [("histroy",), ("--colour",), ("local", "sart")], ids=str)
def test_what_there_is_not_is_one_line_and_2(retune: Run, arguments: tuple[str, ...]) -> None:
    ended = retune(*arguments)
    assert ended.exit_code == 2
    (line,) = ended.output.splitlines()
    assert "?." not in line


def test_name_that_no_execution_has_is_2_and_tells_where_names_are(
    retune: Run, local_aws: Any
) -> None:
    """A script that waits for what is not there yet, by 3, would wait for ever."""
    arn = "arn:aws:states:us-east-1:123456789012:execution:not-there:x"
    outputs = ("DataBucketName", "StateMachineArn", "EndpointName")
    value = '"Value": "arn:aws:states:us-east-1:123456789012:stateMachine:not-there"'
    template = '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}, "Outputs": {%s}}'
    template %= ", ".join(f'"{name}": {{{value}}}' for name in outputs)
    cloudformation = local_aws.client("cloudformation")
    cloudformation.create_stack(StackName="exit-codes", TemplateBody=template)
    made = cloudformation.get_waiter("stack_create_complete")
    made.wait(StackName="exit-codes", WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    ended = retune("watch", arn, "--stack", "exit-codes", **local_aws.server.variables)
    assert ended.exit_code == 2, ended.output
    assert "`retune list` shows" in ended.output


def test_credentials_that_have_expired_are_3(retune: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: Any = {"Error": {"Code": "ExpiredTokenException", "Message": "The token has expired."}}

    def refuse(*_: Any) -> None:
        raise ClientError(refused, "DescribeStacks")

    monkeypatch.setattr("retune.commands.list_executions.find_stack", refuse)
    ended = retune("list", **CREDENTIALS)
    assert ended.exit_code == 3
    assert "AWS does not accept the credentials: The token has expired." in ended.output


def test_ctrl_c_is_130_also_where_a_question_waits() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert ended_by(interrupted).exit_code == INTERRUPTED
    assert ended_by(lambda: confirm("Stop it?"), stdin="").exit_code == INTERRUPTED


@pytest.mark.slow
def test_reader_that_goes_away_ends_it_quietly_with_141() -> None:
    shell = f"{sys.executable} -m retune space xgboost; echo $? >&2"
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write) as nobody:
        ended = subprocess.run(
            ["sh", "-c", shell], stdout=nobody, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
    assert ended.stderr.split() == [str(BROKEN_PIPE)]


@pytest.mark.parametrize(("outcome", "code"), OUTCOME_CODES.items(), ids=OUTCOME_CODES.keys())
def test_outcome_has_its_code_where_it_is_asked_for(outcome: str, code: int) -> None:
    ended = Execution("arn", "x", "SUCCEEDED", START, START, {"Outcome": outcome}, "", "")
    assert ended_by(lambda: end_with_code_of(ended)).exit_code == code


def test_every_outcome_of_an_execution_that_succeeds_has_a_code() -> None:
    """The first sentence of the document has them, but for those that it calls failures."""
    first = OUTCOMES_PAGE.read_text().split("One that fails")[0]
    assert set(re.findall(r"`(\w+)`", first)) == set(OUTCOME_CODES)
    assert set(OUTCOME_CODES) <= set(OUTCOMES)


def test_code_of_an_outcome_needs_somebody_who_waits_for_it(retune: Run) -> None:
    ended = retune("start", "--exit-code")
    assert ended.exit_code == 2
    assert "give --watch too" in ended.output


def test_documents_tell_every_code() -> None:
    table = dict(re.findall(r"^\| (\d+) \| (.*?) \|$", OUTCOMES_PAGE.read_text(), re.MULTILINE))
    codes = {0, 1, 2, 3, INTERRUPTED, BROKEN_PIPE, *OUTCOME_CODES.values()}
    assert {int(code) for code in table} == codes
    for outcome, code in OUTCOME_CODES.items():
        assert outcome in table[str(code)]
