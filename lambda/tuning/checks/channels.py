"""Channels and content type against the algorithm and against each other, not the data itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from tuning.algorithms.algorithm import Algorithm
from tuning.checks import channel_options
from tuning.errors import Fault
from tuning.execution_input.channel import TEST, uris
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.suggest import did_you_mean


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of Channels, ContentType and Retrain.Channels."""
    if run.channels is not None:
        given = uris(run.channels)
        trained_on = {name: uri for name, uri in given.items() if name != TEST}
        yield from _check_names("Channels", trained_on, algorithm)
        if run.algorithm_specification is None:
            yield from _check_missing(given, run, algorithm)
        yield from _check_apart(given)
    yield from _check_retrain(run, algorithm)
    yield from channel_options.check(run, algorithm)
    if run.content_type not in algorithm.content_types:
        yield Fault(
            "ContentType",
            run.content_type,
            f"{algorithm.title} does not read it.",
            did_you_mean(run.content_type, algorithm.content_types),
        )


def _check_retrain(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    if run.retrain is None:
        return
    if run.retrain.channels is None and run.retrain.tuning_job_name is None:
        rule = "Without it the same model would be trained twice."
        fix = "Give the s3://bucket/folder/ of each channel, or TuningJobName of an earlier winner."
        yield Fault("Retrain.Channels", None, rule, fix)
    yield from _check_names("Retrain.Channels", uris(run.larger_channels), algorithm)


def _check_names(field: str, channels: Mapping[str, str], algorithm: Algorithm) -> Iterator[Fault]:
    for name, uri in channels.items():
        if name not in algorithm.all_channels:
            yield Fault(
                f"{field}.{name}",
                uri,
                f"{algorithm.title} has no such channel and would fail.",
                did_you_mean(name, algorithm.all_channels),
            )


def _check_missing(
    channels: Mapping[str, str], run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    metric = run.hyper_parameter_tuning_job_objective.metric_name
    reasons = {"train": f"{algorithm.title} learns from it."}
    if metric in algorithm.metrics:
        reasons[algorithm.metrics[metric].channel] = f"{metric} is measured on it."
    for name, reason in reasons.items():
        if name not in channels:
            yield Fault(f"Channels.{name}", None, reason, "Give its s3://bucket/folder/.")


def _check_apart(channels: Mapping[str, str]) -> Iterator[Fault]:
    """A prefix stands for every key that begins with it: `data/` includes `data/validation/`."""
    for one, other in combinations(channels, 2):
        shorter, longer = sorted((one, other), key=lambda name: len(channels[name]))
        if channels[longer].startswith(channels[shorter]):
            yield Fault(
                f"Channels.{shorter}",
                channels[shorter],
                f"It includes the data of {longer}, {channels[longer]}: the score would be "
                "measured on data that training has seen.",
                "Keep each channel in a folder of its own, and end the folder with /.",
            )
