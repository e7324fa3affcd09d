"""Which parts of a channel are read: bounded in number, bytes and seconds."""

from __future__ import annotations

from tuning.data.channel_objects import find_objects
from tuning.data.channel_sample import ChannelSample
from tuning.data.sampling import sample_channel
from tuning.execution_input.channel import Channel

from tests.tuning.channel_store import ROWS, ChannelStore

PREFIX = "s3://data-bucket/train/"


def sampled(data: ChannelStore, seconds: float = 0, *, ends: bool = False) -> ChannelSample:
    """`seconds` go by with each look at the clock."""
    now = iter(range(1000))
    found = find_objects("Channels.train", Channel.at(PREFIX), data)
    return sample_channel(
        "Channels.train", found, data, ends=ends, clock=lambda: seconds * next(now)
    )


def many(count: int, size: int) -> ChannelStore:
    rows = ROWS * (size // len(ROWS))
    return ChannelStore({f"{PREFIX}{number:03}.csv": rows for number in range(count)})


def test_small_channel_is_read_as_a_whole() -> None:
    sample = sampled(many(4, 1000))
    assert sample.complete
    assert len(sample.pieces) == 4


def test_large_channel_is_read_in_part() -> None:
    data = many(300, 2_000_000)
    sample = sampled(data)
    assert not sample.complete
    assert sum(data.read_sizes) <= 725_000
    assert len(data.read_sizes) <= 22
    uris = {piece.uri for piece in sample.pieces}
    assert {f"{PREFIX}000.csv", f"{PREFIX}299.csv"} <= uris
    first = [piece.offset for piece in sample.pieces if piece.uri.endswith("000.csv")]
    assert len(first) == 3  # its beginning, middle and end
    assert max(first) > 1_900_000


def test_slow_store_is_read_no_longer_than_five_seconds() -> None:
    data = many(300, 2_000_000)
    sample = sampled(data, seconds=2)
    assert len(sample.pieces) == 3
    assert not sample.complete


def test_ends_of_parquet_are_read_of_five_objects() -> None:
    data = many(300, 2_000_000)
    sample = sampled(data, ends=True)
    assert len(sample.pieces) == 5
    assert all(piece.ends for piece in sample.pieces)
    assert sum(data.read_sizes) <= 1_000_000
