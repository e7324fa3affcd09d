"""Model package groups: create, describe, list, delete."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ConflictException, ValidationException
from local_sagemaker.sagemaker.listing import list_page
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_package import ModelPackage
from local_sagemaker.sagemaker.tags import Tags

_SUMMARY = (
    "ModelPackageGroupName",
    "ModelPackageGroupArn",
    "ModelPackageGroupDescription",
    "CreationTime",
    "ModelPackageGroupStatus",
)


class PackageGroup:
    """A group and its versions, which are numbered from 1; a number is never given again."""

    def __init__(self, name: str, arn: str, description: Document) -> None:
        self.name = name
        self.arn = arn
        self.description = description
        self.versions: dict[int, ModelPackage] = {}
        self._last_version = 0

    def next_version(self) -> int:
        self._last_version += 1
        return self._last_version


class PackageGroups:
    """The groups of one account and region; `lock` guards them and their versions."""

    def __init__(self, region: Region, tags: Tags) -> None:
        self._region = region
        self._tags = tags
        self.lock = threading.RLock()
        self._groups: dict[str, PackageGroup] = {}

    def create(self, request: Document) -> Document:
        name = request["ModelPackageGroupName"]
        if "ManagedConfiguration" in request:
            raise ValidationException("Local AWS has no ManagedConfiguration: leave it out.")
        arn = self._arn(name)
        given = {key: request[key] for key in _SUMMARY if key in request}
        with self.lock:
            if name.lower() in self._groups:
                raise ValidationException(f"Model Package Group already exists: {arn}")
            self._groups[name.lower()] = PackageGroup(
                name,
                arn,
                given
                | {
                    "ModelPackageGroupArn": arn,
                    "CreationTime": time.time(),
                    "CreatedBy": {},
                    "ModelPackageGroupStatus": "Completed",
                },
            )
        self._tags.create(arn, request.get("Tags"))
        return {"ModelPackageGroupArn": arn}

    def find(self, name_or_arn: str) -> PackageGroup:
        name = name_or_arn.rpartition("/")[2]
        with self.lock:
            group = self._groups.get(name.lower())
        if group is None:
            raise ValidationException(f"ModelPackageGroup {self._arn(name)} does not exist.")
        return group

    def all(self) -> list[PackageGroup]:
        with self.lock:
            return list(self._groups.values())

    def describe(self, request: Document) -> Document:
        return self.find(request["ModelPackageGroupName"]).description

    def list_groups(self, request: Document) -> Document:
        request = {"SortBy": "CreationTime", "SortOrder": "Ascending"} | request
        groups = [] if request.get("CrossAccountFilterOption") == "CrossAccount" else self.all()
        summaries = [
            {key: group.description[key] for key in _SUMMARY if key in group.description}
            for group in groups
        ]
        return list_page(
            request, summaries, member="ModelPackageGroupSummaryList", resource="ModelPackageGroup"
        )

    def delete(self, request: Document) -> Document:
        with self.lock:
            group = self.find(request["ModelPackageGroupName"])
            if group.versions:
                raise ConflictException(
                    f"Model Package Group {group.arn} still has {len(group.versions)} model "
                    "package versions: delete them first."
                )
            del self._groups[group.name.lower()]
        self._tags.forget(group.arn)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateModelPackageGroup": self.create,
            "DescribeModelPackageGroup": self.describe,
            "ListModelPackageGroups": self.list_groups,
            "DeleteModelPackageGroup": self.delete,
        }

    def _arn(self, name: str) -> str:
        return self._region.arn("model-package-group", name.lower())
