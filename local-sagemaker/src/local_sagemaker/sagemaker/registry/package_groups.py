"""Model package groups: create, describe, list, delete."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ConflictException, ValidationException
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_package import ModelPackage
from local_sagemaker.sagemaker.resources.kinds import MODEL_PACKAGE_GROUP
from local_sagemaker.sagemaker.resources.resource_table import ResourceTable
from local_sagemaker.sagemaker.resources.scope import check_scope
from local_sagemaker.sagemaker.resources.tags import Tags

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
    """The groups of one account and region; `lock` guards their versions."""

    def __init__(self, region: Region, tags: Tags) -> None:
        self.lock = threading.RLock()
        self._region = region
        self._table: ResourceTable[PackageGroup] = ResourceTable(region, tags, MODEL_PACKAGE_GROUP)

    def create(self, request: Document) -> Document:
        name = request["ModelPackageGroupName"]
        if "ManagedConfiguration" in request:
            raise ValidationException("Local AWS has no ManagedConfiguration: leave it out.")
        arn = self._table.arn(name)
        given = {key: request[key] for key in _SUMMARY if key in request}
        description = given | {
            "ModelPackageGroupArn": arn,
            "CreationTime": time.time(),
            "CreatedBy": {},
            "ModelPackageGroupStatus": "Completed",
        }
        self._table.add(PackageGroup(name, arn, description), request.get("Tags"))
        return {"ModelPackageGroupArn": arn}

    def find(self, name_or_arn: str) -> PackageGroup:
        check_scope(self._region.name, name_or_arn)
        return self._table.find(name_or_arn.rpartition("/")[2])

    def all(self) -> list[PackageGroup]:
        return self._table.all()

    def describe(self, request: Document) -> Document:
        return self.find(request["ModelPackageGroupName"]).description

    def list_groups(self, request: Document) -> Document:
        groups = [] if request.get("CrossAccountFilterOption") == "CrossAccount" else self.all()
        summaries = [
            {key: group.description[key] for key in _SUMMARY if key in group.description}
            for group in groups
        ]
        return self._table.page(request, summaries)

    def delete(self, request: Document) -> Document:
        with self.lock:
            group = self.find(request["ModelPackageGroupName"])
            if group.versions:
                raise ConflictException(
                    f"Model Package Group {group.arn} still has {len(group.versions)} model "
                    "package versions: delete them first."
                )
            self._table.remove(group)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateModelPackageGroup": self.create,
            "DescribeModelPackageGroup": self.describe,
            "ListModelPackageGroups": self.list_groups,
            "DeleteModelPackageGroup": self.delete,
        }
