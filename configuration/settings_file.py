"""The settings of a deployment: `retune.toml`, of which one environment is deployed.

notification_email = "ml@example.com"     # of all environments

[environments.prod]                       # laid over it by `retune deploy --environment prod`
account = "123456789012"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tuning.execution_input.suggest import did_you_mean

from configuration.faults import ConfigurationError, FileFault
from configuration.settings import CONTEXT_PREFIX, Settings

FILE = "retune.toml"
ENVIRONMENT = f"{CONTEXT_PREFIX}environment"
_ENVIRONMENTS = "environments"
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?")
_KEY = re.compile(r"""\s*([\w-]+|"[^"]*"|'[^']*')\s*(\.[^=]*)?=""")


@dataclass(frozen=True)
class SettingsFile:
    """The values of a file, and the line of each by its path; empty where there is no file."""

    name: str = FILE
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> SettingsFile:
        """Raises ConfigurationError when it cannot be read, or is not TOML."""
        try:
            text = path.read_text()
        except FileNotFoundError:
            return cls(path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path.name} cannot be read: {error}") from error
        try:
            return cls(path.name, tomllib.loads(text), _lines(text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            reason = str(error).split(" (at ")[0]
            fault = FileFault(
                path.name, int(found[1]) if found else 1, f"It is not TOML: {reason}."
            )
            raise ConfigurationError.of([fault]) from error

    def settings(self, context: Mapping[str, Any]) -> Settings:
        """The settings of the environment that the context names, with the context's over them.

        Raises:
            ConfigurationError: naming each key that is unknown or has an impossible value.
        """
        given = {
            key.removeprefix(CONTEXT_PREFIX): value
            for key, value in context.items()
            if key.startswith(CONTEXT_PREFIX) and key != ENVIRONMENT
        }
        values = {key: value for key, value in self.values.items() if key != _ENVIRONMENTS}
        paths = {key: (key,) for key in values}
        name = self._chosen(context.get(ENVIRONMENT))
        if name is not None:
            own = self.values[_ENVIRONMENTS][name]
            values |= own
            paths |= {key: (_ENVIRONMENTS, name, key) for key in own}
        places = {
            key: f"{self.name}:{self.lines.get(path, 1)}: {key}"
            for key, path in paths.items()
            if key not in given
        }
        return Settings.parse(values | given, places)

    def _chosen(self, name: Any) -> str | None:
        environments = self.values.get(_ENVIRONMENTS, {})
        if not isinstance(environments, dict) or not all(
            isinstance(each, dict) for each in environments.values()
        ):
            rule = "Write a table for each, such as [environments.prod]."
            raise ConfigurationError(f"{self.name}: {_ENVIRONMENTS}: {rule}")
        if name is None and environments:
            known = ", ".join(environments)
            raise ConfigurationError(
                f"{self.name} has the environments {known}. Name the one that is meant: "
                f"retune deploy --environment {next(iter(environments))}, or with the CDK's "
                f"command line -c {ENVIRONMENT}={next(iter(environments))}."
            )
        if name is not None and name not in environments:
            hint = did_you_mean(str(name), environments) if environments else "It has none."
            raise ConfigurationError(f"{self.name} has no environment {name!r}. {hint}")
        return None if name is None else str(name)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Where each key stands; of what TOML can write in several ways, the usual one."""
    table: tuple[str, ...] = ()
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1].strip("\"'")), number)
    return lines
