"""The quotas of SageMaker that local AWS has, by name, with their codes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from local_sagemaker.process.given_quotas import (
    ALL_ENDPOINTS,
    ALL_PROCESSING,
    ALL_SPOT_TRAINING,
    ALL_TRAINING,
    ALL_TRANSFORM,
    TOTALS,
)
from local_sagemaker.protocol.service_models import service_model

GENEROUS = 1000  # more instances at once than a laptop will be asked for
_CODES = {
    ALL_TRAINING: "L-00C91CB5",
    ALL_TRANSFORM: "L-60D2A6F0",
    ALL_PROCESSING: "L-F311B08F",
    ALL_ENDPOINTS: "L-7A3DF611",
    "ml.m5.large for training job usage": "L-611FA074",
    "ml.m5.large for spot training job usage": "L-29688C85",
    "ml.m5.large for transform job usage": "L-236AE59F",
    "ml.m5.large for endpoint usage": "L-614B09FD",
}
_TYPES = {
    "training job": "TrainingInstanceType",
    "spot training job": "TrainingInstanceType",
    "transform job": "TransformInstanceType",
    "processing job": "ProcessingInstanceType",
    "endpoint": "ProductionVariantInstanceType",
}
_TOTALS = {
    "training job": ALL_TRAINING,
    "spot training job": ALL_SPOT_TRAINING,
    "transform job": ALL_TRANSFORM,
    "processing job": ALL_PROCESSING,
    "endpoint": ALL_ENDPOINTS,
}


def names_for(kind: str, instance_type: str) -> tuple[str, str]:
    """The two quotas that an instance counts against; `kind` is such as `spot training job`."""
    return f"{instance_type} for {kind} usage", _TOTALS[kind]


@cache
def quota_names() -> tuple[str, ...]:
    """All of them, in order."""
    return tuple(sorted({*TOTALS, *_names_of_types()}))


def code_of(name: str) -> str:
    """The quota's code: a hash where AWS's own is not known."""
    known = _CODES.get(name)
    return known or f"L-{hashlib.sha256(name.encode()).hexdigest()[:8].upper()}"


def _names_of_types() -> Iterator[str]:
    model = service_model("sagemaker")
    for kind, shape in _TYPES.items():
        enum: Any = getattr(model.shape_for(shape), "enum", ())
        for instance_type in enum:
            yield names_for(kind, instance_type)[0]
