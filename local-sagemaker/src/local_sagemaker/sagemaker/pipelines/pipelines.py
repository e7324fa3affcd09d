"""CreatePipeline, UpdatePipeline, DescribePipeline, DeletePipeline, ListPipelines and versions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceNotFound, ValidationException
from local_sagemaker.sagemaker.pipelines.definition import Definition
from local_sagemaker.sagemaker.pipelines.dependencies import check_dependencies
from local_sagemaker.sagemaker.pipelines.lists import ordered_page
from local_sagemaker.sagemaker.pipelines.pipeline import Pipeline, Version
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.kinds import PIPELINE
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.scope import check_scope
from local_sagemaker.sagemaker.resources.tags import Tags

_TEXT, _PLACE = "PipelineDefinition", "PipelineDefinitionS3Location"


class Pipelines:
    """The pipelines of one account and region; `lock` guards them and their executions."""

    def __init__(self, region: Region, tags: Tags) -> None:
        self.lock = threading.RLock()
        self._region = region
        self._table: ResourceTable[Pipeline] = ResourceTable(region, tags, PIPELINE)

    def create(self, request: Document) -> Document:
        _refuse_aliases(request)
        text = self._text(request)
        if text is None:
            raise ValidationException(
                "Either Pipeline Definition or Pipeline Definition S3 location should be provided"
            )
        pipeline = Pipeline(self._table.arn(request["PipelineName"]), request, text)
        self._table.add(pipeline, request.get("Tags"))
        return {"PipelineArn": pipeline.arn}

    def update(self, request: Document) -> Document:
        _refuse_aliases(request)
        pipeline = self.find(request["PipelineName"])
        text = self._text(request)
        with self.lock:
            version = pipeline.update(request, text)
        return {"PipelineArn": pipeline.arn, "PipelineVersionId": version.number}

    def find(self, name_or_arn: str) -> Pipeline:
        check_scope(self._region.name, name_or_arn)
        return self._table.find(name_or_arn.rpartition("/")[2])

    def version(self, request: Document) -> tuple[Pipeline, Version]:
        """The pipeline that a request names, and its version, or the latest.

        Raises:
            ResourceNotFound: there is no such pipeline or version.
        """
        _refuse_aliases(request)
        pipeline = self.find(request["PipelineName"])
        number = request.get("PipelineVersionId")
        version = pipeline.version(number)
        if version is None:
            raise ResourceNotFound(f"Pipeline '{pipeline.arn}' has no version {number}.")
        return pipeline, version

    def describe(self, request: Document) -> Document:
        pipeline, version = self.version(request)
        with self.lock:
            return pipeline.describe(version)

    def descriptions(self) -> list[Document]:
        with self.lock:
            return [pipeline.describe() for pipeline in self._table.all()]

    def remove(self, pipeline: Pipeline) -> None:
        self._table.remove(pipeline)

    def list_pipelines(self, request: Document) -> Document:
        if request.get("ManagedBy", "CUSTOMER") != "CUSTOMER":
            return {PIPELINE.listed_as: []}
        prefix = request.get("PipelineNamePrefix", "")
        with self.lock:
            summaries = [
                pipeline.summary()
                for pipeline in self._table.all()
                if pipeline.name.startswith(prefix)
            ]
        sort_by = "PipelineName" if request.get("SortBy") == "Name" else ""
        return ordered_page(request, summaries, PIPELINE.listed_as, sort_by=sort_by)

    def list_versions(self, request: Document) -> Document:
        with self.lock:
            summaries = self.find(request["PipelineName"]).version_summaries()
        member = "PipelineVersionSummaries"
        return ordered_page(request, summaries, member, sort_by="PipelineVersionId")

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "UpdatePipeline": self.update,
            "DescribePipeline": self.describe,
            "ListPipelines": self.list_pipelines,
            "ListPipelineVersions": self.list_versions,
        }

    def _text(self, request: Document) -> str | None:
        """The definition that a request brings, which has been checked; None if it brings none."""
        if _TEXT in request and _PLACE in request:
            raise ValidationException(
                "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present"
            )
        text = request.get(_TEXT)
        if _PLACE in request:
            text = _read(self._region.s3, request[_PLACE])
        if text is not None:
            check_dependencies(Definition.read(text))
        return text


def _read(s3: Any, place: Document) -> str:
    version = {"VersionId": place["VersionId"]} if "VersionId" in place else {}
    try:
        found = s3.get_object(Bucket=place["Bucket"], Key=place["ObjectKey"], **version)
        body: bytes = found["Body"].read()
        return body.decode()
    except (ClientError, UnicodeDecodeError) as fault:
        where = f"s3://{place['Bucket']}/{place['ObjectKey']}"
        raise ValidationException(f"{_PLACE} {where} cannot be read: {fault}") from fault


def _refuse_aliases(request: Document) -> None:
    for member in ("PipelineVersionAliases", "PipelineVersionAlias"):
        if member in request:
            raise ValidationException(f"Local AWS has no {member}: leave it out.")
