"""The data of a model: an archive or objects in S3, brought into its container."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.archives import UnpackError, unpack
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.channels import download
from local_sagemaker.sagemaker.jobs.transfer import TransferFailed
from local_sagemaker.sagemaker.s3_location import S3Location

_NOT_LOCAL = ("ModelAccessConfig", "HubAccessConfig", "ManifestS3Uri", "ETag", "ManifestEtag")


class DataMissing(Exception):
    """The data cannot be read; the text says why."""


def is_multi_model(container: Document) -> bool:
    """Whether the container serves any of the models below a prefix."""
    return container.get("Mode") == "MultiModel"


def check_model_data(s3: Any, container: Document) -> None:
    """Refuse a container whose data is not there, or that local AWS would read otherwise.

    Raises:
        ValidationException: names the member, or the place.
    """
    source = _source(container)
    if is_multi_model(container):
        return  # models may be put below the prefix at any time
    location = S3Location.parse(source["S3Uri"])
    try:
        if source["S3DataType"] == "S3Object":
            s3.head_object(Bucket=location.bucket, Key=location.key)
            return
        found = s3.list_objects_v2(Bucket=location.bucket, Prefix=location.key, MaxKeys=1)
    except ClientError as fault:
        if fault.response["Error"]["Code"] not in ("404", "403", "NoSuchBucket"):
            raise
        raise _not_found(source["S3Uri"]) from fault
    if not found["KeyCount"]:
        raise _not_found(source["S3Uri"])


def bring_model_data(s3: Any, container: Document, directory: Path) -> None:
    """Write the data below the directory that stands for /opt/ml/model.

    Raises:
        DataMissing: there is none, or it is no archive where it should be one.
    """
    source = _source(container)
    try:
        if source["CompressionType"] == "Gzip":
            unpack(s3, S3Location.parse(source["S3Uri"]), directory)
        else:
            # One object, or all of a prefix, by the rest of their keys.
            download(s3, source | {"S3DataType": "S3Prefix"}, directory)
    except (UnpackError, TransferFailed) as fault:
        raise DataMissing(
            f"Failed to load the model data at {S3Location.parse(source['S3Uri'])}: {fault}"
        ) from fault


def _source(container: Document) -> Document:
    """The S3DataSource that a container has, or that its ModelDataUrl means."""
    uri, source = container.get("ModelDataUrl"), container.get("ModelDataSource")
    if uri is not None and source is not None:
        raise ValidationException("Give either ModelDataUrl or ModelDataSource, not both.")
    if uri is not None:
        return {"S3Uri": uri, "S3DataType": "S3Object", "CompressionType": "Gzip"}
    if source is None:
        raise ValidationException("The container needs a ModelDataUrl: s3://bucket/model.tar.gz.")
    return _checked(source.get("S3DataSource") or {})


def _checked(source: Document) -> Document:
    if not source:
        raise ValidationException("ModelDataSource needs an S3DataSource.")
    for member in _NOT_LOCAL:
        if member in source:
            raise ValidationException(
                f"Local AWS has no ModelDataSource.S3DataSource.{member}: leave it out."
            )
    is_prefix = source["S3DataType"] == "S3Prefix"
    if is_prefix and not source["S3Uri"].endswith("/"):
        raise ValidationException(
            f"ModelDataSource with S3DataType S3Prefix: S3Uri '{source['S3Uri']}' must end with a "
            "slash."
        )
    if is_prefix and source["CompressionType"] == "Gzip":
        raise ValidationException(
            "ModelDataSource: CompressionType Gzip is for an archive, S3DataType S3Object; of a "
            "prefix the objects are not compressed, None."
        )
    return source


def _not_found(uri: str) -> ValidationException:
    return ValidationException(f"Could not find model data at {uri}.")
