"""Which files of lambda/ reach AWS: those that functions need, and nothing beside them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from aws_cdk import App, Stack, aws_lambda

from stacks.deployed_files import FUNCTIONS
from stacks.retune_function import source_code

# Of the report's script, the bundle is deployed and not what it is made of.
DEPLOYED = ("tuning", ":(exclude)tuning/report/page", ":(glob)preparation/*.py")
STRAY = (
    ".env",
    "tuning/.env",
    "tuning/notes.txt",
    "tuning/secrets.json",
    "tuning/aws/objects.py~",
    "tuning/aws/objects.py.orig",
    "tuning/aws/.objects.py.swp",
    "tuning/aws/.#objects.py",
    "tuning/aws/.env.py",
    "tuning/__pycache__/errors.cpython-314.pyc",
    "tuning/report/report.html",
    "other/module.py",
    "preparation/engine/module.py",
    "preparation/notes.txt",
    "key.pem",
)


@pytest.fixture
def deployed(tmp_path: Path) -> set[str]:
    """The files of the asset of a copy of lambda/, in which stray files lie."""
    folder, out = tmp_path / "lambda", tmp_path / "cdk.out"
    shutil.copytree(FUNCTIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in STRAY:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("stray")
    app = App(outdir=str(out))
    aws_lambda.Function(
        Stack(app, "stack"),
        "Function",
        code=source_code(folder),
        handler="tuning.handler",
        runtime=aws_lambda.Runtime.PYTHON_3_14,
    )
    app.synth()
    (asset,) = out.glob("asset.*")
    return {str(path.relative_to(asset)) for path in asset.rglob("*") if path.is_file()}


def test_files_of_the_repository_that_functions_need_are_deployed_and_no_others(
    deployed: set[str],
) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *DEPLOYED],
        cwd=FUNCTIONS,
        capture_output=True,
        text=True,
        check=True,
    )
    assert deployed == {name for name in listed.stdout.split() if not name.endswith(".pyi")}
