"""What Lambda refuses of a function's configuration, in its words."""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.exceptions import LambdaClientError

# "Defined runtime environment variables" of the developer guide.
_RESERVED = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)
_GONE = ("python2.7", "python3.6")
# "Lambda quotas" of the developer guide.
_MOST = {"MemorySize": 10_240, "Timeout": 900}
_LONGEST_NAME, _VARIABLES_BYTES, _MOST_LAYERS = 64, 4_096, 5


def check_new(spec: dict[str, Any]) -> None:
    """Of CreateFunction. Raises LambdaClientError."""
    name = str(spec.get("FunctionName", "")).rpartition(":")[2]
    if len(name) > _LONGEST_NAME:
        raise _constraint(name, "functionName", f"length less than or equal to {_LONGEST_NAME}")
    if spec.get("PackageType", "Zip") == "Zip":
        missing = [member for member in ("Runtime", "Handler") if not spec.get(member)]
        if missing:
            raise _refused(
                "Runtime and Handler are mandatory parameters for functions created with "
                "deployment packages."
            )
    check_settings(spec)


def check_settings(settings: dict[str, Any]) -> None:
    """Of what is given when a function is created or changed. Raises LambdaClientError."""
    for member, most in _MOST.items():
        value = settings.get(member)
        if value is not None and int(value) > most:
            name = f"{member[0].lower()}{member[1:]}"
            raise _constraint(value, name, f"value less than or equal to {most}")
    if settings.get("Runtime") in _GONE:
        raise _refused(
            f"The runtime parameter of {settings['Runtime']} is no longer supported for creating "
            "or updating AWS Lambda functions. We recommend you use a supported runtime while "
            "creating or updating functions."
        )
    variables = (settings.get("Environment") or {}).get("Variables") or {}
    reserved = sorted(_RESERVED & set(variables))
    if reserved:
        raise _refused(
            "Lambda was unable to configure your environment variables because the environment "
            "variables you have provided contains reserved keys that are currently not supported "
            f"for modification. Reserved keys used in this request: {', '.join(reserved)}"
        )
    measured = json.dumps(variables, separators=(",", ":"))
    if len(measured.encode()) > _VARIABLES_BYTES:
        raise _refused(
            "Lambda was unable to configure your environment variables because the environment "
            f"variables you have provided exceeded the 4KB limit. String measured: {measured}"
        )
    if len(settings.get("Layers") or []) > _MOST_LAYERS:
        raise _refused(f"You cannot reference more than {_MOST_LAYERS} layers.")


def _constraint(value: Any, member: str, rule: str) -> LambdaClientError:
    return LambdaClientError(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
        f"constraint: Member must have {rule}",
    )


def _refused(message: str) -> LambdaClientError:
    return LambdaClientError("InvalidParameterValueException", message)
