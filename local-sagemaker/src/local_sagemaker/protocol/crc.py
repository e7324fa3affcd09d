"""CRC32C and CRC64NVME, which the AWS command line and newer SDKs send, and Python does not have.

A byte after the other is slow in Python, so that numpy takes many lanes of the data at once. A CRC
is linear: that of lanes in a row is each lane's, moved on by the length of the next ones.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

_LANES = 4096
# Polynomials with the lowest power first (RFC 3720; NVMe command set specification, 5.2.1.3.4).
_CRC32C = 0x82F63B78
_CRC64NVME = 0x9A6C9329AC4BC9B5


def crc32c(data: bytes) -> bytes:
    return _crc(data, _CRC32C, 4)


def crc64nvme(data: bytes) -> bytes:
    return _crc(data, _CRC64NVME, 8)


def _crc(data: bytes, polynomial: int, width: int) -> bytes:
    table = _table(polynomial)
    every_bit: int = 256**width - 1
    length = len(data) // _LANES
    state = every_bit
    if length:
        lanes = np.frombuffer(data, np.uint8, length * _LANES).reshape(_LANES, length)
        moves = _moves(length, width, table)
        for lane in _through(np.zeros(_LANES, np.uint64), lanes, table).tolist():
            state = _moved(state, moves) ^ lane
    rest = np.frombuffer(data, np.uint8, offset=length * _LANES).reshape(1, -1)
    state = int(_through(np.array([state], np.uint64), rest, table)[0])
    return (state ^ every_bit).to_bytes(width, "big")


@cache
def _table(polynomial: int) -> Any:
    """What each value of a byte makes of a CRC."""
    values = np.arange(256, dtype=np.uint64)
    for _ in range(8):
        values = np.where(values & 1, (values >> 1) ^ np.uint64(polynomial), values >> 1)
    return values


def _through(states: Any, lanes: Any, table: Any) -> Any:
    """The states after the bytes of their lanes."""
    for column in np.ascontiguousarray(lanes.T):
        states = table[(states ^ column) & 0xFF] ^ (states >> np.uint64(8))
    return states


def _moves(length: int, width: int, table: Any) -> list[list[int]]:
    """For each byte of a state, what each of its values becomes by `length` bytes of zeros."""
    values = np.arange(256, dtype=np.uint64)
    states = np.concatenate([values << np.uint64(8 * place) for place in range(width)])
    zeros = np.zeros((1, length), np.uint8)
    moves: list[list[int]] = _through(states, zeros, table).reshape(width, 256).tolist()
    return moves


def _moved(state: int, moves: list[list[int]]) -> int:
    moved = 0
    for values in moves:
        moved ^= values[state & 0xFF]
        state >>= 8
    return moved
