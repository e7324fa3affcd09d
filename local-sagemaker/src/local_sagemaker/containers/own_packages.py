"""Lets a script install packages for itself, as in a container that is thrown away afterwards.

Scripts of SageMaker call `pip install`. The interpreter is that of the server, whose packages
stand for those of the image; none of them may be replaced by a job.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

_FOLDER = "packages"  # below /opt/ml


def install_apart() -> None:
    """From now on pip installs into a folder of the job, which comes first on the path.

    It is a prefix, since pip can build no package from its source where PIP_TARGET is set. With
    PIP_IGNORE_INSTALLED nothing is taken away that is installed already.
    """
    folder = Path(os.environ["ML_ROOT"], _FOLDER)
    os.environ |= {
        "PIP_PREFIX": str(folder),
        "PIP_IGNORE_INSTALLED": "1",
        "PIP_NO_WARN_SCRIPT_LOCATION": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    base = {"base": str(folder), "platbase": str(folder)}
    for place in {sysconfig.get_path(name, vars=base) for name in ("purelib", "platlib")}:
        Path(place).mkdir(parents=True, exist_ok=True)
        sys.path.insert(0, place)
