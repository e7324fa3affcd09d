"""The program of the state Prepare as one file, prepare.pyz, which is deployed as an S3 asset.

Python runs it as it is. It holds the package `preparation` and the packages of its lock file for
the Python of SageMaker's XGBoost image; PlanTuning copies it into the run's folder, where the
training role may read it.
"""

import hashlib
import shutil
import zipfile
from pathlib import Path

from aws_cdk import aws_s3_assets
from constructs import Construct

from stacks import deployed_files, layers

_START = "archive.py"


def program_path() -> Path:
    """The file; built if it never was from these sources and this lock.

    Raises:
        LayerNotBuilt: a package cannot be installed.
    """
    packages = layers.zip_path("preparation")
    folder = deployed_files.FUNCTIONS / "preparation"
    files = {path.relative_to(folder.parent): path for path in sorted(folder.rglob("*.py"))}
    digest = hashlib.sha256(packages.name.encode())
    for name, path in files.items():
        digest.update(f"{name}\0".encode() + path.read_bytes())
    target = deployed_files.LAYERS / f"prepare-{digest.hexdigest()[:16]}.pyz.zip"
    if not target.exists():
        unfinished = target.with_suffix(".new")
        shutil.copy(packages, unfinished)
        with zipfile.ZipFile(unfinished, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, path in {Path("__main__.py"): folder / _START, **files}.items():
                layers.add(archive, str(name), path.read_bytes())
        unfinished.replace(target)
    return target


class PreparationProgram(aws_s3_assets.Asset):
    """The deployed file."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, path=str(program_path()))
