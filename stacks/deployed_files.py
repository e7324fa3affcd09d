"""Where the files lie that are deployed as they are, in a checkout and in an installed wheel.

A wheel has them inside this package (pyproject.toml), since beside it other distributions lie.
Lambda layers are built: in a checkout below `build/`, for a wheel in the user's cache, where all
apps share them.
"""

import os
from pathlib import Path

import tuning

_PACKAGE = Path(__file__).parent
_INSTALLED = (_PACKAGE / "statemachine").is_dir()
_ROOT = _PACKAGE if _INSTALLED else _PACKAGE.parent


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "retune"


STATE_MACHINES = _ROOT / "statemachine"
LOCKS = _ROOT / "lambda"
FUNCTIONS = Path(tuning.__file__).parent.parent  # the folder that holds the package `tuning`
LAYERS = (_cache() if _INSTALLED else _ROOT / "build") / "layers"
