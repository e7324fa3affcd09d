"""Channels and earlier tuning jobs in memory, read as tuning.aws reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tuning.data.s3_location import ChannelObject, S3Location, S3Object
from tuning.trials.trials import Trial
from tuning.variables.last_run import EndpointTuningJob

ROWS = b"1,0.5,3\n0,0.25,4\n"


@dataclass
class ChannelStore:
    """Objects by `s3://bucket/key`, descriptions of tuning jobs by name, oldest first, and those of
    endpoints by `bucket/name`."""

    objects: dict[str, bytes] = field(default_factory=dict)
    read_sizes: list[int] = field(default_factory=list)
    tuning_jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    trials: dict[str, list[Trial]] = field(default_factory=dict)
    kept: dict[str, list[EndpointTuningJob]] = field(default_factory=dict)  # newest first

    def list_objects(self, location: S3Location) -> list[S3Object]:
        return [
            S3Object(uri.removeprefix(f"s3://{location.bucket}/"), len(content))
            for uri, content in sorted(self.objects.items())
            if uri.startswith(str(location))
        ]

    def iterate_channel(self, location: S3Location) -> Iterator[ChannelObject]:
        for entry in self.list_objects(location):
            content = self.objects[f"s3://{location.bucket}/{entry.key}"]
            etag = hashlib.md5(content).hexdigest()
            yield ChannelObject(entry.key, entry.size_bytes, etag, datetime.now(UTC))

    def list_level(self, location: S3Location) -> list[str]:
        keys = [entry.key for entry in self.list_objects(location)]
        rests = [key.removeprefix(location.key) for key in keys]
        return [
            location.key + (rest.split("/")[0] + "/" if "/" in rest else rest) for rest in rests
        ]

    def read_start(self, location: S3Location, size_bytes: int) -> bytes:
        self.read_sizes.append(size_bytes)
        return self.objects[str(location)][:size_bytes]

    def read_part(self, location: S3Location, offset: int, size_bytes: int) -> bytes:
        self.read_sizes.append(size_bytes)
        return self.objects[str(location)][offset : offset + size_bytes]

    def read_end(self, location: S3Location, size_bytes: int) -> bytes:
        return self.objects[str(location)][-size_bytes:]

    def read_beside_data(self, location: S3Location) -> str | None:
        content = self.objects.get(str(location))
        return None if content is None else content.decode()

    def describe_tuning_job(self, name: str) -> Any:
        return self.tuning_jobs.get(name)

    def read_trials(self, tuning_job_name: str, secrets: Sequence[str]) -> list[Trial]:
        return self.trials.get(tuning_job_name, [])

    def endpoint_tuning_jobs(
        self, bucket: str, endpoint_name: str
    ) -> tuple[EndpointTuningJob, ...]:
        return tuple(self.kept.get(f"{bucket}/{endpoint_name}", ()))

    def latest_tuning_jobs(self, prefix: str, count: int) -> list[str]:
        return [name for name in reversed(self.tuning_jobs) if name.startswith(prefix)][:count]


def store(**channels: bytes) -> ChannelStore:
    """The data bucket, with one file a channel; train and validation unless given."""
    contents = {"train": ROWS, "validation": ROWS, **channels}
    return ChannelStore(
        {f"s3://data-bucket/data/{name}/{name}.csv": rows for name, rows in contents.items()}
    )
