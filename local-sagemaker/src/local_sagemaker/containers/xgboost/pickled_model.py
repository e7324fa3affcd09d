"""A pickle of a Booster: the artefact of the images up to 1.2.

A pickle is a program, so it is read by one that knows a Booster's bytes and nothing else.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

from local_sagemaker.containers.xgboost.library import xgboost

_PROTOCOL = 4  # that of the image 1.2-1
_FIRST_BYTE = b"\x80"
# How a Booster's state begins: a header in 1.0 to 1.2, JSON or UBJSON later. In 0.90 it is the
# model alone, in the old binary format.
_STATES = (b"CONFIG-offset:", b"{")


def pickled(booster: xgboost.Booster) -> bytes:
    return pickle.dumps(booster, _PROTOCOL)


def is_pickle(content: bytes) -> bool:
    """No format of XGBoost's own begins so."""
    return content.startswith(_FIRST_BYTE)


def unpickled(content: bytes) -> xgboost.Booster:
    """The Booster; raises UnpicklingError for a pickle of anything else."""
    state = _Unpickler(io.BytesIO(content)).load()
    handle = getattr(state, "handle", None)
    if not isinstance(state, _Booster) or not isinstance(handle, bytearray):
        raise pickle.UnpicklingError("The pickle holds no Booster.")
    booster = xgboost.Booster.__new__(xgboost.Booster)
    with xgboost.config_context(verbosity=0):  # no warning that it may be of another version
        if handle.startswith(_STATES):
            booster.__setstate__({"handle": handle})
        else:
            booster = xgboost.Booster(model_file=handle)
    return booster


class _Booster:
    """Takes what a pickled Booster is made of; `handle` are the library's own bytes."""

    handle: bytearray


class _Unpickler(pickle.Unpickler):
    """Makes nothing but a _Booster and its bytes."""

    def find_class(self, module: str, name: str) -> Any:
        known = {("xgboost.core", "Booster"): _Booster, ("builtins", "bytearray"): bytearray}
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"The pickle holds {module}.{name}; a Booster does not.")
        return known[module, name]
