"""The keys of KMS that a call of KMS's own names: by id, ARN or alias."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action


def key_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """Whatever a key is called by, IAM is asked for the key's ARN; aliases are asked for besides.

    The key of an alias that is not there is `key/*`: no key of the account may be meant.
    """
    types = action.resource_types
    member = {"ReEncryptFrom": "SourceKeyId", "ReEncryptTo": "DestinationKeyId"}.get(action.name)
    named = call.texts(member or "[KeyId, TargetKeyId][]") or _opened(call, action, known)
    alias = call.text("AliasName")
    if alias is not None and not named:
        named = (alias,)
    keys = tuple(key_arn(call, known, key) or call.arn("kms", "key/*") for key in named)
    aliases = (call.arn("kms", alias),) if alias and "alias" in types else ()
    return (*aliases, *keys) if "key" in types else aliases


def _opened(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """The key that closed a ciphertext, which KMS reads in it where no key is named."""
    blob = call.parameters.get("CiphertextBlob")
    if blob is None or action.name not in ("Decrypt", "ReEncryptFrom"):
        return ()
    key = known.look_up("key of a ciphertext", str(blob), call.region)
    return (key,) if key else ()


def key_arn(call: Call, known: Known, key: str) -> str | None:
    """The ARN of a key; None for an alias that is not there, and for those of AWS's own keys."""
    alias = key.rpartition(":")[2] if key.startswith("arn:") else key
    if alias.startswith("alias/"):
        return known.look_up("key of an alias", alias, call.region)
    return key if key.startswith("arn:") else call.arn("kms", f"key/{key}")
