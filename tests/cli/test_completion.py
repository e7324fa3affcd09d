"""What a shell completes: the names of commands, models, environments, outcomes and executions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from retune import completion
from retune.cli import app
from retune.errors import UnavailableError
from retune.stack import Stack

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:retune"
NAMES = ["2026-11-29-150000-0a1b", "2026-11-28-150000-2c3d", "monday"]


class Account:
    def client(self, service: str) -> Any:
        return self

    def list_executions(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"stateMachineArn": MACHINE, "maxResults": 20}
        return {"executions": [{"name": name} for name in NAMES]}


def completed(line: str) -> list[str]:
    """As bash asks for what may stand at the end of the line."""
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    asked["_RETUNE_COMPLETE"] = "complete_bash"
    return CliRunner().invoke(app, [], prog_name="retune", env=asked).output.split()


@pytest.fixture
def stacks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the stacks that were looked for."""
    asked: list[str] = []

    def find(aws: Any, name: str) -> Stack:
        asked.append(name)
        return Stack(name, {"StateMachineArn": MACHINE})

    monkeypatch.setattr(completion, "Aws", Account)
    monkeypatch.setattr(completion, "find_stack", find)
    return asked


def test_commands_models_and_outcomes() -> None:
    assert completed("retune li") == ["list"]
    assert completed("retune start b") == ["bank"]
    assert completed("retune list --outcome Deploy") == ["Deployed", "DeploymentFailed"]


@pytest.mark.parametrize("command", ["watch", "stop", "results", "compare monday", "logs"])
def test_newest_executions(command: str, stacks: list[str]) -> None:
    assert completed(f"retune {command} 2026-11-2") == NAMES[:2]
    assert stacks == ["retune"]


def test_executions_of_the_stack_that_is_named(stacks: list[str]) -> None:
    assert completed("retune watch --stack bank mon") == ["monday"]
    assert stacks == ["bank"]


def test_nothing_where_aws_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(aws: Any, name: str) -> Stack:
        raise UnavailableError("No.")

    monkeypatch.setattr(completion, "Aws", Account)
    monkeypatch.setattr(completion, "find_stack", find)
    assert completed("retune watch ") == []


def test_environments_of_the_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(completion, "ROOT", tmp_path)
    assert completed("retune deploy --environment ") == []
    (tmp_path / "retune.toml").write_text("[environments.prod]\n[environments.staging]\n")
    assert completed("retune deploy --environment ") == ["prod", "staging"]
    (tmp_path / "retune.toml").write_text("[environments")
    assert completed("retune deploy --environment ") == []
