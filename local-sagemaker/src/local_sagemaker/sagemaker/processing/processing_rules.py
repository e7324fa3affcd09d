"""What is refused of a processing job: by SageMaker, and what this machine would leave out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.files.foreign_names import RefusedName, path_below
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.processing.processing_root import FOLDER, PLACE
from local_sagemaker.sagemaker.s3_location import S3Location


def check_processing(request: Document) -> None:
    """Refuse a request for a processing job.

    Raises:
        ValidationException: names the member, and what to write instead.
    """
    _check_cluster(request["ProcessingResources"]["ClusterConfig"])
    inputs = request.get("ProcessingInputs", [])
    outputs = request.get("ProcessingOutputConfig", {}).get("Outputs", [])
    for each in inputs:
        _check_input(each)
    for each in outputs:
        _check_output(each)
    _check_unique("InputName", [each["InputName"] for each in inputs])
    _check_unique("OutputName", [each["OutputName"] for each in outputs])
    _check_unique("LocalPath", list(_local_paths(inputs, outputs)))


def _check_cluster(cluster: Document) -> None:
    if "InstancePreferences" in cluster:
        raise ValidationException(
            "ClusterConfig.InstancePreferences: local AWS has none for processing jobs; give "
            "InstanceType and InstanceCount."
        )
    for member in ("SelectedInstanceType", "SelectedInstanceCount"):
        if member in cluster:
            raise ValidationException(f"ClusterConfig.{member} is read-only: leave it out.")
    if "InstanceType" not in cluster:
        raise ValidationException("ClusterConfig.InstanceType is required.")
    if cluster.get("InstanceCount", 1) > 1:
        raise ValidationException(
            f"ClusterConfig.InstanceCount {cluster['InstanceCount']}: local AWS processes on one "
            "instance; set it to 1."
        )


def _check_input(given: Document) -> None:
    name = f"Input '{given['InputName']}'"
    _check_kinds(given, name, "S3Input", "DatasetDefinition")
    source = given["S3Input"]
    if source.get("S3InputMode", "File") != "File":
        raise ValidationException(
            f"{name}: local AWS brings inputs in as files; set S3InputMode to File, not "
            f"{source['S3InputMode']}."
        )
    if source.get("S3CompressionType", "None") != "None":
        raise ValidationException(
            f"{name}: S3CompressionType {source['S3CompressionType']} is for Pipe mode; leave it "
            "out or set it to None."
        )
    S3Location.parse(source["S3Uri"])
    _check_local_path(source, name)


def _check_output(given: Document) -> None:
    name = f"Output '{given['OutputName']}'"
    _check_kinds(given, name, "S3Output", "FeatureStoreOutput")
    target = given["S3Output"]
    if target["S3UploadMode"] != "EndOfJob":
        raise ValidationException(
            f"{name}: local AWS uploads when the job is done; set S3UploadMode to EndOfJob, not "
            f"{target['S3UploadMode']}."
        )
    S3Location.parse(target["S3Uri"])
    _check_local_path(target, name)


def _check_kinds(given: Document, name: str, here: str, not_here: str) -> None:
    if here in given and not_here in given:
        raise ValidationException(f"{name}: give either {here} or {not_here}, not both.")
    if not_here in given:
        raise ValidationException(f"{name}: local AWS has no {not_here}; give {here}.")
    if here not in given:
        raise ValidationException(f"{name}: {here} is required.")
    if given.get("AppManaged"):
        raise ValidationException(
            f"{name}: local AWS manages inputs and outputs itself; leave AppManaged out."
        )


def _check_local_path(location: Document, name: str) -> None:
    path = location.get("LocalPath")
    if path is None:
        raise ValidationException(f"{name}: LocalPath is required when AppManaged is False.")
    if not path.startswith(f"{FOLDER}/"):
        raise ValidationException(f"{name}: LocalPath '{path}' must begin with {FOLDER}/.")
    try:
        path_below(PLACE, path.removeprefix(f"{FOLDER}/"))
    except RefusedName as refusal:
        raise ValidationException(f"{name}: LocalPath {refusal}.") from refusal


def _local_paths(inputs: list[Any], outputs: list[Any]) -> Iterator[str]:
    for each in inputs:
        yield each["S3Input"]["LocalPath"].rstrip("/")
    for each in outputs:
        yield each["S3Output"]["LocalPath"].rstrip("/")


def _check_unique(member: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ValidationException(f"{member}s must be unique; '{value}' is given twice.")
