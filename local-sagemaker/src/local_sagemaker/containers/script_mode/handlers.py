"""The functions of a serving script, and what the images do where it has none."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

from local_sagemaker.containers import script_mode
from local_sagemaker.containers.inference_server import MULTI_MODEL_VARIABLE, refuse
from local_sagemaker.containers.script_mode.answers import by_flask, by_model_server
from local_sagemaker.containers.script_mode.formats import CSV, JSON, TEXTS, decode, encode

_DEFAULT_ACCEPT = "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT"
_PARTS_OF_TRANSFORM = ("input_fn", "predict_fn", "output_fn")


@dataclass(frozen=True)
class Handlers:
    """`functions` are those of the script, by name; `is_one_of_many` in a multi-model endpoint."""

    functions: Mapping[str, Callable[..., Any]]
    is_xgboost: bool
    is_one_of_many: bool
    default_accept: str

    @classmethod
    def of_script(cls, script: Path) -> Handlers:
        """Import the script, not as `__main__`.

        Raises:
            ValueError: it has transform_fn and a part of it.
            Exception: what the script raises.
        """
        spec = importlib.util.spec_from_file_location(script.stem, script)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[script.stem] = module
        spec.loader.exec_module(module)
        functions = vars(module)
        if "transform_fn" in functions and any(name in functions for name in _PARTS_OF_TRANSFORM):
            raise ValueError(
                "Cannot use transform_fn implementation with input_fn, predict_fn, and/or output_fn"
            )
        is_xgboost, is_one_of_many = script_mode.is_xgboost(), MULTI_MODEL_VARIABLE in os.environ
        usual = CSV if is_xgboost and not is_one_of_many else JSON
        accept = os.environ.get(_DEFAULT_ACCEPT, usual)
        return cls(functions, is_xgboost, is_one_of_many, accept)

    def model_fn(self, directory: str) -> object:
        """The model; neither image loads one without the script's help."""
        if "model_fn" not in self.functions:
            raise NotImplementedError("Please provide a model_fn implementation.")
        return self.functions["model_fn"](directory)

    def answer(self, model: Any, body: bytes, content_type: str, accept: str) -> Response:
        """The answer to a request.

        Raises:
            Unsupported: neither the script nor the image knows a type.
            Exception: what the script raises, or its result is no answer.
        """
        content: Any = body.decode() if content_type in TEXTS else body
        if "transform_fn" in self.functions:
            result = self.functions["transform_fn"](model, content, content_type, accept)
        else:
            prediction = self._predict(self._input(content, content_type), model)
            result = self._output(prediction, accept)
        return by_model_server(result, accept) if self.is_one_of_many else by_flask(result)

    def _input(self, content: Any, content_type: str) -> Any:
        if "input_fn" in self.functions:
            return self.functions["input_fn"](content, content_type)
        if self.is_xgboost:
            return self._matrix(content, content_type)
        array = decode(content, content_type)
        return array.reshape(1, -1) if self.is_one_of_many and array.ndim == 1 else array

    def _predict(self, data: Any, model: Any) -> Any:
        if "predict_fn" in self.functions:
            return self.functions["predict_fn"](data, model)
        return (
            model.predict(data, validate_features=False) if self.is_xgboost else model.predict(data)
        )

    def _output(self, prediction: Any, accept: str) -> Any:
        if "output_fn" in self.functions:
            return self.functions["output_fn"](prediction, accept)
        return encode(prediction, accept), accept

    def _matrix(self, content: Any, content_type: str) -> Any:
        from local_sagemaker.containers.xgboost.request_body import read_rows

        body = content.encode() if isinstance(content, str) else content
        with refuse(415, ValueError):
            return read_rows(body, content_type)
