"""The callbacks that Callback steps wait for, by token."""

from __future__ import annotations

import threading

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceNotFound, ValidationException
from local_sagemaker.sagemaker.pipelines.job_names import callback_token


class Callback:
    """One callback; `answer` is the request that answered it."""

    def __init__(self, execution_arn: str) -> None:
        self.token = callback_token()
        self.execution_arn = execution_arn
        self.answer: Document | None = None


class Callbacks:
    """Those of one account and region; every method locks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Callback] = {}

    def open(self, execution_arn: str) -> Callback:
        callback = Callback(execution_arn)
        with self._lock:
            self._open[callback.token] = callback
        return callback

    def close(self, callback: Callback) -> None:
        """Nobody waits for it any more."""
        with self._lock:
            self._open.pop(callback.token, None)

    def succeed(self, request: Document) -> Document:
        """SendPipelineExecutionStepSuccess."""
        return self._answer(request)

    def fail(self, request: Document) -> Document:
        """SendPipelineExecutionStepFailure."""
        return self._answer({"FailureReason": ""} | request)

    def _answer(self, request: Document) -> Document:
        token = request["CallbackToken"]
        with self._lock:
            callback = self._open.get(token)
            if callback is None:
                raise ResourceNotFound(f"No step waits for CallbackToken '{token}'.")
            if callback.answer is not None:
                raise ValidationException(f"CallbackToken '{token}' has been answered already.")
            callback.answer = request
        return {"PipelineExecutionArn": callback.execution_arn}
