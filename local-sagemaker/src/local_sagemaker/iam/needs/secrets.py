"""The secrets that a call names: IAM is asked for the ARN with its six letters."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action


def secret_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """A secret that is made, or is not there, has its name alone."""
    if "Secret" not in action.resource_types:
        return ()
    return tuple(
        (known.look_up("secret", name, call.region) or call.arn("secretsmanager", f"secret:{name}"))
        if not name.startswith("arn:")
        else name
        for name in call.texts("[SecretId, Name, SecretIdList][]")
    )
