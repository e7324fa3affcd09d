"""Expected faults: one clear text with the fix, an exit code, no traceback, nothing on stdout."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, SSOTokenLoadError
from local_sagemaker.process.free_port import free_port

from retune.aws_faults import explain
from tests.cli.conftest import CREDENTIALS

AWS_COMMANDS = (["watch"], ["results"], ["start"], ["predict", "-"], ["deploy"], ["destroy"])


def assert_fault(result: Any, exit_code: int, *words: str) -> None:
    assert result.exit_code == exit_code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("command", AWS_COMMANDS, ids=lambda command: command[0])
def test_nothing_that_answers_is_unavailable(retune: Any, command: list[str]) -> None:
    url = f"http://localhost:{free_port()}"
    result = retune(*command, stdin="1,2", AWS_ENDPOINT_URL=url, **CREDENTIALS)
    assert_fault(result, 3, url, "retune local start", "unset AWS_ENDPOINT_URL")


def test_an_address_that_is_none_is_named(retune: Any) -> None:
    result = retune("results", AWS_ENDPOINT_URL="localhost", **CREDENTIALS)
    assert_fault(result, 3, "AWS_ENDPOINT_URL = 'localhost': Invalid endpoint", "unset")


class Page(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(404)
        self.end_headers()
        self.wfile.write(b"<!doctype html><p>Nothing here<br>")

    def log_message(self, *_: Any) -> None:
        """Says nothing on stderr."""


@pytest.fixture
def somebody() -> Iterator[str]:
    """The address of a web server that is not AWS."""
    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("command", [["results"], ["deploy"]], ids=["results", "deploy"])
def test_another_program_at_the_address_is_told(
    retune: Any, somebody: str, command: list[str]
) -> None:
    result = retune(*command, AWS_ENDPOINT_URL=somebody, **CREDENTIALS)
    assert_fault(result, 3, f"What answers at {somebody} is not AWS", "retune local status")


@pytest.mark.parametrize(
    "command",
    [["watch"], ["results"], ["start"], ["predict", "-"], ["destroy"]],
    ids=lambda c: c[0],
)
def test_a_missing_stack_is_unavailable(empty_aws: Any, command: list[str]) -> None:
    assert_fault(empty_aws(*command, stdin="1,2"), 3, "'not-there'", "retune deploy", "--stack")


def test_missing_credentials_are_unavailable(retune: Any) -> None:
    assert_fault(retune("results"), 3, "no AWS credentials", "aws configure")


def test_a_missing_region_is_unavailable(retune: Any) -> None:
    result = retune("results", AWS_DEFAULT_REGION=None, **CREDENTIALS)
    assert_fault(result, 3, "AWS_DEFAULT_REGION")


def test_a_profile_that_does_not_exist_is_unavailable(retune: Any) -> None:
    assert_fault(retune("results", AWS_PROFILE="nobody"), 3, "nobody", "Correct AWS_PROFILE")


def test_an_error_tells_of_a_local_aws_that_runs_here(retune: Any, local_aws: Any) -> None:
    """But the command does not talk to it unasked."""
    result = retune("results", RETUNE_LOCAL_DIRECTORY=str(local_aws.directory))
    assert_fault(result, 3, local_aws.endpoint_url, 'eval "$(retune local env)"')


USAGE_ERRORS = {
    "unknown option": (["start", "--colour", "red"], "--colour"),
    "no jobs": (["start", "--max-jobs", "0"], "--max-jobs"),
    "unknown format": (["results", "--format", "xml"], "xml"),
    "unknown command": (["tune"], "tune"),
    "impossible port": (["local", "start", "--port", "70000"], "--port"),
    "setting without a value": (["deploy", "-c", "retune:region"], "key=value"),
    "no file of rows": (["predict", "none.csv"], "none.csv"),
    "no JSON": (["start", "--input", "-"], "not JSON"),
    "one channel": (["start", "--train", "s3://b/t/"], "--validation"),
}


@pytest.mark.parametrize(("command", "word"), USAGE_ERRORS.values(), ids=USAGE_ERRORS.keys())
def test_wrong_usage_ends_with_2(retune: Any, command: list[str], word: str) -> None:
    result = retune(*command, stdin="")
    assert result.exit_code == 2
    assert word in result.stderr


@pytest.mark.parametrize("command", ["start", "watch"])
def test_a_folder_that_cannot_be_made_is_refused_before_anything_runs(
    retune: Any, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("")
    options = ["--watch"] if command == "start" else []
    result = retune(command, *options, "--runs", str(tmp_path / "file" / "runs"))
    assert_fault(result, 2, "--runs", "file/runs cannot be made: Not a directory")


def refusal(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "DescribeStacks")


def test_local_aws_asks_for_its_own_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    for fault in (NoCredentialsError(), refusal("InvalidClientTokenId", "It is not known.")):
        error = explain(fault)
        assert error.exit_code == 3
        assert str(error).endswith('Those of local AWS: eval "$(retune local env)"')


def test_expired_credentials_are_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    error = explain(refusal("ExpiredToken", "The token has expired."))
    assert error.exit_code == 3
    assert "aws sso login" in str(error)
    sso = SSOTokenLoadError(profile_name="work", error_msg="expired")
    assert explain(sso).exit_code == 3


def test_a_refusal_is_told_in_the_words_of_aws() -> None:
    error = explain(refusal("AccessDenied", "User x may not do y"))
    assert error.exit_code == 1
    assert str(error) == "AWS refused DescribeStacks: AccessDenied: User x may not do y"
