"""A pipeline and its versions, as DescribePipeline shows them."""

from __future__ import annotations

import time

from local_sagemaker.sagemaker.document import Document

_GIVEN = (
    "PipelineDisplayName",
    "PipelineDescription",
    "RoleArn",
    "ParallelismConfiguration",
)
_SUMMARY = (
    "PipelineArn",
    "PipelineName",
    "PipelineDisplayName",
    "PipelineDescription",
    "RoleArn",
    "CreationTime",
    "LastModifiedTime",
)


class Version:
    """What a pipeline was from one create or update to the next; `text` is its definition."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.creation_time = time.time()
        self.last_execution: str | None = None


class Pipeline:
    """State shared between API calls; whoever changes it holds the lock of the table."""

    def __init__(self, arn: str, request: Document, text: str) -> None:
        self.name: str = request["PipelineName"]
        self.arn = arn
        self.versions: list[Version] = [Version(1, text)]
        now = self.versions[0].creation_time
        self._description: Document = {
            "PipelineArn": arn,
            "PipelineName": self.name,
            "PipelineDisplayName": self.name,
            "PipelineStatus": "Active",
            "CreationTime": now,
            "LastModifiedTime": now,
        }
        self._take(request)

    @property
    def role(self) -> str:
        return str(self._description["RoleArn"])

    @property
    def parallelism(self) -> Document | None:
        return self._description.get("ParallelismConfiguration")

    def version(self, number: int | None) -> Version | None:
        """The version of this number, the latest without one; None if there is none."""
        if number is None:
            return self.versions[-1]
        return next((each for each in self.versions if each.number == number), None)

    def update(self, request: Document, text: str | None) -> Version:
        """The version that a change of anything makes."""
        self._take(request)
        latest = self.versions[-1]
        version = Version(latest.number + 1, latest.text if text is None else text)
        self.versions.append(version)
        self._description["LastModifiedTime"] = version.creation_time
        return version

    def run(self, version: Version, execution_arn: str) -> None:
        """An execution of this version has been started."""
        version.last_execution = execution_arn
        self._description["LastRunTime"] = time.time()

    def describe(self, version: Version | None = None) -> Document:
        text = (version or self.versions[-1]).text
        return self._description | {"PipelineDefinition": text}

    def summary(self) -> Document:
        shown = {name: self._description[name] for name in _SUMMARY if name in self._description}
        if "LastRunTime" in self._description:
            shown["LastExecutionTime"] = self._description["LastRunTime"]
        return shown

    def version_summaries(self) -> list[Document]:
        """As ListPipelineVersions shows them."""
        return [
            {
                "PipelineArn": self.arn,
                "PipelineVersionId": each.number,
                "CreationTime": each.creation_time,
            }
            | (
                {"LastExecutionPipelineExecutionArn": each.last_execution}
                if each.last_execution
                else {}
            )
            for each in self.versions
        ]

    def _take(self, request: Document) -> None:
        self._description |= {name: request[name] for name in _GIVEN if name in request}
