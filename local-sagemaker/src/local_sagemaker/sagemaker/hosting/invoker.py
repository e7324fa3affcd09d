"""Asks the container of a variant, and counts the answer in CloudWatch."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass

from local_sagemaker.protocol.account import partition_of
from local_sagemaker.sagemaker.errors import ModelError, ServiceUnavailable
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.endpoint_metrics import EndpointMetrics, Invoked
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.serving import Serving
from local_sagemaker.sagemaker.hosting.serving_process import INVOCATION_TIMEOUT_SECONDS
from local_sagemaker.sagemaker.region import Region


@dataclass(frozen=True)
class Invocation:
    """What a container gets; `target_model` is for a container of many."""

    body: bytes
    headers: Mapping[str, str]
    target_model: str | None = None
    timeout_seconds: float = INVOCATION_TIMEOUT_SECONDS


class Invoker:
    """Of one account and region."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._metrics = EndpointMetrics(region)

    def ask(
        self, endpoint: str, fleet: Fleet, variant: str, serving: Serving, invocation: Invocation
    ) -> Answer:
        """The answer of a container that could answer.

        Raises:
            ModelError: it answered with an error, or not in time.
            ServiceUnavailable: it is gone.
        """
        answer = self._measured(endpoint, fleet, variant, serving, invocation)
        if answer.status >= http.client.BAD_REQUEST:
            said = answer.body.decode("utf-8", errors="replace")
            raise self._model_error(fleet, answer.status, said, answer.container)
        return answer._replace(body=fleet.answer(variant, answer.body))

    def _measured(
        self, endpoint: str, fleet: Fleet, variant: str, serving: Serving, invocation: Invocation
    ) -> Answer:
        """The container's answer; metrics count it, also when there is none."""
        started, status = time.monotonic(), int(http.HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            answer = self._answer(fleet, serving, invocation)
            status = answer.status
            return answer
        finally:
            self._metrics.record(
                Invoked(
                    endpoint=endpoint,
                    variant=variant,
                    config=fleet.config.name,
                    status=status,
                    latency_seconds=time.monotonic() - started,
                    instances=fleet.instance_count(variant),
                )
            )

    def _answer(self, fleet: Fleet, serving: Serving, invocation: Invocation) -> Answer:
        try:
            return serving.invoke(
                invocation.body,
                invocation.headers,
                target_model=invocation.target_model,
                timeout=invocation.timeout_seconds,
            )
        except TimeoutError as fault:
            words = "Your invocation timed out while waiting for a response from container primary."
            raise self._model_error(fleet, 0, words, "primary") from fault
        except OSError as fault:
            raise ServiceUnavailable(
                f"The container of {fleet.config.name} does not answer ({fault}); its log is in "
                f"{fleet.log_group}."
            ) from fault

    def _model_error(self, fleet: Fleet, status: int, message: str, container: str) -> ModelError:
        side = "client" if 400 <= status < 500 else "server"
        region, account = self._region.name, self._region.account
        return ModelError(
            f'Received {side} error ({status}) from {container} with message "{message}". See '
            f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
            f"#logEventViewer:group={fleet.log_group} in account {account} for more information.",
            OriginalStatusCode=status,
            OriginalMessage=message,
            LogStreamArn=f"arn:{partition_of(region)}:logs:{region}:{account}:log-group:{fleet.log_group}",
        )
