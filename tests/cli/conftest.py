"""The command line in this process, with an environment that reaches no account."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from retune.cli import app

Run = Callable[..., Any]

NOWHERE = {
    "AWS_ENDPOINT_URL": None,
    "AWS_PROFILE": None,
    "AWS_ACCESS_KEY_ID": None,
    "AWS_SECRET_ACCESS_KEY": None,
    "AWS_SESSION_TOKEN": None,
    "AWS_REGION": None,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": "/nonexistent",
    "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    "AWS_EC2_METADATA_DISABLED": "true",
    "RETUNE_STACK": None,
    "RETUNE_PORT": None,
    "COLUMNS": None,
}
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@pytest.fixture(autouse=True)
def no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test processes side by side have COLUMNS, by which a table would be drawn for a terminal."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def retune(tmp_path: Path) -> Run:
    """`retune("watch", AWS_PROFILE="x", stdin="")`: variables by name, stdin as text."""
    nowhere = NOWHERE | {"RETUNE_LOCAL_DIRECTORY": str(tmp_path / "local-aws")}

    def run(*arguments: str, stdin: str | None = None, **variables: str | None) -> Any:
        return CliRunner().invoke(app, arguments, input=stdin, env=nowhere | variables)

    return run


@pytest.fixture
def empty_aws(retune: Run, local_aws: Any) -> Run:
    """The command line talking to a local AWS in which no stack of its name is deployed."""

    def run(*arguments: str, stdin: str | None = None) -> Any:
        named = {**local_aws.server.variables, "RETUNE_STACK": "not-there"}
        return retune(*arguments, stdin=stdin, **named)

    return run
