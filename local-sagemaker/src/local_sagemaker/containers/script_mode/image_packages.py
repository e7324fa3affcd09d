"""What scripts import of the packages that only the images have.

Public scripts use sagemaker_containers.beta.framework to write answers (encoders, worker.Response),
and in XGBoost's image sagemaker_xgboost_container to read rows (data_utils, encoder). Neither can
be installed beside local AWS. Of their other modules there is the name, which scripts import and
leave alone; whoever uses one is told.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from werkzeug.wrappers import Response as WerkzeugResponse

from local_sagemaker.containers.script_mode.formats import CSV, JSON, NPY, TEXTS, decode, encode

_CONTENT_TYPES = {
    "ANY": "*/*",
    "CSV": CSV,
    "JSON": JSON,
    "NPY": NPY,
    "OCTET_STREAM": "application/octet-stream",
    "UTF8_TYPES": list(TEXTS),
}
_FRAMEWORK = "sagemaker_containers.beta.framework"
_NAMES_ONLY = ("entry_point", "env", "errors", "modules", "server", "transformer")


class Response(WerkzeugResponse):
    """worker.Response: `mimetype` is that of JSON unless it is given; `accept` does nothing."""

    default_mimetype = JSON

    def __init__(
        self,
        response: Any = None,
        accept: str | None = None,
        status: int = 200,
        headers: Any = None,
        mimetype: str | None = None,
        direct_passthrough: bool = False,
    ) -> None:
        super().__init__(response, status, headers, mimetype, None, direct_passthrough)


class _Absent:
    """A module of which there is the name alone."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, member: str) -> Any:
        if member.startswith("__"):
            raise AttributeError(member)
        raise NotImplementedError(
            f"Local AWS has of {self._name} the name alone, and not {member}: run the image in "
            "Docker, or do without."
        )


def install(is_xgboost: bool) -> None:
    """From now on the script may import them."""
    _enter("sagemaker_containers", entry_point=_Absent("sagemaker_containers.entry_point"))
    _enter("sagemaker_containers.beta")
    absent = {name: _Absent(f"{_FRAMEWORK}.{name}") for name in _NAMES_ONLY}
    _enter(_FRAMEWORK, **absent)
    _enter(f"{_FRAMEWORK}.content_types", **_CONTENT_TYPES)
    _enter(f"{_FRAMEWORK}.encoders", encode=_encode, decode=_decode)
    _enter(f"{_FRAMEWORK}.worker", Response=Response)
    if is_xgboost:
        _enter_xgboost()


def _enter_xgboost() -> None:
    # Here, since scikit-learn's image has no XGBoost.
    from local_sagemaker.containers.script_mode import xgboost_matrices

    package = "sagemaker_xgboost_container"
    _enter(package, distributed=_Absent(f"{package}.distributed"))
    _enter(f"{package}.data_utils", get_dmatrix=xgboost_matrices.get_dmatrix)
    _enter(f"{package}.encoder", **xgboost_matrices.ENCODER)


def _enter(name: str, **members: Any) -> None:
    """Make the module, and a member of the one above it."""
    module = ModuleType(name, f"What local AWS has of the image's {name}.")
    module.__path__ = []
    vars(module).update(members)
    sys.modules[name] = module
    above, _, last = name.rpartition(".")
    if above:
        setattr(sys.modules[above], last, module)


def _encode(array_like: Any, content_type: str) -> str | bytes:
    """Text as JSON or CSV, bytes as NPY."""
    encoded = encode(array_like, content_type)
    return encoded.decode() if content_type in TEXTS else encoded


def _decode(obj: Any, content_type: str) -> Any:
    """The array of a request, in the image's own kinds of numbers."""
    return decode(obj, content_type, dtype=None)
