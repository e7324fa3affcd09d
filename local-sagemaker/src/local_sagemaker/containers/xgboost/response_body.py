"""The body of an answer in the accepted content type."""

from __future__ import annotations

import json

from local_sagemaker.containers.xgboost.content_types import media_type
from local_sagemaker.containers.xgboost.models import Array, XGBoostModel
from local_sagemaker.containers.xgboost.selected_outputs import (
    select,
    to_csv,
    to_json_lines,
    to_recordio,
)
from local_sagemaker.containers.xgboost.serving_settings import ServingSettings

CSV, JSON, JSON_LINES = "text/csv", "application/json", "application/jsonlines"
RECORDIO = "application/x-recordio-protobuf"
ACCEPTED = [JSON, JSON_LINES, RECORDIO, CSV]


def accepted_type(accept: str | None, settings: ServingSettings) -> str:
    """The content type to answer in; ValueError for one that no answer has."""
    if settings.version.joins_csv_predictions and not settings.inference_output:
        return CSV
    asked = media_type(accept or "")
    if asked in ("", "*/*"):
        return settings.default_accept
    if asked.lower() not in ACCEPTED:
        raise ValueError(
            f"Accept type {asked} is not supported. Please use supported accept types: {ACCEPTED}."
        )
    return asked.lower()


def encode(
    predictions: Array, accept: str, model: XGBoostModel, settings: ServingSettings
) -> str | bytes:
    """Predictions as a body; ValueError for a type that the container cannot encode them in."""
    if settings.inference_output:
        return _encode_selected(predictions, accept, model, settings)
    values = predictions.tolist()
    if settings.batch:
        return "".join(f"{value}\n" for value in values)
    if accept == JSON:
        return json.dumps({"predictions": [{"score": value} for value in values]})
    if accept == CSV:
        lines = [",".join(map(str, row if isinstance(row, list) else [row])) for row in values]
        if settings.version.joins_csv_predictions:
            return ",".join(lines)
        return "".join(f"{line}\n" for line in lines)
    raise ValueError(f"Cannot encode predictions into accept type '{accept}'.")


def _encode_selected(
    predictions: Array, accept: str, model: XGBoostModel, settings: ServingSettings
) -> str | bytes:
    selected = select(predictions, settings.inference_output, model)
    if accept == JSON:
        return json.dumps({"predictions": selected})
    if accept == JSON_LINES:
        return to_json_lines(selected)
    if accept == CSV:
        return to_csv(selected) + ("\n" if settings.batch else "")
    if accept == RECORDIO:
        return to_recordio(selected)
    raise ValueError(f"Cannot encode selected predictions into accept type '{accept}'.")
