"""The settings of a deployment, as the CDK app will read them."""

from configuration.faults import ConfigurationError
from configuration.settings import CONTEXT_PREFIX, Settings
from configuration.settings_file import ENVIRONMENT, FILE, SettingsFile
from retune.errors import InputError
from retune.project import ROOT
from retune.stack import DEFAULT_STACK

PREFIX = f"{CONTEXT_PREFIX}name_prefix"


def context_options(context: list[str], environment: str | None, stack: str) -> dict[str, str]:
    """The CDK's context keys by name; InputError names what is not key=value."""
    given: dict[str, str] = {}
    for text in context:
        key, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"-c {text}: write key=value, such as -c {PREFIX}=bank.")
        given[key] = value
    if environment is not None:
        given[ENVIRONMENT] = environment
    if stack != DEFAULT_STACK:
        given.setdefault(PREFIX, stack)
    return given


def read_settings(context: dict[str, str]) -> Settings:
    """Those of retune.toml with the context's over them; InputError names every wrong one."""
    try:
        return SettingsFile.read(ROOT / FILE).settings(context)
    except ConfigurationError as error:
        raise InputError(str(error)) from error
