"""A file of Parquet: its columns, read as the text that they would be in CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from preparation.engine import sql
from preparation.engine.database import Database
from preparation.errors import TableError

MAGIC = b"PAR1"
_NESTED = ("[]", "]", ")")  # ends of types: lists, arrays, structs, maps


@dataclass(frozen=True)
class ParquetFile:
    """`nested` are the columns that hold no single value, each with its type."""

    source: str
    path: Path
    names: tuple[str, ...]
    nested: Mapping[str, str]

    @classmethod
    def open(cls, source: str, path: Path, database: Database) -> ParquetFile:
        try:
            rows = database.rows(f"DESCRIBE SELECT * FROM {_function(path)}")
        except duckdb.Error:
            raise TableError(f"{source} cannot be read as Parquet. Write it again.") from None
        types = {str(name): str(type_) for name, type_, *_ in rows}
        nested = {name: type_ for name, type_ in types.items() if _is_nested(type_)}
        return cls(source, path, tuple(types), nested)

    @property
    def scan(self) -> str:
        columns = ", ".join(
            f"{'NULL' if name in self.nested else sql.name(name)}::VARCHAR AS f{place}"
            for place, name in enumerate(self.names)
        )
        return f"(SELECT {columns} FROM {_function(self.path)})"


def _function(path: Path) -> str:
    return f"read_parquet({sql.literal(str(path))}, hive_partitioning=false)"


def _is_nested(type_: str) -> bool:
    return type_ == "BLOB" or (type_.endswith(_NESTED) and not type_.startswith("DECIMAL"))
