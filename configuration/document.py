"""Reads a YAML or JSON file as a value of JSON's kinds, and remembers where everything stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from tuning.errors import Fault

from configuration.faults import ConfigurationError, FileFault
from configuration.yaml_nodes import Reading, check_events, read_node

MAX_BYTES = 256 * 1024  # of a file; an execution's input has no more


@dataclass(frozen=True)
class Document:
    """A file's value; `lines` has the line of each field by its path, such as `Tags.0.Key`."""

    file: str
    value: Any
    lines: Mapping[str, int]

    def line_of(self, field: str) -> int:
        """The line of a field, or of the nearest one above it that stands in the file."""
        while field and field not in self.lines:
            field = field.rpartition(".")[0]
        return self.lines.get(field, 1 if self.lines else 0)

    def moved(self, value: Any, places: Mapping[str, str]) -> Document:
        """The document of another value, whose fields stood in this one at their `places`."""
        lines = {
            field + path.removeprefix(place): line
            for field, place in places.items()
            for path, line in self.lines.items()
            if f"{path}.".startswith(f"{place}.")
        }
        return replace(self, value=value, lines=lines)

    def fault(self, fault: Fault) -> FileFault:
        """A fault of the value, with the place of its field."""
        return FileFault(self.file, self.line_of(fault.field), str(fault))


def read_file(path: Path, file: str | None = None) -> Document:
    """The document of a file, which messages call `file`.

    Raises:
        ConfigurationError: it cannot be read, or something in it can be read in several ways.
    """
    name = file or str(path)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise _refused(name, 1, f"It cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refused(name, line, "It is not UTF-8. Save it as UTF-8.") from error
    return read_text(text, name, is_json=path.suffix == ".json")


def read_text(text: str, file: str, *, is_json: bool) -> Document:
    """The document that a text is, see `read_file`."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise _refused(file, 1, f"It has more than {MAX_BYTES} bytes; no execution input has.")
    return _read_json(text, file) if is_json else _read_yaml(text, file)


def _read_yaml(text: str, file: str) -> Document:
    try:
        check_events(yaml.parse(text, Loader=yaml.SafeLoader), reading := Reading())
        if not reading.faults:
            read_root(text, reading)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(file, line, f"It is not YAML: {error.problem}.") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _refused(file, line, "It has a character that YAML does not know.") from error
    if reading.faults:
        faults = (FileFault(file, line, str(fault)) for line, fault in reading.faults)
        raise ConfigurationError.of(faults)
    return Document(file, reading.value, reading.lines)


def read_root(text: str, reading: Reading) -> None:
    """Fills the reading with the only document of a text."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    reading.value = None if node is None else read_node(node, "", reading)


def _read_json(text: str, file: str) -> Document:
    """The value as JSON has it; the lines as YAML finds them, which knows JSON but for tabs."""
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise _refused(file, error.lineno, f"It is not JSON: {error.msg}.") from error
    except RecursionError as error:
        raise _refused(file, 1, "It is nested deeper than any input. Remove brackets.") from error
    except ValueError as error:
        raise _refused(file, 1, f"It is not JSON: {error}.") from error
    reading = Reading()
    try:
        check_events(yaml.parse(text.replace("\t", " "), Loader=yaml.SafeLoader), reading)
        if not reading.faults:
            read_root(text.replace("\t", " "), reading)
    except yaml.YAMLError:
        return Document(file, value, {})
    return Document(file, value, reading.lines)


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in members:
        if key in found:
            raise ValueError(f"{key!r} stands twice in one object. Keep one of them")
        found[key] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is no finite number")
    return number


def _refused(file: str, line: int, text: str) -> ConfigurationError:
    return ConfigurationError.of([FileFault(file, line, text)])
