"""The LoggingConfig of a function, which moto does not keep."""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction


def install() -> None:
    initialize = LambdaFunction.__init__
    update = LambdaFunction.update_configuration
    describe = LambdaFunction.get_configuration

    def initialize_with_logs(
        function: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any
    ) -> None:
        initialize(function, account_id, spec, *rest, **named)
        _set_log_group(function, spec)

    def update_with_logs(function: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
        _set_log_group(function, config_updates)
        update(function, config_updates)
        return describe_with_logs(function)

    def describe_with_logs(function: Any, on_create: bool = False) -> dict[str, Any]:
        logging = {"LogFormat": "Text", "LogGroup": function.logs_group_name}
        return describe(function, on_create) | {"LoggingConfig": logging}

    LambdaFunction.__init__ = initialize_with_logs
    LambdaFunction.update_configuration = update_with_logs
    LambdaFunction.get_configuration = describe_with_logs


def _set_log_group(function: Any, settings: dict[str, Any]) -> None:
    log_group = (settings.get("LoggingConfig") or {}).get("LogGroup")
    if log_group is not None:
        function.logs_group_name = log_group
