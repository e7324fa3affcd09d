"""Records of an event file: a tensor each, in the frame of TensorFlow's record files.

A frame is the length of the event (8 bytes), the masked CRC-32C of these, the event, and 4 bytes
where TensorFlow has the event's own checksum: smdebug writes that of a fixed text there and expects
it back (smdebug/core/tfrecord/record_writer.py).
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.debugger.debugger_event_pb2 import (
    Event,
    Metadata,
    Shape,
    Summary,
    Tensor,
)

MODE = "GLOBAL"
"""The one mode that XGBoost trains in."""

Array = NDArray[Any]
_MODE_NUMBER = "4"
_DTYPES = {"f4": 1, "f8": 2, "i4": 3, "i8": 9}  # DataType of smdebug's types.proto
_FIXED_TEXT = b"0x12345678"
_CASTAGNOLI = 0x82F63B78


def tensor_record(name: str, values: Array, step: int, time: float) -> bytes:
    """The record of a tensor of numbers, or of one dimension of texts; `time` is since 1970."""
    value = Summary.Value(tag=name, tensor=_tensor(name, values), metadata=_metadata(step))
    event = Event(wall_time=time, step=step, summary=Summary(value=[value])).SerializeToString()
    length = struct.pack("<Q", len(event))
    return length + _checksum(length) + event + _checksum(_FIXED_TEXT)


def read_tensor(record: bytes) -> Array:
    """The values of a record that smdebug or `tensor_record` has written.

    Raises:
        ValueError: it is none.
    """
    event = Event()
    event.ParseFromString(record[12:-4])
    if len(event.summary.value) != 1:
        raise ValueError("The record of an event holds no tensor.")
    tensor = event.summary.value[0].tensor
    shape = [dimension.size for dimension in tensor.tensor_shape.dim]
    if tensor.string_val:
        return np.array([text.decode() for text in tensor.string_val]).reshape(shape)
    kinds = {number: kind for kind, number in _DTYPES.items()}
    if tensor.dtype not in kinds:
        raise ValueError(f"The record of an event has data of type {tensor.dtype}.")
    return np.frombuffer(tensor.tensor_content, kinds[tensor.dtype]).reshape(shape)


def _tensor(name: str, values: Array) -> Tensor:
    sizes = values.shape
    shape = Shape(dim=[Shape.Dimension(size=size, name=f"{name}_{size}") for size in sizes])
    if values.dtype.kind == "U":
        return Tensor(tensor_shape=shape, string_val=[text.encode() for text in values])
    number = _DTYPES[values.dtype.str[1:]]
    return Tensor(dtype=number, tensor_shape=shape, tensor_content=values.tobytes())


def _metadata(step: int) -> Metadata:
    parts = {"mode_step": str(step), "mode": _MODE_NUMBER}
    data = [Metadata.PluginData(plugin_name=name, content=text) for name, text in parts.items()]
    return Metadata(plugin_data=data)


@cache
def _checksum(data: bytes) -> bytes:
    """CRC-32C, bit by bit, masked as TensorFlow masks it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CASTAGNOLI if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    masked = ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
    return struct.pack("<I", masked)
