"""The answers of a model in a multi-model endpoint, which the image gives another server.

Source: DefaultXGBoostAlgoModeInferenceHandler of sagemaker_xgboost_container/algorithm_mode/
handler_service.py: JSON unless Accept or the environment asks for CSV, no selected outputs.
"""

from __future__ import annotations

import json

from local_sagemaker.containers.xgboost.models import Array

_CSV, _JSON = "text/csv", "application/json"


def accepted_type(accept: str | None, default: str) -> str:
    """The content type to answer in, as it was asked for; ValueError for one no answer has."""
    asked = default if accept in (None, "", "*/*") else str(accept)
    if asked.lower() not in (_CSV, "csv", _JSON, "json"):
        raise ValueError(
            f"Encoding to accept type {asked} failed with exception: {asked} is not an accepted "
            f"Accept type. Please choose one of the following: ['{_CSV}', '{_JSON}']."
        )
    return asked


def encode(predictions: Array, accept: str) -> str:
    """An array as JSON, or all predictions on one line."""
    values = predictions.tolist()
    return ",".join(map(str, values)) if accept.lower().endswith("csv") else json.dumps(values)
