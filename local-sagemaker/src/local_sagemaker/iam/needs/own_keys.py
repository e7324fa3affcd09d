"""Condition keys whose values are made of several parameters, or of what is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known

Keys = dict[str, tuple[str, ...]]


def own_keys(call: Call, known: Known) -> Keys:
    """Keys in the reference's spelling, for whichever action of the call lists them."""
    make = _MAKERS.get(call.prefix)
    return {key: values for key, values in make(call, known).items() if values} if make else {}


def _sagemaker(call: Call, _known: Known) -> Keys:
    names = call.texts("[ModelName, ProductionVariants[].ModelName][]")
    arns = tuple(call.arn("sagemaker", f"model/{name.lower()}") for name in names)
    return {"sagemaker:ModelArn": arns}


def _states(call: Call, _known: Known) -> Keys:
    """The alias or version behind a state machine's ARN."""
    parts = (call.text("stateMachineArn || stateMachineAliasArn") or "").split(":")
    return {"states:StateMachineQualifier": tuple(parts[7:8])}


def _lambda(call: Call, known: Known) -> Keys:
    """Of a mapping that is there, its function."""
    mapping = call.text("UUID")
    function = known.look_up("function of a mapping", mapping, call.region) if mapping else None
    return {"lambda:FunctionArn": (function,) if function else ()}


def _kms(call: Call, _known: Known) -> Keys:
    pairs: Mapping[str, Any] = call.parameters.get("EncryptionContext") or {}
    key = call.text("KeyId") or ""
    alias = key.rpartition(":")[2]
    return {
        "kms:CallerAccount": (call.account,),
        "kms:EncryptionContextKeys": tuple(pairs),
        "kms:RequestAlias": (alias,) if alias.startswith("alias/") else (),
        **{f"kms:EncryptionContext:{name}": (str(value),) for name, value in pairs.items()},
    }


def _events(call: Call, _known: Known) -> Keys:
    """A rule's pattern tells the sources and detail-types that it looks for."""
    pattern = _pattern(call.text("EventPattern") or "{}")
    return {
        "events:creatorAccount": (call.account,),
        "events:source": _texts(pattern.get("source")),
        "events:detail-type": _texts(pattern.get("detail-type")),
    }


def _pattern(text: str) -> Mapping[str, Any]:
    """Empty for what is no pattern, which EventBridge refuses."""
    try:
        pattern = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return pattern if isinstance(pattern, dict) else {}


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(each for each in values if isinstance(each, str))


_MAKERS: Mapping[str, Callable[[Call, Known], Keys]] = {
    "events": _events,
    "kms": _kms,
    "lambda": _lambda,
    "sagemaker": _sagemaker,
    "states": _states,
}
