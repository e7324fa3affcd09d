"""`retune local`: a real server in the background."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

pytestmark = pytest.mark.slow


def test_status_without_a_server_ends_with_3(retune: Any) -> None:
    for command in ("status", "env"):
        result = retune("local", command)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "retune local start" in result.stderr


def test_stop_without_a_server_is_fine(retune: Any) -> None:
    result = retune("local", "stop")
    assert result.exit_code == 0
    assert "not running" in result.stderr


def test_directory_that_cannot_be_made_is_named(retune: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = retune("local", "start", "--directory", str(tmp_path / "file" / "inside"))
    assert result.exit_code == 1
    assert "file/inside cannot be written: Not a directory. Choose another one." in result.stderr


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--port=0", "greater than or equal to 1"),
        ("--port=70000", "less than or equal to 65535"),
        ("--wait-scale=-1", "greater than or equal to 0"),
        ("--wait-scale=nan", "less than or equal to 1"),
        ("--quota=GPUs=1", "'GPUs' is no quota of SageMaker that local AWS has: give"),
    ],
)
def test_option_that_cannot_be_meant_is_refused(retune: Any, option: str, words: str) -> None:
    result = retune("local", "start", option)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", "").split())


def test_directory_that_is_a_file_has_no_server(retune: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = retune("local", "stop", "--directory", str(tmp_path / "file"))
    assert (result.exit_code, "was not running" in result.stderr) == (0, True)


def test_another_directory_is_part_of_the_advice(retune: Any, tmp_path: Path) -> None:
    result = retune("local", "status", "--directory", str(tmp_path / "a b"))
    assert f"retune local start --directory '{tmp_path}/a b'" in result.stderr


@pytest.fixture
def directory(tmp_path: Path) -> Any:
    yield tmp_path / "local-aws"
    background.stop(tmp_path / "local-aws")


def test_server_starts_answers_and_stops(retune: Any, directory: Path) -> None:
    port = str(free_port())
    assert retune("local", "start", "--port", port).exit_code == 0
    assert retune("local", "start", "--port", port).exit_code == 0
    assert f"http://localhost:{port}" in retune("local", "status").stdout
    told = json.loads(retune("local", "status", "--format", "json").stdout)
    assert told["EndpointUrl"] == f"http://localhost:{port}"

    exports = retune("local", "env").stdout
    asked = 'eval "$EXPORTS"; aws cloudformation list-stacks --query "length(StackSummaries)"'
    environment = {"EXPORTS": exports, "PATH": f"{Path('.venv/bin').resolve()}:/usr/bin:/bin"}
    shell = subprocess.run(
        ["bash", "-c", asked], env=environment, capture_output=True, text=True, check=False
    )
    assert shell.stdout.strip() == "0", shell.stderr

    other = retune("local", "start", "--port", str(free_port()))
    assert other.exit_code == 1
    assert f"already runs on port {port}" in other.stderr
    assert "stopped" in retune("local", "stop").stderr
    assert retune("local", "status").exit_code == 3


def test_a_port_in_use_is_named(retune: Any, local_aws: Any) -> None:
    port = local_aws.endpoint_url.rsplit(":", 1)[1]
    result = retune("local", "start", "--port", port)
    assert result.exit_code == 1
    assert f"Port {port} is taken" in result.stderr


def test_state_is_saved_and_a_server_begins_with_it(
    retune: Any, directory: Path, tmp_path: Path
) -> None:
    port, file = str(free_port()), str(tmp_path / "state.zip")
    assert retune("local", "start", "--port", port).exit_code == 0
    assert retune("local", "save", file).stderr == f"Local AWS is saved in {file}.\n"
    assert retune("local", "load", file).stderr == f"Local AWS has what {file} holds.\n"
    again = retune("local", "load", file)
    assert again.exit_code == 2
    assert "Local AWS is not empty." in again.stderr
    assert retune("local", "stop").exit_code == 0
    started = retune("local", "start", "--port", port, "--load", file)
    assert started.stderr.startswith(f"Local AWS has what {file} holds.\nLocal AWS answers at ")


def test_no_server_is_started_for_a_file_that_there_is_not(
    retune: Any, directory: Path, tmp_path: Path
) -> None:
    missing = str(tmp_path / "none.zip")
    started = retune("local", "start", "--port", str(free_port()), "--load", missing)
    assert started.exit_code == 2
    assert started.stderr == f"Error: {missing} cannot be read: No such file or directory.\n"
    assert not directory.exists()


def test_a_server_that_cannot_begin_with_a_file_is_stopped_again(
    retune: Any, directory: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.zip"
    other.write_text("not a state")
    started = retune("local", "start", "--port", str(free_port()), "--load", str(other))
    assert started.exit_code == 2
    assert str(other) in started.stderr
    assert retune("local", "status").exit_code == 3
