"""The environment variables that the image reads when it serves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.inference_server import MULTI_MODEL_VARIABLE
from local_sagemaker.containers.xgboost.versions import ContainerVersion


@dataclass(frozen=True)
class ServingSettings:
    """How to serve the models of a directory; `one_of_many` in a multi-model endpoint."""

    model_directory: Path
    port: int
    version: ContainerVersion
    max_content_bytes: int
    default_accept: str
    inference_output: list[str]
    ensemble: bool
    batch: bool
    one_of_many: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ServingSettings:
        one_of_many = MULTI_MODEL_VARIABLE in environment
        usual = "application/json" if one_of_many else "text/csv"
        outputs = environment.get("SAGEMAKER_INFERENCE_OUTPUT", "").replace(" ", "").lower()
        return cls(
            model_directory=Directories.from_environment(environment).model,
            port=int(environment.get("SAGEMAKER_BIND_TO_PORT", "8080")),
            version=ContainerVersion.from_environment(environment),
            max_content_bytes=int(environment.get("MAX_CONTENT_LENGTH", str(6 * 1024**2))),
            default_accept=environment.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", usual),
            inference_output=outputs.split(",") if outputs else [],
            ensemble=environment.get("SAGEMAKER_INFERENCE_ENSEMBLE", "true") == "true",
            batch=bool(environment.get("SAGEMAKER_BATCH")),
            one_of_many=one_of_many,
        )
