"""The KMS keys of the objects that a function reads and writes: those of the settings."""

from collections.abc import Sequence

from aws_cdk import aws_iam

# "Protecting data with server-side encryption using AWS KMS keys" of the S3 user guide; a write in
# parts is decrypted, too.
_NEEDED = {
    "s3:GetObject": ("kms:Decrypt",),
    "s3:PutObject": ("kms:Decrypt", "kms:GenerateDataKey"),
}


def use_keys(
    keys: Sequence[str], statements: Sequence[aws_iam.PolicyStatement]
) -> list[aws_iam.PolicyStatement]:
    """What a role with these statements needs besides when its objects are encrypted by `keys`.

    Only requests that S3 makes for the role may use them.
    """
    if not keys:
        return []
    allowed = {action for statement in statements for action in statement.actions}
    needed = {action for may in allowed & _NEEDED.keys() for action in _NEEDED[may]}
    if not needed:
        return []
    return [
        aws_iam.PolicyStatement(
            actions=sorted(needed),
            resources=list(keys),
            conditions={"StringLike": {"kms:ViaService": "s3.*"}},
        )
    ]
