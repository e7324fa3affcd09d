"""Builds the Lambda layers ahead, so that `cdk synth` needs neither Docker nor network.

`make setup` runs this module. uv picks the wheels of Lambda's platform from the lock files
whatever machine it runs on.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from aws_cdk import aws_lambda

ROOT = Path(__file__).parent.parent
DIRECTORY = ROOT / "build" / "layers"
LOCKS = {
    "core": ROOT / "lambda" / "requirements.txt",
    "report": ROOT / "lambda" / "requirements-report.txt",
}
RUNTIME = aws_lambda.Runtime.PYTHON_3_14
ARCHITECTURE = aws_lambda.Architecture.ARM_64

# A fixed time stamp makes equal content an equal zip, and so an unchanged asset.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def zip_path(layer: str) -> Path:
    """Where the built layer lies; FileNotFoundError with the fix when it was not built."""
    path = DIRECTORY / f"{layer}.zip"
    if not path.exists():
        raise FileNotFoundError(f"The Lambda layer {path} is not built. Run `make setup` first.")
    return path


def build(layer: str) -> None:
    """Installs a lock file for Lambda's platform and zips it as Lambda wants it, under python/."""
    with tempfile.TemporaryDirectory() as folder:
        _install(LOCKS[layer], Path(folder) / "python")
        DIRECTORY.mkdir(parents=True, exist_ok=True)
        _zip(Path(folder), DIRECTORY / f"{layer}.zip")


def _install(lock: Path, target: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    command = [
        str(uv), "pip", "install", "--quiet", "--require-hashes", "--requirement", str(lock),
        "--target", str(target), "--only-binary", ":all:",
        "--python-version", RUNTIME.name.removeprefix("python"),
        "--python-platform", "aarch64-manylinux_2_28",
    ]  # fmt: skip
    subprocess.run(command, check=True)


def _zip(folder: Path, target: Path) -> None:
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), _EPOCH)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    unfinished.replace(target)


if __name__ == "__main__":
    for name in LOCKS:
        build(name)
