"""Decides, without AWS, whether an execution input can work: five stages, each entered once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tuning.checks.check import Deployment, check
from tuning.execution_input.defaults import with_defaults
from tuning.execution_input.definitions import definitions
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.normalise import normalise
from tuning.execution_input.requirements import NOTHING_REQUIRED, Requirements
from tuning.execution_input.validate import validate
from tuning.prices.price_list import Ask, nobody


def check_input(
    document: Any,
    *,
    name_prefix: str,
    region: str | None = None,
    account: str | None = None,
    image_repositories: tuple[str, ...] = (),
    defaults: Mapping[str, Any] = MappingProxyType({}),
    required: Requirements = NOTHING_REQUIRED,
    ask: Ask = nobody,
) -> ExecutionInput:
    """The complete input that a document stands for, defaults filled in.

    Calls nothing outside of this process, unless `ask` does, which tells prices that the price
    table does not have. `defaults` are the deployed ones, laid over the built-in ones, `required`
    is what no input can take away. `region`, when known, is checked for the algorithm's image;
    then `account` and `image_repositories` tell whose images are trusted.

    Raises:
        InvalidInput: with every fault of the document.
    """
    given = normalise(document, defaults)
    separate = definitions(given, defaults)
    complete = [with_defaults(definition) for definition in separate]
    valid = [validate(definition) for definition in complete]
    stack_endpoint = defaults.get("Endpoint", {}).get("EndpointName", name_prefix)
    return check(
        valid,
        Deployment(name_prefix, stack_endpoint, region, account, image_repositories, required, ask),
    )
