"""Looks at the data of the channels before training costs anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tuning.data.channel_objects import ChannelObjects, find_objects, read_for
from tuning.data.csv_faults import CsvSample, check_samples
from tuning.data.csv_warnings import csv_warnings
from tuning.data.data_format import DataFormat
from tuning.data.s3_location import S3Location, S3Object
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of

SAMPLE_BYTES = 200_000


class DataReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def list_objects(self, location: S3Location) -> list[S3Object]: ...

    def list_level(self, location: S3Location) -> list[str]: ...

    def read_start(self, location: S3Location, size_bytes: int) -> bytes: ...


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
        for fault in _check_keys(f"{field}.{name}", of_channel, data)
    ]
    warnings: list[Fault] = []
    is_csv = DataFormat.of(run.content_type) is DataFormat.CSV
    if is_csv and run.algorithm_specification is None:
        samples = [
            _sample(f"{field}.{name}", of_channel, data) for name, of_channel in found.items()
        ]
        faults += _check_samples(run, samples)
        warnings += csv_warnings(samples)
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


def _check_keys(field: str, found: ChannelObjects, data: DataReader) -> Iterator[Fault]:
    place = found.place
    hidden = [entry.key for entry in found.objects if entry.key.split("/")[-1].startswith(".")]
    if hidden:
        yield Fault(
            field,
            str(place),
            f"The algorithm refuses hidden files, and there is {hidden[0]}.",
            "Delete it.",
        )
    if found.is_prefix and place.key and not place.key.endswith("/"):
        yield from _check_siblings(field, place, data)


def _check_siblings(field: str, place: S3Location, data: DataReader) -> Iterator[Fault]:
    """The prefix `train`, without a slash at its end, also stands for `train-old/`."""
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


def _sample(field: str, found: ChannelObjects, data: DataReader) -> CsvSample:
    cut = found.objects[0].size_bytes > SAMPLE_BYTES
    with read_for(field):
        content = data.read_start(found.first, SAMPLE_BYTES)
    complete = len(found.objects) == 1 and not found.more and not cut
    return CsvSample.read(field, str(found.first), content, cut=cut, complete=complete)


def _check_samples(run: ExecutionInput, samples: list[CsvSample]) -> Iterator[Fault]:
    algorithm = algorithm_of(run)
    static = run.static_hyper_parameters
    rule = algorithm.label_rule(algorithm.objective(static))
    classes = static.get(algorithm.classes_hyperparameter)
    yield from check_samples(samples, rule, classes, missing_values=algorithm.missing_values)
