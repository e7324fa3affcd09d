"""Options of single channels against the algorithm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuning.algorithms.algorithm import Algorithm
from tuning.errors import Fault
from tuning.execution_input.channel import TEST, Channel
from tuning.execution_input.execution_input import ExecutionInput


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of the options in Channels and Retrain.Channels."""
    yield from _check("Channels", run.channels or {}, run, algorithm)
    yield from _check("Retrain.Channels", run.larger_channels, run, algorithm)


def _check(
    field: str, channels: Mapping[str, Channel], run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    for name, channel in channels.items():
        held_out = name == TEST and run.algorithm_specification is None
        rules = (_check_held_out,) if held_out else (_check_mode, _check_shuffle, _check_shards)
        for rule in rules:
            yield from rule(f"{field}.{name}", name, channel, run, algorithm)


def _check_held_out(
    field: str, name: str, channel: Channel, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    """Transform jobs read this channel. Decide finds their output by the keys under its prefix."""
    if channel != Channel.at(channel.s3_uri):
        yield Fault(
            field,
            channel.to_sagemaker(),
            "The held-out channel is read by transform jobs, which know no such options.",
            f"Write {channel.s3_uri!r} alone, a folder of its own.",
        )


def _check_mode(
    field: str, name: str, channel: Channel, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    if channel.input_mode not in (None, *algorithm.input_modes):
        modes = " or ".join(algorithm.input_modes)
        yield Fault(
            f"{field}.InputMode",
            channel.input_mode,
            f"{algorithm.title} reads its channels in {modes} mode.",
            f"Use {modes}, or leave it out.",
        )


def _check_shuffle(
    field: str, name: str, channel: Channel, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    specification = run.algorithm_specification
    usual = specification.training_input_mode if specification else "File"
    if channel.shuffle_config and (channel.input_mode or usual) != "Pipe":
        yield Fault(
            f"{field}.ShuffleConfig",
            channel.shuffle_config.to_sagemaker(),
            "It orders the objects that a pipe brings; files have no order.",
            "Set InputMode to Pipe where the algorithm has it, or leave it out.",
        )


def _check_shards(
    field: str, name: str, channel: Channel, run: ExecutionInput, algorithm: Algorithm
) -> Iterator[Fault]:
    sharded = channel.s3_data_distribution_type == "ShardedByS3Key"
    if sharded and name in algorithm.replicated_channels:
        yield Fault(
            f"{field}.S3DataDistributionType",
            channel.s3_data_distribution_type,
            f"{algorithm.title} needs all of this channel on every instance.",
            "Use FullyReplicated, or leave it out.",
        )
