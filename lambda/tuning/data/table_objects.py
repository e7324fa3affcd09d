"""The objects of the table that Prepare names, before a processing job costs anything."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.data.channel_data import DataReader, check_siblings
from tuning.data.channel_objects import ChannelObjects, find_objects
from tuning.data.s3_location import S3Location
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import Channel
from tuning.execution_input.prepare import Prepare
from tuning.names import holds_own_keys

FIELD = "Prepare.Table"
_TIMES = 4  # of the table: it, the database, what is sorted, and the channels
_GB = 10**9
# Starts of files that are no table here, by what they are.
_FOREIGN = {
    b"PK\x03\x04": "is a ZIP file or a workbook",
    b"\xd0\xcf\x11\xe0": "is a workbook",
    b"BZh": "is compressed by bzip2",
    b"\xfd7zXZ": "is compressed by xz",
    b"\x28\xb5\x2f\xfd": "is compressed by Zstandard",
    b"%PDF": "is a PDF",
}


def inspect_table(prepare: Prepare, data_bucket: str, data: DataReader) -> Channel:
    """The table as a channel: every object whose key begins so.

    Raises:
        MissingData: there is none with data, or it cannot be read.
        InvalidInput: it is no table, larger than the machine, or holds what Retune itself writes
            into the data bucket.
    """
    channel = Channel.at(prepare.table)
    place = S3Location.of(prepare.table)
    if place.bucket == data_bucket and holds_own_keys(place.key):
        rule = "What Retune writes into this bucket lies there too, and changes with every run."
        fix = "Keep the table in a folder of its own, and end the folder with /."
        raise InvalidInput([Fault(FIELD, prepare.table, rule, fix)])
    found = find_objects(FIELD, channel, data)
    if not found.objects:
        raise MissingData(
            f"{FIELD} = {prepare.table!r}: There is no object with data under this prefix. "
            f"Upload it, for example: aws s3 cp table.csv {prepare.table}"
        )
    faults = [*check_siblings(FIELD, found, data), *_check_size(prepare, found)]
    start = data.read_start(found.first, max(map(len, _FOREIGN)))
    kind = next((kind for magic, kind in _FOREIGN.items() if start.startswith(magic)), None)
    if kind:
        rule = f"{found.first} {kind}. CSV with a header is read, plain or by gzip, and Parquet."
        faults.append(Fault(FIELD, prepare.table, rule, "Save it as one of them."))
    if faults:
        raise InvalidInput(faults)
    return channel


def _check_size(prepare: Prepare, found: ChannelObjects) -> Iterator[Fault]:
    volume = prepare.resource_config.volume_size_in_gb
    if _TIMES * found.size_bytes > volume * _GB:
        yield Fault(
            "Prepare.ResourceConfig.VolumeSizeInGB",
            volume,
            f"The table has {found.size_bytes / _GB:.1f} GB or more, and preparing it takes "
            f"{_TIMES} times as much.",
            f"Use at least {-(-_TIMES * found.size_bytes // _GB)}.",
        )
