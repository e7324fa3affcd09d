"""Builds the Lambda layers without Docker.

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
}
RUNTIME = aws_lambda.Runtime.PYTHON_3_14
ARCHITECTURE = aws_lambda.Architecture.ARM_64
_PLATFORM = (
    "--python-version", RUNTIME.name.removeprefix("python"),
    "--python-platform", "aarch64-manylinux_2_28",
)  # fmt: skip

# A fixed time stamp makes equal content an equal zip, and so an unchanged asset.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class LayerNotBuilt(RuntimeError):
    """The packages of a layer could not be installed."""


def zip_path(layer: str) -> Path:
    """The layer as Lambda wants it, packages under python/; built if it never was from this lock.

    Raises:
        LayerNotBuilt: with the reason and what to do.
    """
    content = LOCKS[layer].read_bytes() + " ".join(_PLATFORM).encode()
    path = deployed_files.LAYERS / f"{layer}-{hashlib.sha256(content).hexdigest()[:16]}.zip"
    if not path.exists():
        print(f"Building the Lambda layer {path} ...", file=sys.stderr)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _install(layer, Path(folder) / "python")
            _zip(Path(folder), path)
    return path


def _install(layer: str, target: Path) -> None:
    command = [
        find_uv_bin(), "pip", "install", "--quiet", "--require-hashes",
        "--requirement", str(LOCKS[layer]), "--target", str(target), "--only-binary", ":all:",
        "--python", sys.executable, *_PLATFORM,
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
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    unfinished.replace(target)


if __name__ == "__main__":
    for name in LOCKS:
        zip_path(name)
