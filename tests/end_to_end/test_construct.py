"""Retune in the CDK app of another team: the wheel in an empty environment, the app of the docs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import venv
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import (
    CDK_ENVIRONMENT,
    ROOT,
    SMALL_RUN,
    Deployment,
    environment_of,
    outputs_of,
    succeed,
    upload_customers,
)

pytestmark = pytest.mark.slow
UV = ROOT / ".venv" / "bin" / "uv"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin of an environment that holds the wheel and what that needs, as locked here."""
    folder = tmp_path_factory.mktemp("stranger")
    succeed(run(UV, "build", "--wheel", "--no-build-isolation", ROOT, "--out-dir", folder))
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    install: list[str | Path] = [UV, "pip", "install", "--python", python]
    install += ["--constraint", ROOT / "requirements-dev.txt", wheel]
    if run(*install, "--offline").returncode:
        succeed(run(*install))
    return python.parent


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the app that docs/construct.md shows, outside of this repository."""
    folder = tmp_path_factory.mktemp("app")
    page = (ROOT / "docs" / "construct.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (folder / "app.py").write_text(example)
    (folder / "models").mkdir()
    (folder / "models" / "churn.json").write_text(json.dumps({"Promotion": None} | SMALL_RUN))
    return folder


@pytest.fixture(scope="module")
def assembly(programs: Path, app: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache = tmp_path_factory.mktemp("cache")
    succeed(synthesize(programs, app, cache))
    assert {path.name.split("-")[0] for path in (cache / "retune" / "layers").iterdir()} == {
        "core",
        "report",
        "preparation",
        "prepare",  # the program, with the packages of the one before
    }
    return app / "cdk.out"


def test_app_of_the_docs_deploys_and_tunes_its_model(assembly: Path, local_aws: Any) -> None:
    deployed = Deployment(local_aws.client, environment_of(local_aws), {}, assembly)
    succeed(deployed.cdk("deploy", "--require-approval", "never", app=assembly))
    deployed.outputs.update(outputs_of(local_aws.client, "scoring"))
    upload_customers(local_aws.client("s3"), deployed.outputs["DataBucketName"])
    ended = deployed.run({"ModelName": "churn"})
    assert json.loads(ended["output"])["Outcome"] == "Deployed", ended
    endpoint = local_aws.client("sagemaker").describe_endpoint(EndpointName="scoring-churn")
    assert endpoint["EndpointStatus"] == "InService"


def test_fault_of_a_model_is_told_with_its_line(
    programs: Path, app: Path, assembly: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "app"
    (wrong / "models").mkdir(parents=True)
    (wrong / "app.py").write_text((app / "app.py").read_text())
    (wrong / "models" / "churn.yaml").write_text("Algorithm: xgboost\nRandomSeeds: 3\n")
    told = synthesize(programs, wrong, tmp_path).stderr
    assert "models/churn.yaml:2: RandomSeeds = 3:" in told


def test_layer_that_cannot_be_built_says_what_is_needed(
    programs: Path, app: Path, tmp_path: Path
) -> None:
    nowhere = {"UV_CACHE_DIR": str(tmp_path / "uv"), "UV_OFFLINE": "1"}
    told = synthesize(programs, app, tmp_path, **nowhere).stderr
    assert "LayerNotBuilt: The Lambda layer 'core' cannot be built: uv does not install" in told
    assert "UV_DEFAULT_INDEX" in told


def test_command_line_says_that_it_is_not_part_of_it(programs: Path) -> None:
    told = run(programs / "retune", "models")
    assert told.returncode == 1
    assert "The command retune needs typer, which is not installed here." in told.stderr


def synthesize(
    programs: Path, app: Path, cache: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """As `cdk synth` runs an app: in its folder. uv keeps the cache that it has."""
    uv_cache = subprocess.check_output([UV, "cache", "dir"], text=True).strip()
    environment = {
        **os.environ,
        "PATH": CDK_ENVIRONMENT["PATH"],  # Node
        "CDK_OUTDIR": "cdk.out",
        "XDG_CACHE_HOME": str(cache),
        "UV_CACHE_DIR": uv_cache,
        **variables,
    }
    return run(programs / "python", "app.py", cwd=app, env=environment)


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)
