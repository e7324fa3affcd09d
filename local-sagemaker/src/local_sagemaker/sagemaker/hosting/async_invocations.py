"""InvokeEndpointAsync: the request and the answer are objects in S3."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import ClientError
from werkzeug.wrappers import Request, Response

from local_sagemaker.process import background_work
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import (
    SageMakerError,
    ValidationError,
    ValidationException,
)
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.async_notifications import notify
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.invocation_rules import check_headers
from local_sagemaker.sagemaker.hosting.invocations import Invocations
from local_sagemaker.sagemaker.hosting.invoker import Invocation, Invoker
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.s3_location import S3Location

_PREFIX = "X-Amzn-SageMaker"
_DEFAULT_TIMEOUT_SECONDS = 900.0
_NOT_LOCAL = ("S3OutputPathExtension", "Filename", "Target-Model")


@dataclass(frozen=True)
class _Job:
    """One invocation, and the places of its input, its output and its failure."""

    endpoint: str
    id: str
    source: S3Location
    output: S3Location
    failure: S3Location | None
    headers: dict[str, str]
    timeout_seconds: float
    received: datetime
    region: Region
    """In the role of the endpoint's model."""


class AsyncInvocations:
    """Takes requests, and works on each in a thread of its own."""

    def __init__(self, region: Region, invocations: Invocations, invoker: Invoker) -> None:
        self._region = region
        self._invocations = invocations
        self._invoker = invoker

    def invoke(self, name: str, request: Request) -> Response:
        """Say where the answer will be, or raise the error that the client gets."""
        endpoint = self._invocations.endpoint(name)
        serving = endpoint.serving
        config = serving.config.asynchronous if serving is not None else None
        if serving is None or config is None:
            raise ValidationError(
                f"Endpoint {name} is no asynchronous endpoint: use InvokeEndpoint, or give its "
                "config an AsyncInferenceConfig."
            )
        check_headers("InvokeEndpointAsync", request.headers)
        region = self._region.in_role(serving.role)
        job = self._job(name, request, config["OutputConfig"], region)
        background_work.begin(f"asynchronous invocation of {name}", self._work, job, config)
        answer = Response(json.dumps({"InferenceId": job.id}), status=http.client.ACCEPTED)
        answer.headers[f"{_PREFIX}-OutputLocation"] = str(job.output)
        if job.failure is not None:
            answer.headers[f"{_PREFIX}-FailureLocation"] = str(job.failure)
        return answer

    def _job(self, name: str, request: Request, config: Document, region: Region) -> _Job:
        headers = request.headers
        for member in _NOT_LOCAL:
            if f"{_PREFIX}-{member}" in headers:
                raise ValidationError(f"Local AWS has no {member} of an asynchronous invocation.")
        try:
            source = S3Location.parse(headers.get(f"{_PREFIX}-InputLocation", ""))
        except ValidationException as fault:
            raise ValidationError(f"InputLocation: {fault}") from fault
        key, failures = uuid.uuid4(), config.get("S3FailurePath")
        passed_on = {
            "Content-Type": headers.get(f"{_PREFIX}-Content-Type"),
            "Accept": headers.get(f"{_PREFIX}-Accept"),
            f"{_PREFIX}-Custom-Attributes": headers.get(f"{_PREFIX}-Custom-Attributes"),
        }
        return _Job(
            name,
            headers.get(f"{_PREFIX}-Inference-Id", str(uuid.uuid4())),
            source,
            S3Location.parse(config["S3OutputPath"]) / f"{key}.out",
            S3Location.parse(failures) / f"{key}-error.out" if failures else None,
            {header: value for header, value in passed_on.items() if value is not None},
            float(headers.get(f"{_PREFIX}-InvocationTimeoutSeconds", _DEFAULT_TIMEOUT_SECONDS)),
            datetime.now(UTC),
            region,
        )

    def _work(self, job: _Job, config: Document) -> None:
        result: Document = {
            "invocationStatus": "Completed",
            "requestParameters": {
                "contentType": job.headers.get("Content-Type"),
                "endpointName": job.endpoint,
                "inputLocation": str(job.source),
            },
            "inferenceId": job.id,
        }
        try:
            content_type = self._answer(job)
        except (SageMakerError, ClientError) as fault:
            self._write_failure(job, str(fault))
            result |= {"invocationStatus": "Failed", "failureReason": f"ClientError: {fault}"}
        else:
            place = {"contentType": content_type, "outputLocation": str(job.output)}
            result["responseParameters"] = place
        notify(
            job.region, config["OutputConfig"].get("NotificationConfig", {}), result, job.received
        )

    def _answer(self, job: _Job) -> str:
        """Write the answer to its place; its content type."""
        s3 = job.region.s3
        body = s3.get_object(Bucket=job.source.bucket, Key=job.source.key)["Body"].read()
        with self._invocations.endpoint(job.endpoint).routed() as fleet:
            if fleet is None:
                raise ValidationError(f"Endpoint {job.endpoint} is deleted.")
            answer = self._ask(job, fleet, body)
        content_type = answer.headers.get("content-type", "")
        s3.put_object(
            Bucket=job.output.bucket,
            Key=job.output.key,
            Body=answer.body,
            ContentType=content_type,
        )
        return content_type

    def _ask(self, job: _Job, fleet: Fleet, body: bytes) -> Answer:
        variant, serving = fleet.choose(None)
        assert serving is not None
        invocation = Invocation(body, job.headers, timeout_seconds=job.timeout_seconds)
        return self._invoker.ask(job.endpoint, fleet, variant, serving, invocation)

    def _write_failure(self, job: _Job, reason: str) -> None:
        if job.failure is not None:
            job.region.s3.put_object(
                Bucket=job.failure.bucket, Key=job.failure.key, Body=reason.encode()
            )
