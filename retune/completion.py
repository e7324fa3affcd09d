"""Names that a shell completes, as far as they can be known without waiting long for them."""

from collections.abc import Iterable

import typer
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from configuration.faults import ConfigurationError
from configuration.settings_file import FILE, SettingsFile
from retune.aws import Aws
from retune.errors import CommandError
from retune.executions.execution import newest_names
from retune.project import ROOT
from retune.stack import find_stack

_NEWEST = 20  # executions
_SUFFIXES = (".json", ".yaml", ".yml")


def models(incomplete: str) -> list[str]:
    """Those that have files in models/, deployed or not."""
    files = (ROOT / "models").glob("*")
    return _beginning(incomplete, sorted(f.stem for f in files if f.suffix in _SUFFIXES))


def environments(incomplete: str) -> list[str]:
    """Those of retune.toml; none where it cannot be read, of which the command itself tells."""
    try:
        found = SettingsFile.read(ROOT / FILE).values.get("environments", {})
    except ConfigurationError:
        return []
    return _beginning(incomplete, sorted(found))


def executions(ctx: typer.Context, incomplete: str) -> list[str]:
    """The newest of the stack, by two calls of AWS; none where it cannot be asked."""
    try:
        aws = Aws()
        names = newest_names(aws, find_stack(aws, ctx.params["stack"]), _NEWEST)
    except (CommandError, ClientError, BotoCoreError, ResponseParserError):
        return []
    return _beginning(incomplete, names)


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
