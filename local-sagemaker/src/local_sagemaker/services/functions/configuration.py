"""The parts of a function's configuration that moto does not keep."""

from __future__ import annotations

from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction

from local_sagemaker.services.functions.code import check_code
from local_sagemaker.services.patching import replace

_OF_THE_CODE = ("code_bytes", "code_size", "code_sha_256", "code_digest")


def install() -> None:
    """Keep LoggingConfig, as `logs_group_name`, and DeadLetterConfig, as `dead_letter_arn`.

    Code that is no zip, or too large, is refused.
    """
    initialize = LambdaFunction.__init__
    update = LambdaFunction.update_configuration
    describe = LambdaFunction.get_configuration
    set_code = LambdaFunction._set_function_code

    def initialize_with_more(
        function: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any
    ) -> None:
        _check_network(spec)
        function.dead_letter_arn = ""
        initialize(function, account_id, spec, *rest, **named)
        _keep(function, spec)

    def update_with_more(function: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
        _check_network(config_updates)
        _keep(function, config_updates)
        update(function, config_updates)
        return describe_with_more(function)

    def describe_with_more(function: Any, on_create: bool = False) -> dict[str, Any]:
        more = {"LoggingConfig": {"LogFormat": "Text", "LogGroup": function.logs_group_name}}
        if function.dead_letter_arn:
            more["DeadLetterConfig"] = {"TargetArn": function.dead_letter_arn}
        return describe(function, on_create) | more

    def set_checked_code(function: Any, spec: dict[str, Any]) -> None:
        kept = {name: vars(function).get(name) for name in _OF_THE_CODE}
        set_code(function, spec)
        try:
            if function.package_type == "Zip":
                check_code(vars(function).get("code_bytes"))
        except LambdaClientError:
            vars(function).update(kept)
            raise

    replace(LambdaFunction, "_set_function_code", set_checked_code)
    replace(LambdaFunction, "__init__", initialize_with_more)
    replace(LambdaFunction, "update_configuration", update_with_more)
    replace(LambdaFunction, "get_configuration", describe_with_more)


def _check_network(settings: dict[str, Any]) -> None:
    """Raises Lambda's refusal; moto would fail whenever it describes the function."""
    network = settings.get("VpcConfig") or {}
    if bool(network.get("SubnetIds")) != bool(network.get("SecurityGroupIds")):
        words = "SubnetIds and SecurityIds must coexist or be both empty list."
        raise LambdaClientError("InvalidParameterValueException", words)
    if network:
        network.setdefault("SubnetIds", [])
        network.setdefault("SecurityGroupIds", [])


def _keep(function: Any, settings: dict[str, Any]) -> None:
    log_group = (settings.get("LoggingConfig") or {}).get("LogGroup")
    if log_group is not None:
        function.logs_group_name = log_group
    if "DeadLetterConfig" in settings:
        function.dead_letter_arn = (settings["DeadLetterConfig"] or {}).get("TargetArn", "")
