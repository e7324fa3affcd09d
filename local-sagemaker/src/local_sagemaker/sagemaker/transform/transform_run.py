"""Does the work of a batch transform job: every object of the input through the container."""

from __future__ import annotations

import http.client
import logging
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.hosting.answer import Answer
from local_sagemaker.sagemaker.hosting.nan_answers import numbers_as_nan
from local_sagemaker.sagemaker.hosting.serving import create_serving
from local_sagemaker.sagemaker.hosting.serving_process import StartFailed
from local_sagemaker.sagemaker.log_stream import LogStreams
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.job import Job
from local_sagemaker.sagemaker.s3_location import S3Location
from local_sagemaker.sagemaker.transform.data_processing import DataProcessing, ProcessingFailed
from local_sagemaker.sagemaker.transform.payloads import DEFAULT_MAX_PAYLOAD_MB, payloads

LOG_GROUP = "/aws/sagemaker/TransformJobs"
# Of an invocation, unless ModelClientConfig says otherwise (its API reference).
_TIMEOUT_SECONDS = 600
_RETRIES = 3

_logger = logging.getLogger(__name__)


class TransformFailed(Exception):
    """The message is the FailureReason of the job."""


class TransformRun:
    """Runs one transform job in a thread of its own."""

    def __init__(self, region: Region, job: Job, containers: Sequence[Document]) -> None:
        self._region = region
        self._job = job
        self._request = job.describe()
        self._names = (job.name, self._request["ModelName"])
        self._processing = DataProcessing.of(self._request)
        given = self._request.get("Environment", {})
        served = [
            container
            | {
                "Environment": {
                    **container.get("Environment", {}),
                    **given,
                    "SAGEMAKER_BATCH": "true",
                }
            }
            for container in containers
        ]
        self._serving = create_serving(region, served, region.directory("transform-jobs", job.name))
        client = self._request.get("ModelClientConfig", {})
        self._timeout: float = client.get("InvocationsTimeoutInSeconds", _TIMEOUT_SECONDS)
        self._retries: int = client.get("InvocationsMaxRetries", _RETRIES)
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name=f"transform {job.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def abandon(self) -> None:
        """End the container at once: the server is going away."""
        self._abandoned = True
        self._serving.stop()

    def _run(self) -> None:
        logs = LogStreams(
            self._region.logs, LOG_GROUP, f"{self._job.name}/i-{secrets.token_hex(8)}"
        )
        reason = self._failure(logs)
        if self._abandoned:
            return
        self._serving.stop()
        logs.close()
        if self._job.status == "Stopping":
            self._job.finish("Stopped")
        elif reason is not None:
            self._job.finish("Failed", reason)
        else:
            self._job.finish("Completed")

    def _failure(self, logs: LogStreams) -> str | None:
        """Do the work; the reason why it could not be done."""
        try:
            self._job.begin(self._serving.stop)
            if self._region.goes_wrong("fail-serving", *self._names):
                raise StartFailed("The container did not pass the ping health check")
            self._serving.start(logs)
            self._transform()
        except (TransformFailed, StartFailed, ClientError, BotoCoreError, OSError) as failure:
            return f"ClientError: {failure}"
        except Exception as defect:
            _logger.exception("Transform job %s met a defect of local AWS", self._job.name)
            return f"InternalServerError: {type(defect).__name__}: {defect}"
        return None

    def _transform(self) -> None:
        source = S3Location.parse(
            self._request["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"]
        )
        target = S3Location.parse(self._request["TransformOutput"]["S3OutputPath"])
        keys = list(self._keys(source))
        if not keys:
            raise TransformFailed(f'No S3 objects found under S3 URL "{source}"')
        for key in keys:
            name = key[len(source.key) :].lstrip("/") or key.rsplit("/", 1)[-1]
            content = self._region.s3.get_object(Bucket=source.bucket, Key=key)["Body"].read()
            output = target / f"{name}.out"
            self._region.s3.put_object(
                Bucket=output.bucket, Key=output.key, Body=self._answers(content, key)
            )

    def _keys(self, source: S3Location) -> Iterator[str]:
        pages = self._region.s3.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=source.bucket, Prefix=source.key):
            for entry in page.get("Contents", []):
                if not entry["Key"].endswith("/"):
                    yield entry["Key"]

    def _answers(self, content: bytes, key: str) -> bytes:
        """The container's answers to one object, put together as AssembleWith says."""
        try:
            parts = list(
                payloads(
                    content,
                    split=self._request["TransformInput"].get("SplitType", "None"),
                    strategy=self._request.get("BatchStrategy", "MultiRecord"),
                    max_payload_mb=self._request.get("MaxPayloadInMB", DEFAULT_MAX_PAYLOAD_MB),
                )
            )
        except ValueError as fault:
            raise TransformFailed(f"{key}: {fault}") from fault
        answers = [self._processed(part, key) for part in parts]
        if self._request["TransformOutput"].get("AssembleWith", "None") == "Line":
            return b"".join(answer.rstrip(b"\n") + b"\n" for answer in answers)
        return b"".join(answers)

    def _processed(self, part: bytes, key: str) -> bytes:
        try:
            answer = self._ask(self._processing.before(part), key)
            return self._processing.after(part, answer) if self._processing.by_rows else answer
        except ProcessingFailed as failure:
            raise TransformFailed(f"{key}: {failure}") from failure

    def _ask(self, body: bytes, key: str) -> bytes:
        headers = {
            "Content-Type": self._request["TransformInput"].get("ContentType"),
            "Accept": self._request["TransformOutput"].get("Accept"),
        }
        given = {name: value for name, value in headers.items() if value is not None}
        status, _, answer, _ = self._invoked(body, given)
        if status >= http.client.BAD_REQUEST:
            text = answer.decode("utf-8", errors="replace")
            raise TransformFailed(f"{key}: the container answered {status}: {text}")
        wrong = self._region.goes_wrong("answer-nan", *self._names)
        return numbers_as_nan(answer) if wrong else answer

    def _invoked(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The first answer that is no error of the container's own, or the last one.

        Raises:
            OSError: the container does not answer in time.
        """
        for _ in range(self._retries):
            with suppress(OSError):
                answer = self._serving.invoke(body, headers, timeout=self._timeout)
                if answer.status < http.client.INTERNAL_SERVER_ERROR:
                    return answer
        return self._serving.invoke(body, headers, timeout=self._timeout)
