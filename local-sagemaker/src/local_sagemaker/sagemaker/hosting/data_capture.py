"""DataCaptureConfig: a sample of the requests and answers of an endpoint, as JSON lines in S3."""

from __future__ import annotations

import base64
import json
import logging
import queue
import random
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.s3_location import S3Location

_GATHER_SECONDS = 0.5
_SIDES = {"Input": "endpointInput", "Output": "endpointOutput"}
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Exchange:
    """One answered request; bodies with their content types."""

    endpoint: str
    variant: str
    request: tuple[str, bytes]
    answer: tuple[str, bytes]


@dataclass(frozen=True)
class _Place:
    """Where captured data go, and the role that writes there."""

    location: S3Location
    role: str


class DataCapture:
    """A thread writes what has gathered into one object a variant."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._captured: queue.SimpleQueue[tuple[_Place, str]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="data capture", daemon=True).start()

    def offer(self, config: Document | None, exchange: Exchange, role: str) -> None:
        """Keep the exchange if the config says so and the sample wants it; the role writes it."""
        if config is None or not config.get("EnableCapture", True):
            return
        if random.random() * 100 >= config["InitialSamplingPercentage"]:
            return
        target = S3Location.parse(config["DestinationS3Uri"])
        location = target / exchange.endpoint / exchange.variant
        self._captured.put((_Place(location, role), json.dumps(record(config, exchange))))

    def _run(self) -> None:
        while True:
            gathered = [self._captured.get()]
            time.sleep(_GATHER_SECONDS)
            while not self._captured.empty():
                gathered.append(self._captured.get())
            lines: dict[_Place, list[str]] = defaultdict(list)
            for place, line in gathered:
                lines[place].append(line)
            for place, written in lines.items():
                self._write(place, written)

    def _write(self, place: _Place, lines: list[str]) -> None:
        now = datetime.now(UTC)
        name = f"{now:%Y/%m/%d/%H/%M-%S}-{now.microsecond // 1000:03d}-{uuid.uuid4()}.jsonl"
        target = place.location / name
        body = "".join(f"{line}\n" for line in lines)
        try:
            s3 = self._region.in_role(place.role).s3
            s3.put_object(Bucket=target.bucket, Key=target.key, Body=body.encode())
        except (ClientError, BotoCoreError) as fault:
            _logger.warning("%d captured requests are lost: %s", len(lines), fault)


def record(config: Document, exchange: Exchange) -> Document:
    """One line of the captured data (developer guide, "Capture data from real-time endpoint")."""
    modes = [option["CaptureMode"] for option in config["CaptureOptions"]]
    sides = {"Input": exchange.request, "Output": exchange.answer}
    return {
        "captureData": {
            _SIDES[side]: _side(config, side.upper(), *content)
            for side, content in sides.items()
            if side in modes or "InputAndOutput" in modes
        },
        "eventMetadata": {
            "eventId": str(uuid.uuid4()),
            "inferenceTime": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        },
        "eventVersion": "0",
    }


def _side(config: Document, mode: str, content_type: str, body: bytes) -> Document:
    encoding = _encoding(config.get("CaptureContentTypeHeader", {}), content_type)
    data = base64.b64encode(body) if encoding == "BASE64" else body
    return {
        "observedContentType": content_type,
        "mode": mode,
        "data": data.decode("utf-8", errors="replace"),
        "encoding": encoding,
    }


def _encoding(headers: Document, content_type: str) -> str:
    """Content types that the config does not list are encoded in base64."""
    plain = content_type.split(";")[0].strip().lower()
    for encoding in ("Csv", "Json"):
        if plain in [each.lower() for each in headers.get(f"{encoding}ContentTypes", [])]:
            return encoding.upper()
    return "BASE64"


def capture_summary(config: Document | None) -> Document:
    """The member that DescribeEndpoint has of a DataCaptureConfig."""
    if config is None:
        return {}
    enabled = config.get("EnableCapture", True)
    return {
        "DataCaptureConfig": {
            "EnableCapture": enabled,
            "CaptureStatus": "Started" if enabled else "Stopped",
            "CurrentSamplingPercentage": config["InitialSamplingPercentage"],
            "DestinationS3Uri": config["DestinationS3Uri"],
            "KmsKeyId": config.get("KmsKeyId", ""),
        }
    }
