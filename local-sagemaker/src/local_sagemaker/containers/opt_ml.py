"""Makes /opt/ml lead to a job's folder, for a script of somebody's own.

Scripts of SageMaker spell out /opt/ml/processing/input or /opt/ml/model. Where the system lets a
process have a view of its files of its own, as Linux does unless somebody has forbidden it, the
folder lies there, for this process and those that it starts. Elsewhere paths below /opt/ml in
arguments and variables are those below the folder, and a path in the script leads nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from local_sagemaker.containers import own_mounts
from local_sagemaker.containers.directories import OPT_ML, led_to

_ROOT = "ML_ROOT"


def settle(arguments: Sequence[str]) -> list[str]:
    """The arguments, and the variables of this process, as they are of use from now on.

    To be called while this process has one thread.
    """
    root = Path(os.environ[_ROOT])
    if own_mounts.show(root, Path(OPT_ML)):
        os.environ[_ROOT] = OPT_ML
        return list(arguments)
    for name, text in os.environ.items():
        os.environ[name] = led_to(root, text)
    return [led_to(root, text) for text in arguments]
