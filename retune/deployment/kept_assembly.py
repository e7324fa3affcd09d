"""On local AWS an app that nothing has changed of is not synthesized again.

A developer deploys many times a day, and to synthesize takes longer than all the rest of a
deployment that changes nothing. What an assembly was made of is told by a digest of every file and
option that the app reads. To AWS only what was synthesized for it is deployed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from retune.deployment.settings import read_settings
from retune.project import ROOT

KEPT = ROOT / "build" / "assemblies"
_MOST = 3  # assemblies that are kept, each of 50 MB, most of it layers
_READ = ("app.py", "cdk.json", "cdk.context.json", "configuration", "lambda", "retune.toml",
         "stacks", "statemachine", "package-lock.json")  # fmt: skip
_LAYERS = ROOT / "build" / "layers"  # named after what is in them
_VARIABLES = ("CDK_", "JSII_", "AWS_REGION", "AWS_DEFAULT_REGION")
_PACKAGES = ("aws-cdk-lib", "constructs", "jsii", "pydantic")


def fill(assembly: Path, context: dict[str, str], synthesize: Callable[[], None]) -> None:
    """Fills the empty folder with what was kept of this app with this context; else synthesizes.

    Files are linked and not copied; whoever deploys an assembly only reads it.
    """
    kept = KEPT / digest(context)
    if kept.exists():
        os.utime(kept)
        shutil.copytree(kept, assembly, copy_function=os.link, dirs_exist_ok=True)
        return
    synthesize()
    KEPT.mkdir(parents=True, exist_ok=True)
    # Renamed when it is whole: several deployments may run at once.
    with tempfile.TemporaryDirectory(dir=KEPT, prefix=".", ignore_cleanup_errors=True) as draft:
        shutil.copytree(assembly, draft, copy_function=os.link, dirs_exist_ok=True)
        if not kept.exists():
            Path(draft).rename(kept)
    _forget()


def digest(context: Mapping[str, str]) -> str:
    """Of all that decides what is synthesized."""
    models = Path(ROOT, read_settings(dict(context)).models)
    said = {
        "context": dict(context),
        "environment": {k: v for k, v in os.environ.items() if k.startswith(_VARIABLES)},
        "packages": {name: version(name) for name in _PACKAGES},
        "layers": sorted(path.name for path in _LAYERS.iterdir()),
    }
    found = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for root in (*(ROOT / name for name in _READ), models):
        for path in _files(root):
            found.update(f"\0{path}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:32]


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _forget() -> None:
    """The oldest ones; another process may forget the same at this moment."""
    kept = sorted(KEPT.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_MOST:]:
        shutil.rmtree(path, ignore_errors=True)
