"""Builds the Lambda layers without Docker, and the packages of the preparation's program.

uv picks the wheels of Lambda's platform from the lock files, whatever machine it runs on.

`make setup` runs this module, so that `cdk synth` needs no network. In an app that has installed
Retune the first synth builds them.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from aws_cdk import aws_lambda
from uv import find_uv_bin

from stacks import deployed_files

LOCKS = {
    "core": deployed_files.LOCKS / "requirements.txt",
    "report": deployed_files.LOCKS / "requirements-report.txt",
    "preparation": deployed_files.LOCKS / "requirements-preparation.txt",
}
RUNTIME = aws_lambda.Runtime.PYTHON_3_14
ARCHITECTURE = aws_lambda.Architecture.ARM_64
_LAMBDA = (RUNTIME.name.removeprefix("python"), "aarch64-manylinux_2_28", "python")
# The Python of SageMaker's XGBoost image 3.0-5, in which preparation.job runs.
_IMAGE = ("3.10", "x86_64-manylinux_2_28", "packages-3.10-x86_64")
_OF_PREPARATION = "preparation"

# A fixed time stamp makes equal content an equal zip, and so an unchanged asset.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class LayerNotBuilt(RuntimeError):
    """The packages of a layer could not be installed."""


def zip_path(layer: str) -> Path:
    """The layer as Lambda wants it, packages under python/; built if it never was from this lock.

    Those of the preparation lie under the name that preparation.archive looks for.

    Raises:
        LayerNotBuilt: with the reason and what to do.
    """
    python, platform, folder_name = _IMAGE if layer == _OF_PREPARATION else _LAMBDA
    content = LOCKS[layer].read_bytes() + f"{python} {platform} {folder_name}".encode()
    path = deployed_files.LAYERS / f"{layer}-{hashlib.sha256(content).hexdigest()[:16]}.zip"
    if not path.exists():
        print(f"Building the Lambda layer {path} ...", file=sys.stderr)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _install(layer, python, platform, Path(folder) / folder_name)
            _zip(Path(folder), path)
    return path


def _install(layer: str, python: str, platform: str, target: Path) -> None:
    command = [
        find_uv_bin(), "pip", "install", "--quiet", "--require-hashes",
        "--requirement", str(LOCKS[layer]), "--target", str(target), "--only-binary", ":all:",
        "--python", sys.executable, "--python-version", python, "--python-platform", platform,
    ]  # fmt: skip
    installed = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if installed.returncode:
        raise LayerNotBuilt(
            f"The Lambda layer '{layer}' cannot be built: uv does not install {LOCKS[layer]}:\n"
            f"{installed.stderr.strip()}\n"
            "It asks PyPI, or the index that UV_DEFAULT_INDEX names, once for each version of "
            "Retune; synthesize where it is reached."
        )


def _zip(folder: Path, target: Path) -> None:
    unfinished = folder / target.name
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in paths:
            add(archive, str(path.relative_to(folder)), path.read_bytes())
    unfinished.replace(target)


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """A file whose entry tells nothing of when and where it was packed."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


if __name__ == "__main__":
    for name in LOCKS:
        zip_path(name)
