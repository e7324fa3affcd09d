"""The columns of a Parquet file, from the end of the file.

A file ends with its metadata in Thrift's compact protocol, their length and PAR1
(https://parquet.apache.org/docs/file-format/). Their second field is the schema: its root first,
then a column each, whose fields parquet.thrift of the format numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_MAGIC = b"PAR1"
SCHEMA = 2
_TYPE, _NAME, _CHILDREN, _CONVERTED, _LOGICAL = 1, 4, 5, 6, 10
_INT96, _BYTES = 3, (6, 7)  # types; the others are numbers and truth values
_TIMES, _DECIMAL = range(6, 11), 5  # converted types
_LOGICAL_TIMES, _LOGICAL_DECIMAL, _LOGICAL_HALF = (6, 7, 8), 5, 15  # logical types
_DEEPEST = 8  # of structs in each other; a schema has four
_LONGEST = 63  # bits before the last group of a number
# Types of Thrift's compact protocol.
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)


@dataclass(frozen=True)
class ParquetColumn:
    """A column of the table; `holds` is numbers, or what it holds instead."""

    name: str
    holds: str


def parquet_columns(end: bytes) -> tuple[str, ...] | None:
    """The names in the order of the file. None when they are not in `end`, or are no table's."""
    columns = read_columns(end)
    if columns is None or any(column.holds == NESTED for column in columns):
        return None
    return tuple(column.name for column in columns)


def ends_a_parquet_file(end: bytes) -> bool:
    """Whether a file that ends so may be Parquet."""
    return end.endswith(_MAGIC)


def read_columns(end: bytes) -> tuple[ParquetColumn, ...] | None:
    """In the order of the file. None when they are not in `end`."""
    metadata = read_metadata(end, until=SCHEMA)
    try:
        _, *elements = (metadata or {})[SCHEMA]
        return tuple(_columns(elements))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def read_metadata(end: bytes, until: int) -> dict[int, Any] | None:
    """Fields of the metadata by number, up to one of them. None when they are not in `end`."""
    length = int.from_bytes(end[-8:-4], "little")
    if not ends_a_parquet_file(end) or length + 8 > len(end):
        return None
    try:
        return _Thrift(end[-8 - length : -8]).struct(until)
    except (IndexError, ValueError):
        return None


NESTED = "lists or structs"


def _columns(elements: Sequence[dict[int, Any]]) -> Iterator[ParquetColumn]:
    """What is in a column is not told again."""
    inner = 0
    for element in elements:
        children = int(element.get(_CHILDREN, 0))
        if not inner:
            holds = NESTED if children else _holds(element)
            yield ParquetColumn(str(element[_NAME], "utf-8"), holds)
        inner = max(inner - 1, 0) + children


def is_decimal(element: dict[int, Any]) -> bool:
    """Whether an element of the schema is a column of decimals, of whatever type."""
    return element.get(_CONVERTED) == _DECIMAL or _LOGICAL_DECIMAL in element.get(_LOGICAL, {})


def _holds(element: dict[int, Any]) -> str:
    logical = element.get(_LOGICAL, {})
    is_time = element.get(_CONVERTED) in _TIMES or any(kind in logical for kind in _LOGICAL_TIMES)
    if is_time or element[_TYPE] == _INT96:
        return "dates or times"
    is_number = is_decimal(element) or _LOGICAL_HALF in logical
    return "text" if element[_TYPE] in _BYTES and not is_number else "numbers"


class _Thrift:
    """Reads values one after the other. Raises ValueError or IndexError for what is none."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at, self._depth = content, 0, 0

    def struct(self, until: int | None = None) -> dict[int, Any]:
        """The fields by number, up to one of them."""
        fields: dict[int, Any] = {}
        number = 0
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("structs in structs")
        while (header := self._byte()) and until not in fields:
            number = number + (header >> 4) if header >> 4 else self._integer()
            fields[number] = self._value(header & 15)
        self._depth -= 1
        return fields

    def _value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind in (_I16, _I32, _I64):
            return self._integer()
        if kind == _STRUCT:
            return self.struct()
        if kind in (_LIST, _SET):
            return self._list()
        lengths = {_BYTE: lambda: 1, _DOUBLE: lambda: 8, _BINARY: self._varint}
        if kind not in lengths:
            raise ValueError("a type that metadata do not have before the schema's end")
        return self._bytes(lengths[kind]())

    def _list(self) -> list[Any]:
        header = self._byte()
        size = self._varint() if header >> 4 == 15 else header >> 4
        if size > len(self._content):
            raise ValueError("longer than the file")
        return [self._value(header & 15) for _ in range(size)]

    def _bytes(self, length: int) -> bytes:
        self._at += length
        if self._at > len(self._content):
            raise IndexError
        return self._content[self._at - length : self._at]

    def _byte(self) -> int:
        return self._bytes(1)[0]

    def _varint(self) -> int:
        value, shift = 0, 0
        while (byte := self._byte()) & 128:
            value |= (byte & 127) << shift
            shift += 7
            if shift > _LONGEST:
                raise ValueError("more than 64 bits")
        return value | byte << shift

    def _integer(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
