"""The order of a CSV row's columns in an item: that of a HashMap of Java's, as recorded on AWS."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST_BUCKETS = 16
_LOAD_FACTOR = 0.75


def in_item_order(names: Sequence[str]) -> list[str]:
    """By their buckets, and within one as they came."""
    buckets = _FEWEST_BUCKETS
    while len(names) > buckets * _LOAD_FACTOR:
        buckets *= 2
    return sorted(names, key=lambda name: _spread(_hash_code(name)) % buckets)


def _hash_code(text: str) -> int:
    """String.hashCode, without its sign."""
    found = 0
    units = text.encode("utf-16-be")
    for high, low in zip(units[::2], units[1::2], strict=True):
        found = (found * 31 + (high << 8 | low)) & 0xFFFFFFFF
    return found


def _spread(code: int) -> int:
    return code ^ code >> 16
