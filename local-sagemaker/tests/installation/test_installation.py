"""What a stranger gets: the wheel in an empty environment and a project with one test in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
WITHOUT_EXTRAS = Path(__file__).parent / "programs" / "without_extras.py"
PINNED = ROOT.parent / "requirements-dev.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--quiet", "--no-build-isolation", ROOT, "--out-dir", directory)
    (built,) = directory.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what that needs."""
    return environment(tmp_path_factory.mktemp("bare"), f"local-sagemaker @ {wheel.as_uri()}")


@pytest.fixture(scope="module")
def with_xgboost(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the extra xgboost, and pytest."""
    wanted = f"local-sagemaker[xgboost] @ {wheel.as_uri()}"
    return environment(tmp_path_factory.mktemp("xgboost"), wanted, "pytest")


def test_example_of_the_readme_passes_in_an_empty_project(
    with_xgboost: Path, tmp_path: Path
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "test_buyers.py").write_text(example)
    assert "1 passed" in run(with_xgboost / "python", "-m", "pytest", "-W", "error", cwd=tmp_path)


def test_linear_learner_trains_without_extras_and_what_needs_one_is_refused(
    bare: Path, tmp_path: Path
) -> None:
    told = json.loads(run(bare / "python", WITHOUT_EXTRAS, cwd=tmp_path))
    assert told["status"] == "Completed"
    assert told["refused"] == (
        "The algorithm XGBoost needs the extra 'xgboost' of local-sagemaker, which is not "
        "installed: pip install 'local-sagemaker[xgboost]', and start local AWS again."
    )
    assert told["importable"] == []


def test_parquet_without_its_extra_is_refused(with_xgboost: Path, tmp_path: Path) -> None:
    told = json.loads(run(with_xgboost / "python", WITHOUT_EXTRAS, "parquet", cwd=tmp_path))
    assert "Channel 'train', which is Parquet, needs the extra 'parquet'" in told["refused"]


def test_command_and_types_are_part_of_it(bare: Path) -> None:
    shown = run(bare / "local-sagemaker", "--help")
    assert all(name in shown for name in ("start", "run", "stop", "status", "env"))
    assert list(bare.parent.glob("lib/python*/site-packages/local_sagemaker/py.typed"))


def environment(directory: Path, *wanted: str) -> Path:
    """The bin of a new environment, with the versions of the lock file; no network if uv can."""
    venv.create(directory, symlinks=True)
    python = directory / "bin" / "python"
    install: list[str | Path] = [UV, "pip", "install", "--quiet", "--python", python]
    install += ["--constraint", PINNED, *wanted]
    if subprocess.run([*install, "--offline"], capture_output=True, check=False).returncode:
        run(*install)
    return directory / "bin"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
