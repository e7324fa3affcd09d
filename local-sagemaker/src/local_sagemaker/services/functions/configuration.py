"""The parts of a function's configuration that moto does not keep."""

from __future__ import annotations

import re
from typing import Any

from moto.awslambda.exceptions import (
    CrossAccountNotAllowed,
    InvalidRoleFormat,
    LambdaClientError,
)
from moto.awslambda.models import LambdaFunction

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.functions.code import check_code, check_stored
from local_sagemaker.services.functions.configuration_rules import check_new, check_settings
from local_sagemaker.services.functions.layers import layers_of
from local_sagemaker.services.functions.package_sizes import check_together
from local_sagemaker.services.patching import replace
from local_sagemaker.services.role_trust import keeps_out

_OF_THE_CODE = ("code_bytes", "code_size", "code_sha_256", "code_digest")


def install() -> None:
    """Keep LoggingConfig, as `logs_group_name`, DeadLetterConfig, as `dead_letter_arn`, and a key.

    Refused are code that is no zip or too large, roles that Lambda may not take on, and functions
    that no Python runs.
    """
    _check_all_code()
    initialize = LambdaFunction.__init__
    update = LambdaFunction.update_configuration
    describe = LambdaFunction.get_configuration

    def initialize_with_more(
        function: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any
    ) -> None:
        _check_role(spec)
        check_new(spec)
        _check_network(spec)
        _check_runtime(spec.get("PackageType") or "Zip", spec.get("Runtime"))
        function.dead_letter_arn = ""
        initialize(function, account_id, spec, *rest, **named)
        _check_size(function, spec.get("Layers"))
        _keep(function, spec)

    def update_with_more(function: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
        _check_role(config_updates)
        check_settings(config_updates)
        _check_size(function, config_updates.get("Layers"))
        _check_network(config_updates)
        _check_runtime("Zip", config_updates.get("Runtime") or function.run_time)
        _keep(function, config_updates)
        update(function, config_updates)
        return describe_with_more(function)

    def describe_with_more(function: Any, on_create: bool = False) -> dict[str, Any]:
        more = {"LoggingConfig": {"LogFormat": "Text", "LogGroup": function.logs_group_name}}
        if function.dead_letter_arn:
            more["DeadLetterConfig"] = {"TargetArn": function.dead_letter_arn}
        return describe(function, on_create) | more

    replace(LambdaFunction, "__init__", initialize_with_more)
    replace(LambdaFunction, "update_configuration", update_with_more)
    replace(LambdaFunction, "get_configuration", describe_with_more)


def _check_all_code() -> None:
    set_code = LambdaFunction._set_function_code

    def set_checked_code(function: Any, spec: dict[str, Any]) -> None:
        kept = {name: vars(function).get(name) for name in _OF_THE_CODE}
        is_new = kept["code_bytes"] is None
        set_code(function, spec)
        try:
            if function.package_type == "Zip":
                if "ZipFile" not in spec:
                    check_stored(spec, vars(function).get("code_bytes"))
                check_code(*(vars(function).get(name) for name in ("code_bytes", "code_sha_256")))
                if not is_new:
                    _check_size(function, [layer["Arn"] for layer in function.layers])
        except LambdaClientError:
            vars(function).update(kept)
            raise

    replace(LambdaFunction, "_set_function_code", set_checked_code)


def _check_size(function: Any, layers: list[str] | None) -> None:
    """Raises Lambda's refusal of code that is too large together with these layers."""
    if layers and function.package_type == "Zip":
        own = layers_of(function.account_id, function.region, layers)
        check_together((each.code_bytes, each.code_sha_256) for each in (function, *own))


def _check_role(settings: dict[str, Any]) -> None:
    """Raises Lambda's refusal; moto looks, when a function is created, whether there is a role."""
    arn = settings.get("Role")
    if arn is None:
        return
    role = re.fullmatch(InvalidRoleFormat.pattern, arn)
    if role is None:
        raise InvalidRoleFormat(arn)
    if role.group(2) != ACCOUNT:
        raise CrossAccountNotAllowed
    if keeps_out("lambda", arn):
        words = "The role defined for the function cannot be assumed by Lambda."
        raise LambdaClientError("InvalidParameterValueException", words)


def _check_network(settings: dict[str, Any]) -> None:
    """Raises Lambda's refusal; moto would fail whenever it describes the function."""
    network = settings.get("VpcConfig") or {}
    if bool(network.get("SubnetIds")) != bool(network.get("SecurityGroupIds")):
        words = "SubnetIds and SecurityIds must coexist or be both empty list."
        raise LambdaClientError("InvalidParameterValueException", words)
    if network:
        network.setdefault("SubnetIds", [])
        network.setdefault("SecurityGroupIds", [])


def _check_runtime(package_type: str, runtime: str | None) -> None:
    """Raises local AWS's refusal."""
    kind = str(runtime) if package_type == "Zip" else f"package type {package_type}"
    if not kind.startswith("python"):
        message = f"Local AWS runs Python functions only, and this one is {kind}."
        raise LambdaClientError("InvalidParameterValueException", message)


def _keep(function: Any, settings: dict[str, Any]) -> None:
    log_group = (settings.get("LoggingConfig") or {}).get("LogGroup")
    if log_group is not None:
        function.logs_group_name = log_group
    if "DeadLetterConfig" in settings:
        function.dead_letter_arn = (settings["DeadLetterConfig"] or {}).get("TargetArn", "")
    if "KMSKeyArn" in settings:
        function.kms_key_arn = settings["KMSKeyArn"] or None
