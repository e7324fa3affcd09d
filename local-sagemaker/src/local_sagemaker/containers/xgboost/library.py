"""The XGBoost library, imported without scikit-learn.

XGBoost imports scikit-learn for wrapper classes that the container does not use. Leaving it out
saves more than a second wherever the library is loaded: in the fork server, or in every job.
"""

from __future__ import annotations

import importlib.util
import sys


def _import_without_scikit_learn() -> None:
    if "sklearn" in sys.modules or "xgboost" in sys.modules:
        return
    # None is how Python marks a module that must not be imported.
    sys.modules["sklearn"] = None  # type: ignore[assignment]
    try:
        import xgboost  # noqa: F401
    finally:
        del sys.modules["sklearn"]


def leave_out_pandas() -> None:
    """Have XGBoost not look for pandas where there is none: it does for each matrix it makes.

    That takes as long as to predict a row.
    """
    if importlib.util.find_spec("pandas") is None:
        sys.modules["pandas"] = None  # type: ignore[assignment]


_import_without_scikit_learn()

import xgboost  # noqa: E402

__all__ = ["leave_out_pandas", "xgboost"]
