"""`{{resolve:ssm:name:version}}` and `{{resolve:secretsmanager:...}}` in properties."""

from __future__ import annotations

import json
import re
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.acting import acting_client
from local_sagemaker.services.cloudformation.errors import ValidationError

_REFERENCE = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}")


def with_stored_values(value: Any, region: str) -> Any:
    """The value with what its dynamic references name. Raises ValidationError."""
    if isinstance(value, dict):
        return {key: with_stored_values(member, region) for key, member in value.items()}
    if isinstance(value, list):
        return [with_stored_values(item, region) for item in value]
    if not isinstance(value, str):
        return value
    return _REFERENCE.sub(lambda match: _stored(match[1], match[2], region), value)


def _stored(service: str, name: str, region: str) -> str:
    try:
        if service == "secretsmanager":
            return _secret(name, region)
        found = acting_client("ssm", region).get_parameter(
            Name=name, WithDecryption=service == "ssm-secure"
        )
    except ClientError as error:
        raise ValidationError(
            f"Could not resolve the dynamic reference {{{{resolve:{service}:{name}}}}}: {error}"
        ) from error
    return str(found["Parameter"]["Value"])


def _secret(reference: str, region: str) -> str:
    """secret-id:SecretString:json-key:version-stage:version-id; a secret's ARN has colons too."""
    identity, _, rest = reference.partition(":SecretString")
    key, stage, version = (*rest.removeprefix(":").split(":"), "", "", "")[:3]
    chosen = {"VersionStage": stage, "VersionId": version}
    secrets = acting_client("secretsmanager", region)
    given = {name: text for name, text in chosen.items() if text}
    text: str = secrets.get_secret_value(SecretId=identity, **given)["SecretString"]
    return str(json.loads(text)[key]) if key else text
