"""What the objects hold that an ItemReader reads: CSV, JSON, lines of JSON, Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_sagemaker.stepfunctions.map_runs.column_order import in_item_order

_DELIMITERS = {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}
_GZIP = b"\x1f\x8b"


class UnreadableItems(Exception):
    """The items cannot be read; the text is the cause."""


def parsed(body: bytes, config: Mapping[str, Any]) -> list[Any]:
    """The items of an object, which may be compressed. Raises UnreadableItems."""
    kind = config.get("InputType", "JSON")
    if body.startswith(_GZIP):
        body = _unpacked(body)
    if kind == "PARQUET":
        return _parquet(body)
    try:
        text = body.decode("utf-8-sig")
        if kind == "CSV":
            return _rows(text, config)
        if kind == "JSONL":
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        items = pointed(json.loads(text), config.get("ItemsPointer", ""))
    except (ValueError, csv.Error) as fault:
        raise UnreadableItems(str(fault)) from fault
    if not isinstance(items, list):
        raise UnreadableItems("Attempting to map over non-iterable node.")
    return items


def _unpacked(body: bytes) -> bytes:
    try:
        return gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as fault:
        raise UnreadableItems(f"The object begins as gzip does, and is none: {fault}") from fault


def rows_of(text: str, names: list[str], delimiter: str = ",") -> list[dict[str, str]]:
    """Each row by the names of its columns; a row that is too short has empty text for the rest."""
    if len(set(names)) < len(names):
        raise UnreadableItems("CSV headers cannot contain duplicates.")
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns = [(name, names.index(name)) for name in in_item_order(names)]
    return [{name: row[at] if at < len(row) else "" for name, at in columns} for row in rows if row]


def _rows(text: str, config: Mapping[str, Any]) -> list[dict[str, str]]:
    delimiter = _DELIMITERS[config.get("CSVDelimiter", "COMMA")]
    if config.get("CSVHeaderLocation") == "GIVEN":
        return rows_of(text, list(config["CSVHeaders"]), delimiter)
    lines = io.StringIO(text)
    names = next(csv.reader(lines, delimiter=delimiter), [])
    return rows_of(lines.read(), names, delimiter)


def pointed(value: Any, pointer: str) -> Any:
    """What a JSON Pointer (RFC 6901) names. Raises UnreadableItems."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (KeyError, IndexError, TypeError, ValueError) as fault:
            raise UnreadableItems(f"The ItemsPointer '{pointer}' was not found.") from fault
    return value


def _parquet(body: bytes) -> list[Any]:
    """Rows by the names of their columns. Needs the extra `parquet`."""
    try:
        import duckdb
    except ImportError:
        cause = "Local AWS reads Parquet with its extra 'parquet', which is not installed."
        raise UnreadableItems(cause) from None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "items.parquet"
        file.write_bytes(body)
        query = "select to_json(each)::varchar from read_parquet(?) as each"
        try:
            found = duckdb.execute(query, [str(file)]).fetchall()
        except duckdb.Error as fault:
            raise UnreadableItems(str(fault)) from fault
    return [json.loads(text) for (text,) in found]
