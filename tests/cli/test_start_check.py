"""What would be refused is not started; who may not check may start all the same."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.errors import InputError
from retune.execution_input import input_check
from retune.execution_input.input_check import Findings
from retune.execution_input.start_check import check_before_start
from retune.stack import Stack

STACK = Stack("retune", {})


def told(monkeypatch: pytest.MonkeyPatch, found: Findings | ClientError) -> None:
    def check(aws: Any, stack: str, source: Any) -> Findings:
        if isinstance(found, ClientError):
            raise found
        return found

    monkeypatch.setattr(input_check, "check", check)
    check_before_start(None, STACK, {})  # type: ignore[arg-type]


def test_every_fault_is_told_and_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as refused:
        told(monkeypatch, Findings(faults=["eta = 3: too large.", "Colour = red: unknown."]))
    assert str(refused.value).splitlines() == [
        "eta = 3: too large.", "Colour = red: unknown.", "Nothing was started.",
    ]  # fmt: skip


def test_warnings_are_told_and_do_not_refuse(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told(monkeypatch, Findings(warnings=["A column is always the same."]))
    assert capsys.readouterr().err == "Warning: A column is always the same.\n"


def test_faults_of_a_document_without_what_is_deployed_do_not_refuse(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who may not read the deployed defaults cannot know whether they make it whole."""
    found = Findings(faults=["No role."], not_checked=["The defaults."], is_whole=False)
    told(monkeypatch, found)
    assert capsys.readouterr().err == "Warning: No role.\nNot checked: The defaults.\n"


def test_who_may_not_read_the_data_may_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    denied: Any = {"Error": {"Code": "AccessDenied", "Message": "Not you."}}
    told(monkeypatch, ClientError(denied, "ListObjectsV2"))
    said = capsys.readouterr().err
    assert said == "Not checked: AWS refused ListObjectsV2: AccessDenied: Not you.\n"
