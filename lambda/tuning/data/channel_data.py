"""Looks at the data of the channels before training costs anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tuning.data.channel_objects import ChannelObjects, find_objects, read_for
from tuning.data.data_format import DataFormat
from tuning.data.data_size import check_sizes
from tuning.data.listing_faults import listing_faults
from tuning.data.row_checks import check_rows
from tuning.data.s3_location import S3Location, S3Object
from tuning.data.sampling import sample_channel
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of


class DataReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def list_objects(self, location: S3Location) -> list[S3Object]: ...

    def list_level(self, location: S3Location) -> list[str]: ...

    def read_start(self, location: S3Location, size_bytes: int) -> bytes: ...

    def read_part(self, location: S3Location, offset: int, size_bytes: int) -> bytes: ...


@dataclass(frozen=True)
class Inspection:
    """What was seen of the data: an object to sample, and what may be wrong with it."""

    sample: S3Location  # of the channel that the objective metric is measured on
    warnings: list[Fault]


def inspect_channels(
    run: ExecutionInput, channels: Mapping[str, Channel], data: DataReader, field: str = "Channels"
) -> Inspection:
    """Looks into each channel.

    Raises:
        MissingData: naming each channel without data.
        InvalidInput: when the data cannot be what the algorithm needs.
    """
    found = _find_all(field, channels, data)
    faults = [
        fault
        for name, of_channel in found.items()
        for fault in check_siblings(f"{field}.{name}", of_channel, data)
    ]
    warnings: list[Fault] = []
    if run.algorithm_specification is None:
        algorithm = algorithm_of(run)
        version = algorithm.known_version(run.algorithm_version)
        faults += [
            fault
            for name, of_channel in found.items()
            for fault in listing_faults(
                f"{field}.{name}", of_channel, run.content_type, algorithm, version
            )
        ]
        sizes = check_sizes(run, algorithm, field, found)
        ends = DataFormat.of(run.content_type) is DataFormat.PARQUET
        samples = [
            sample_channel(f"{field}.{name}", of_channel, data, ends=ends)
            for name, of_channel in found.items()
        ]
        rows = check_rows(run, algorithm, samples)
        faults += [*sizes.faults, *rows.faults]
        warnings += [*sizes.warnings, *rows.warnings]
    if faults:
        raise InvalidInput(faults)
    return Inspection(found[_measured_channel(run, channels)].first, warnings)


def find_sample(
    run: ExecutionInput, channels: Mapping[str, Channel], data: DataReader
) -> S3Location:
    """The object that inspect_channels would sample, whatever it holds; MissingData without one."""
    measured = _measured_channel(run, channels)
    return _find_all("Channels", {measured: channels[measured]}, data)[measured].first


def _find_all(
    field: str, channels: Mapping[str, Channel], data: DataReader
) -> dict[str, ChannelObjects]:
    """The objects of each channel. Raises MissingData, which names every channel without any."""
    found: dict[str, ChannelObjects] = {}
    missing: list[str] = []
    for name, channel in channels.items():
        try:
            found[name] = find_objects(f"{field}.{name}", channel, data)
        except MissingData as fault:
            missing.append(str(fault))
        else:
            if not found[name].objects:
                missing.append(_missing(field, name, str(found[name].place)))
    if missing:
        raise MissingData("\n".join(missing))
    return found


def _measured_channel(run: ExecutionInput, channels: Mapping[str, Channel]) -> str:
    """The channel that the metric is named after, or else the first: images name them freely."""
    metric = algorithm_of(run).metrics[run.hyper_parameter_tuning_job_objective.metric_name]
    return next(name for name in (metric.channel, "validation", *channels) if name in channels)


def _missing(field: str, name: str, uri: str) -> str:
    return (
        f"{field}.{name} = {uri!r}: There is no object with data under this prefix. "
        f"Upload it, for example: aws s3 cp {name}.csv {uri.rstrip('/')}/"
    )


def check_siblings(field: str, channel: ChannelObjects, data: DataReader) -> Iterator[Fault]:
    """Faults of a channel whose prefix takes in more than its own folder.

    The prefix `train`, without a slash at its end, also stands for `train-old/`."""
    place = channel.place
    if not channel.is_prefix or not place.key or place.key.endswith("/"):
        return
    own = {place.key, f"{place.key}/"}
    with read_for(field):
        found = set(data.list_level(place))
    others = sorted(found - own)
    if found & own and others:
        yield Fault(
            field,
            str(place),
            f"S3 takes every key that begins so, also {others[0]}.",
            f"Use {place}/." if f"{place.key}/" in found else "Move it out of the way.",
        )
