"""Paths of a container that a directory of this machine stands for: those below /opt/ml."""

from __future__ import annotations

from pathlib import Path

from local_sagemaker.containers.directories import OPT_ML
from local_sagemaker.files.foreign_names import RefusedName, path_below

_ML_ROOT = f"{OPT_ML}/"


def is_below_opt_ml(path: str) -> bool:
    try:
        return path.startswith(_ML_ROOT) and bool(inside(Path(OPT_ML), path))
    except RefusedName:
        return False


def inside(ml_root: Path, path: str) -> Path:
    """Where a path below /opt/ml is, if ml_root stands for /opt/ml; raises RefusedName."""
    return path_below(ml_root, path.removeprefix(_ML_ROOT))
