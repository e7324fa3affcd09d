"""The fixture `local_aws` in somebody's own project, which has no conftest.py."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from local_sagemaker.process.free_port import free_port

TWO_TESTS = """
import os

def test_bucket_is_made(local_aws):
    local_aws.client("s3").create_bucket(Bucket="models")

def test_bucket_is_there(local_aws):
    buckets = local_aws.client("s3").list_buckets()["Buckets"]
    assert [bucket["Name"] for bucket in buckets] == ["models"]
    assert local_aws.environment()["AWS_ENDPOINT_URL"] == local_aws.endpoint_url
"""
BUCKET_IN_AN_EMPTY_SERVER = """
def test_bucket_is_the_first(local_aws):
    s3 = local_aws.client("s3")
    assert s3.list_buckets()["Buckets"] == []
    s3.create_bucket(Bucket="models")
"""
FAULTS = """
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ONCE = Config(retries={"total_max_attempts": 1})

def test_fault(local_aws_faults):
    local_aws_faults.add_fault("throttling", operation="ListModels", times=None)
    with pytest.raises(ClientError, match="Rate exceeded"):
        local_aws_faults.client("sagemaker", config=ONCE).list_models()

def test_fault_has_gone_with_its_test(local_aws):
    local_aws.client("sagemaker", config=ONCE).list_models()
    assert local_aws.calls(operation="ListModels")[-1]["status"] == 200
"""
TELLING = """
import pathlib, time

def test_tells(local_aws):
    pathlib.Path("pid").write_text(str(local_aws.server.pid))
    pathlib.Path("url").write_text(local_aws.endpoint_url)
    {then}
"""


def test_server_is_one_for_the_session(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TWO_TESTS)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_faults_end_with_the_test_that_asked_for_them(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FAULTS)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_server_ends_with_the_session(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TELLING.format(then=""))
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
    assert not psutil.pid_exists(int(Path(pytester.path / "pid").read_text()))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=lambda end: end.name)
def test_server_ends_with_a_session_that_is_killed(
    pytester: pytest.Pytester, end: signal.Signals
) -> None:
    pytester.makepyfile(TELLING.format(then="time.sleep(60)"))
    session = subprocess.Popen([sys.executable, "-m", "pytest", "-q"], cwd=pytester.path)
    told = pytester.path / "url"
    while not told.exists() or not told.read_text():
        assert session.poll() is None
    server = psutil.Process(int((pytester.path / "pid").read_text()))
    session.send_signal(end)
    session.wait(60)
    server.wait(60)


def test_options_of_the_ini_file_choose_port_and_directory(pytester: pytest.Pytester) -> None:
    port = free_port()
    pytester.makeini(f"[pytest]\nlocal_aws_port = {port}\nlocal_aws_directory = state")
    pytester.makepyfile(TELLING.format(then=""))
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
    assert (pytester.path / "url").read_text() == f"http://localhost:{port}"
    assert "Local AWS has stopped" in (pytester.path / "state" / "server.log").read_text()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("wait-scale", "soon", "local_aws_wait_scale: 'soon' is no scale of waits: give a number"),
        ("wait-scale", "nan", "local_aws_wait_scale: 'nan' is no scale of waits"),
        ("port", "70000", "local_aws_port: '70000' is no port: give a whole number from 1 to"),
        ("port", "0", "local_aws_port: '0' is no port"),
        ("quotas", "ml.m5.large", "local_aws_quotas: 'ml.m5.large' is no quota: give its name"),
        (
            "quotas",
            "GPUs=2",
            "local_aws_quotas: 'GPUs' is no quota of SageMaker that local AWS has",
        ),
    ],
)
def test_option_that_cannot_be_meant_is_refused(
    pytester: pytest.Pytester, option: str, value: str, words: str
) -> None:
    pytester.makepyfile(TELLING.format(then=""))
    result = pytester.runpytest_subprocess(f"--local-aws-{option}={value}")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(f"*{words}*")


def test_each_worker_of_xdist_has_its_own_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_0=BUCKET_IN_AN_EMPTY_SERVER, test_1=BUCKET_IN_AN_EMPTY_SERVER)
    pytester.runpytest_subprocess("-n", "2", "--dist", "loadfile").assert_outcomes(passed=2)
