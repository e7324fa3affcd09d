"""Which parts of a channel's objects are read: some, wherever they lie, and never many bytes.

Faults do not keep to the beginning of the first object: another program wrote the last one, and
what was appended later has other columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from time import monotonic
from typing import Protocol

from tuning.data.channel_objects import ChannelObjects, read_for
from tuning.data.channel_sample import ChannelSample
from tuning.data.piece import Piece
from tuning.data.s3_location import S3Location, S3Object

FIRST_BYTES = 200_000  # of the first object
PART_BYTES = 25_000  # of every other part
OTHER_OBJECTS = 16
OTHER_ENDS = 4  # objects of Parquet beside the first
ENDS = 3  # of them are read at their ends, too: the last and the smallest, which may be cut off
MAX_SECONDS = 5.0  # for a channel; the beginning of its first object is read in any case


class PartReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def read_part(self, location: S3Location, offset: int, size_bytes: int) -> bytes: ...


def sample_channel(
    field: str,
    found: ChannelObjects,
    data: PartReader,
    *,
    ends: bool = False,
    clock: Callable[[], float] = monotonic,
) -> ChannelSample:
    """`ends`: the last bytes of objects are read, where Parquet has its columns.

    Raises MissingData when an object may not be read, or was deleted meanwhile."""
    end = clock() + MAX_SECONDS
    pieces: list[Piece] = []
    parts = _ends if ends else _parts
    for entry, offset, size_bytes in parts(found.data_objects):
        if pieces and clock() > end:
            break
        place = S3Location(found.bucket, entry.key)
        with read_for(field):
            content = data.read_part(place, offset, size_bytes)
        pieces.append(Piece(field, str(place), content, offset, entry.size_bytes))
    whole = {piece.uri for piece in pieces if piece.begins and piece.ends}
    complete = len(whole) == len(found.data_objects) and not found.more
    return ChannelSample(field, pieces, complete)


def _parts(objects: Sequence[S3Object]) -> Iterator[tuple[S3Object, int, int]]:
    """The beginning, middle and end of the first object, and the beginnings of some others.

    All in all no more than 725 KB.
    """
    first, *others = objects
    yield first, 0, FIRST_BYTES
    chosen = _chosen(others)
    for entry in chosen:
        yield entry, 0, PART_BYTES
    rest = first.size_bytes - FIRST_BYTES
    if rest > PART_BYTES:
        yield first, FIRST_BYTES + (rest - PART_BYTES) // 2, PART_BYTES
    if rest > 0:
        yield first, max(FIRST_BYTES, first.size_bytes - PART_BYTES), PART_BYTES
    for entry in chosen[:ENDS]:
        if entry.size_bytes > PART_BYTES:
            yield entry, max(PART_BYTES, entry.size_bytes - PART_BYTES), PART_BYTES


def _ends(objects: Sequence[S3Object]) -> Iterator[tuple[S3Object, int, int]]:
    """No more than 1 MB: each may hold its columns many times, once for each group of rows."""
    for entry in (objects[0], *_chosen(objects[1:])[:OTHER_ENDS]):
        yield entry, max(0, entry.size_bytes - FIRST_BYTES), FIRST_BYTES


def _chosen(objects: Sequence[S3Object]) -> Sequence[S3Object]:
    """The last, the smallest, those whose names end otherwise than most, and some in between."""
    if not objects:
        return objects
    endings = Counter(PurePosixPath(entry.key).suffix for entry in objects)
    usual, _ = endings.most_common(1)[0]
    odd = [entry for entry in objects if PurePosixPath(entry.key).suffix != usual]
    smallest = sorted(objects, key=lambda entry: entry.size_bytes)[: ENDS - 1]
    spread = [objects[len(objects) * step // OTHER_OBJECTS] for step in range(OTHER_OBJECTS)]
    wanted = (objects[-1], *smallest, *odd[: OTHER_OBJECTS // 4], *spread)
    return [*{entry.key: entry for entry in wanted}.values()][:OTHER_OBJECTS]
