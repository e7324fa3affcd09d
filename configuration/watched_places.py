"""Where new objects start a run of a model: wherever its channels, or its table, lie."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.data.s3_location import S3Location
from tuning.execution_input.channel import TEST
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of


def watched_places(run: ExecutionInput, data_bucket: str) -> dict[str, list[str]]:
    """The beginnings of keys, by bucket.

    Of a manifest that is its own key: the objects that it lists start nothing, a new list does.
    """
    found: dict[str, list[str]] = {}
    for place in sorted(set(_places(run, data_bucket)), key=lambda each: each.key):
        keys = found.setdefault(place.bucket, [])
        if not any(place.key.startswith(key) for key in keys):
            keys.append(place.key)
    return found


def _places(run: ExecutionInput, data_bucket: str) -> Iterator[S3Location]:
    if run.prepare:
        yield S3Location.of(run.prepare.table)
        return
    for _, alone in run.definitions:
        if alone.channels is None:
            names = (*algorithm_of(alone).channels, TEST)
            yield from (S3Location(data_bucket, f"data/{name}/") for name in names)
        for channel in (*(alone.channels or {}).values(), *run.larger_channels.values()):
            yield S3Location.of(channel.s3_uri)
    for channel in (run.channels or {}).values():
        yield S3Location.of(channel.s3_uri)
