"""`retune deploy` where an organisation has bootstrapped, with a qualifier and names of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import (
    environment_of,
    run_cdk,
    succeed,
)

PREFIX, QUALIFIER = "theirs", "mlops01"
REGION = "eu-west-1"  # in which no other test bootstraps


@pytest.fixture(scope="module")
def environment(local_aws: Any) -> dict[str, str]:
    """With a bootstrap stack under another name than the CDK's."""
    environment = {**environment_of(local_aws), "AWS_DEFAULT_REGION": REGION}
    environment["AWS_REGION"] = REGION
    named = ["--qualifier", QUALIFIER, "--toolkit-stack-name", "Platform"]
    succeed(run_cdk(environment, "bootstrap", *named, f"aws://123456789012/{REGION}"))
    return environment


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def deploy(environment: dict[str, str], models: Path, *context: str) -> Any:
    options = [f"retune:name_prefix={PREFIX}", f"retune:models={models}", *context]
    command = ["retune", "deploy", "--yes"]
    for option in options:
        command += ["-c", option]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_given_qualifier_needs_no_second_bootstrap(
    environment: dict[str, str], models: Path
) -> None:
    deployed = deploy(environment, models, f"@aws-cdk/core:bootstrapQualifier={QUALIFIER}")
    succeed(deployed)
    assert "cdk bootstrap" not in deployed.stderr
    assert "Write bootstrap_qualifier into retune.toml" in deployed.stderr


def test_without_it_the_next_deployment_makes_none_either(
    environment: dict[str, str], models: Path
) -> None:
    refused = deploy(environment, models)
    assert refused.returncode == 2, refused.stderr
    assert "cdk bootstrap" not in refused.stderr
    assert f'Write bootstrap_qualifier = "{QUALIFIER}" into retune.toml.' in refused.stderr
