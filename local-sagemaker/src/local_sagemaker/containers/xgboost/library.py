"""The XGBoost library, imported without scikit-learn.

XGBoost imports scikit-learn for wrapper classes that the container does not use. Leaving it out
saves more than a second wherever the library is loaded: in the fork server, or in every job.
"""

from __future__ import annotations

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


_import_without_scikit_learn()

import xgboost  # noqa: E402

__all__ = ["xgboost"]
