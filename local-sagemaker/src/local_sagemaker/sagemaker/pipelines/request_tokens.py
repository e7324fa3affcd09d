"""ClientRequestToken: a request that is sent again is carried out once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ConflictException

Operation = Callable[[Document], Document]


class RequestTokens:
    """The requests that came with a token, and their answers."""

    def __init__(self, tables: dict[str, dict[str, Any]]) -> None:
        self._lock = threading.RLock()
        self._answers: dict[str, tuple[Document, Document]] = {}
        tables["PipelineRequestToken"] = self._answers

    def once(self, operation: Operation) -> Operation:
        """The operation, which answers a request that it has answered as it did then."""

        def answer(request: Document) -> Document:
            token = f"{operation.__name__} {request['ClientRequestToken']}"
            with self._lock:
                if token in self._answers:
                    return self._answered(token, request)
                given = operation(request)
                self._answers[token] = (request, given)
                return given

        return answer

    def _answered(self, token: str, request: Document) -> Document:
        """Raises ConflictException for another request with the same token."""
        earlier, given = self._answers[token]
        if earlier != request:
            raise ConflictException(
                f"ClientRequestToken '{request['ClientRequestToken']}' was used with other "
                "parameters."
            )
        return given
