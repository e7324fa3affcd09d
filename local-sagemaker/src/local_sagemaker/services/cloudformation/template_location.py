"""The text of a template: in the request, in S3, or that of the stack as it is."""

from __future__ import annotations

from urllib.parse import unquote, urlparse

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.acting import asking
from local_sagemaker.services.cloudformation.errors import ValidationError, constraint_error

_MOST_IN_REQUEST, _MOST_IN_S3 = 51_200, 1_000_000


def template_at(body: str | None, url: str | None, region: str) -> str:
    """The text. Raises ValidationError for none, for both and for too much of it."""
    if body and url:
        raise ValidationError("You cannot specify both TemplateBody and TemplateURL")
    if body:
        if len(body.encode()) > _MOST_IN_REQUEST:
            rule = f"have length less than or equal to {_MOST_IN_REQUEST}"
            raise constraint_error(f"{body[:100]}...", "templateBody", rule)
        return body
    if not url:
        raise ValidationError("Either Template URL or Template Body must be specified.")
    return _stored(url, region)


def _stored(url: str, region: str) -> str:
    bucket, key = _bucket_and_key(url)
    try:
        answer = asking("s3", region).get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        raise ValidationError(f"S3 error: {error.response['Error']['Message']}") from error
    content: bytes = answer["Body"].read()
    if len(content) > _MOST_IN_S3:
        raise ValidationError(f"Template may not exceed {_MOST_IN_S3} bytes in size.")
    return content.decode()


def _bucket_and_key(url: str) -> tuple[str, str]:
    """Of https://s3.region.amazonaws.com/bucket/key, or https://bucket.s3.../key."""
    parsed = urlparse(url)
    host, path = parsed.hostname or "", unquote(parsed.path.lstrip("/"))
    if parsed.scheme not in ("http", "https"):
        raise ValidationError(
            "TemplateURL must be a supported URL, such as https://s3.amazonaws.com/bucket/key."
        )
    first, *others = host.split(".")
    if host in ("localhost", "127.0.0.1") or first == "s3" or first.startswith("s3-"):
        bucket, _, key = path.partition("/")
        return bucket, key
    if others:
        return host.partition(".s3")[0] if ".s3" in host else first, path
    raise ValidationError("TemplateURL must reference a valid S3 object to which you have access.")
