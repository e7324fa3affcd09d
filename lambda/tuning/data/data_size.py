"""Whether the machines of a training job hold the data, told from the sizes of objects.

The instance family and size tell the memory: GiB of a vCPU, as
https://aws.amazon.com/sagemaker/pricing/ lists them. A family that is not here is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tuning.algorithms.algorithm import Algorithm
from tuning.data.channel_objects import ChannelObjects
from tuning.data.checked import Checked
from tuning.errors import Fault
from tuning.execution_input.channel import TEST
from tuning.execution_input.execution_input import ExecutionInput

_GIB_OF_XLARGE = {"m": 16, "t": 16, "c": 8, "r": 32}
_SIZES = {"medium": 0.25, "large": 0.5, "xlarge": 1.0}
_TYPE = re.compile(r"ml\.(?P<family>[a-z]+)\d+(?P<kind>[a-z]*)\.(?P<times>\d*)(?P<size>[a-z]+)")
_OWN_DISK = re.compile(r"ml\.([a-z]+\d+[a-z]*d[a-z]*|g5|g6e?|p5e?n?|trn\d\w*)\.")
_GB, _GIB = 10**9, 2**30
# The least that a row of CSV takes in memory beside its text: eight bytes for a number of twenty
# characters.
_LEAST_SHARE = 0.4


@dataclass(frozen=True)
class _Machine:
    """What one training job runs on; `volume` and `memory` in bytes, None where not known."""

    name: str
    volume: int | None
    memory: float | None


def check_sizes(
    run: ExecutionInput, algorithm: Algorithm, field: str, found: Mapping[str, ChannelObjects]
) -> Checked:
    """A fault when no machine that the input names can hold the data, a warning when it is tight.

    Channels that are divided among instances, or read as a stream, are not judged. The test channel
    is no job of training's.
    """
    total = sum(channel.size_bytes for name, channel in found.items() if name != TEST)
    machines = [*_machines(run)]
    if not _is_whole(run):
        return Checked()
    value = f"{total / _GB:,.1f} GB"
    if all(machine.volume is not None and total > machine.volume for machine in machines):
        rule = "The channels hold more than the volume of a training job."
        fix = f"Set ResourceConfig.VolumeSizeInGB to {int(total / _GB * 1.5) + 1} or more."
        return Checked(faults=[Fault(field, value, rule, fix)])
    memories = [machine.memory for machine in machines]
    if not algorithm.objects.in_memory or None in memories:
        return Checked()
    most = max(memory for memory in memories if memory is not None)
    named = ", ".join(machine.name for machine in machines)
    rule = f"{named} has {most / _GIB:,.0f} GiB of memory, in which training holds all rows."
    fix = "Choose a larger InstanceType, such as ml.r5.4xlarge, or fewer rows."
    fault = Fault(field, value, rule, fix)
    if total * _LEAST_SHARE > most:
        return Checked(faults=[fault])
    return Checked(warnings=[fault] if total > most else [])


def _is_whole(run: ExecutionInput) -> bool:
    """Whether each instance gets all of the data, as files."""
    channels = (run.channels or {}).values()
    return all(
        channel.s3_data_distribution_type == "FullyReplicated"
        and channel.input_mode in (None, "File")
        for channel in channels
    )


def _machines(run: ExecutionInput) -> Iterator[_Machine]:
    """Those that a training job may run on: SageMaker takes the first that is free."""
    several = run.hyper_parameter_tuning_resource_config
    for config in several.instance_configs if several else [run.resource_config]:
        name = config.instance_type
        own = _OWN_DISK.match(name)
        yield _Machine(name, None if own else config.volume_size_in_gb * _GB, _memory(name))


def _memory(instance_type: str) -> float | None:
    match = _TYPE.fullmatch(instance_type)
    if match is None or match["family"] not in _GIB_OF_XLARGE or match["size"] not in _SIZES:
        return None
    return _GIB_OF_XLARGE[match["family"]] * _SIZES[match["size"]] * int(match["times"] or 1) * _GIB
