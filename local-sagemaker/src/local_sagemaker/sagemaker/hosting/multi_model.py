"""A multi-model endpoint: any model below a prefix, loaded when it is asked for the first time."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from local_sagemaker.containers.inference_server import MULTI_MODEL_VARIABLE
from local_sagemaker.sagemaker.algorithms.algorithm_specification import serving_image
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ModelNotReadyException, ValidationError
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.model_data import DataMissing
from local_sagemaker.sagemaker.hosting.serving_process import (
    INVOCATION_TIMEOUT_SECONDS,
    ServingProcess,
    StartFailed,
    StartLimits,
)
from local_sagemaker.sagemaker.images.image import DockerImage
from local_sagemaker.sagemaker.log_stream import LogStream, LogStreams
from local_sagemaker.sagemaker.region import Region

# Each is a process here; SageMaker unloads models when memory is short.
_MOST_LOADED = 16


class _Model:
    """A model that is loaded, or being loaded by whoever holds the lock."""

    def __init__(self, process: ServingProcess) -> None:
        self.process = process
        self.lock = threading.Lock()
        self.is_ready = False
        self.requests = 0  # that wait for its answer


class MultiModelServing:
    """A process for each of the models that were asked last, or for each request."""

    def __init__(
        self, region: Region, container: Document, *, directory: Path, limits: StartLimits
    ) -> None:
        self._region = region
        self._container = container
        self._limits = limits
        setting = container.get("MultiModelConfig", {}).get("ModelCacheSetting", "Enabled")
        self._keeps_models = setting == "Enabled"
        self._directory = directory
        self._lock = threading.Lock()
        self._models: OrderedDict[str, _Model] = OrderedDict()
        self._leaving: set[_Model] = set()  # made room, but still answer somebody
        self._log: LogStream | None = None

    def start(self, logs: LogStreams) -> None:
        """Nothing is loaded before it is asked for."""
        self._log = logs.open()

    def stop(self) -> None:
        with self._lock:
            self._log = None
            models = [*self._models.values(), *self._leaving]
            self._models.clear()
            self._leaving.clear()
        for model in models:
            model.process.stop()

    def invoke(
        self,
        body: bytes,
        headers: Mapping[str, str],
        *,
        target_model: str | None = None,
        timeout: float = INVOCATION_TIMEOUT_SECONDS,
    ) -> Answer:
        """The answer of the model that `target_model` names.

        Raises:
            ValidationError: there is no such model.
            ModelNotReadyException: it cannot be loaded.
        """
        assert target_model is not None
        if not self._keeps_models:
            return self._invoke_once(target_model, body, headers, timeout)
        model = self._take(target_model)
        try:
            with model.lock:
                if not model.is_ready:
                    self._load(target_model, model)
            return model.process.invoke(body, headers, timeout=timeout)
        finally:
            self._release(model)

    def _invoke_once(
        self, name: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> Answer:
        """The answer of a model that is loaded for this request alone."""
        model = _Model(self._process(name))
        try:
            self._load(name, model)
            return model.process.invoke(body, headers, timeout=timeout)
        finally:
            model.process.stop()

    def _take(self, name: str) -> _Model:
        """The model, the last one asked; that which was not asked for longest makes room."""
        idle = None
        with self._lock:
            if name not in self._models:
                self._models[name] = _Model(self._process(name))
            self._models.move_to_end(name)
            model = self._models[name]
            model.requests += 1
            if len(self._models) > _MOST_LOADED:
                _, unloaded = self._models.popitem(last=False)
                if unloaded.requests:
                    self._leaving.add(unloaded)
                else:
                    idle = unloaded
        if idle is not None:
            idle.process.stop()
        return model

    def _release(self, model: _Model) -> None:
        """A request is answered; a model that was to make room does so after its last one."""
        with self._lock:
            model.requests -= 1
            is_last = model in self._leaving and not model.requests
            if is_last:
                self._leaving.remove(model)
        if is_last:
            model.process.stop()

    def _process(self, name: str) -> ServingProcess:
        container = self._container | {"ModelDataUrl": self._place(name)}
        # An image in Docker would wait for models to be loaded, and is given one alone.
        if not isinstance(serving_image(container), DockerImage):
            environment = container.get("Environment", {})
            container["Environment"] = environment | {MULTI_MODEL_VARIABLE: "true"}
        folder = self._directory / secrets.token_hex(8)
        return ServingProcess(
            self._region, container, directory=folder, name="model", limits=self._limits
        )

    def _place(self, name: str) -> str:
        return f"{self._container['ModelDataUrl'].rstrip('/')}/{name.lstrip('/')}"

    def _load(self, name: str, model: _Model) -> None:
        log = self._log
        if log is None:
            raise ModelNotReadyException(f"Model {name} is not loaded: the endpoint goes.")
        try:
            model.process.start_with(log)
        except StartFailed as failure:
            self._forget(name, model)
            if isinstance(failure.__cause__, DataMissing):
                raise ValidationError(
                    f"{failure}. Please ensure that there is an object at {self._place(name)}, and "
                    "that the role may download it."
                ) from failure
            raise ModelNotReadyException(f"Model {name} cannot be loaded: {failure}.") from failure
        model.is_ready = True

    def _forget(self, name: str, model: _Model) -> None:
        with self._lock:
            if self._models.get(name) is model:
                del self._models[name]
        model.process.stop()
