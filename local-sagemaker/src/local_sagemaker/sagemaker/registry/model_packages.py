"""Model packages: create, describe, list, update, delete."""

from __future__ import annotations

import threading
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ConflictException, ValidationException
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.registry.model_package import ModelPackage
from local_sagemaker.sagemaker.registry.package_groups import PackageGroups
from local_sagemaker.sagemaker.resources.kinds import MODEL_PACKAGE
from local_sagemaker.sagemaker.resources.listing import list_page
from local_sagemaker.sagemaker.resources.scope import check_scope
from local_sagemaker.sagemaker.resources.tags import Tags
from local_sagemaker.sagemaker.state_changes import package_detail

_NOT_LOCAL = ("ValidationSpecification", "SourceAlgorithmSpecification", "ManagedStorageType")


class ModelPackages:
    """The versions of the groups and the unversioned packages of one account and region."""

    def __init__(self, region: Region, tags: Tags, groups: PackageGroups) -> None:
        self._region = region
        self._tags = tags
        self._groups = groups
        self._lock = threading.RLock()
        self._unversioned: dict[str, ModelPackage] = {}
        self._by_token: dict[str, tuple[Document, str]] = {}
        region.tables.update(ModelPackage=self._unversioned, ClientToken=self._by_token)

    def create(self, request: Document) -> Document:
        _check(request)
        with self._lock:
            arn = self._created_before(request)
            if arn is None:
                package = self._create(request)
                arn = package.arn
                self._emit(package)
                if "ClientToken" in request:
                    self._by_token[request["ClientToken"]] = (request, arn)
        return {"ModelPackageArn": arn}

    def find(self, name_or_arn: str) -> ModelPackage:
        """By ARN, by name or, for a version, by `group/version`."""
        check_scope(self._region.name, name_or_arn)
        name = name_or_arn.partition("model-package/")[2] or name_or_arn
        owner, _, version = name.partition("/")
        package = self._version(owner, int(version)) if version else self._package(owner)
        if package is None:
            raise MODEL_PACKAGE.missing(name, self._arn(name))
        return package

    def describe(self, request: Document) -> Document:
        return self.find(request["ModelPackageName"]).describe()

    def list_packages(self, request: Document) -> Document:
        packages = self._listed(request)
        approval = request.get("ModelApprovalStatus")
        summaries = [
            package.summary()
            for package in packages
            if approval is None or package.approval_status == approval
        ]
        page = list_page(request, summaries, MODEL_PACKAGE)
        for summary in page[MODEL_PACKAGE.listed_as]:
            if "ModelPackageVersion" in summary:
                # The service lists a version without it (aws/sagemaker-python-sdk#5606).
                del summary["ModelPackageName"]
        return page

    def update(self, request: Document) -> Document:
        if "AdditionalInferenceSpecificationsToAdd" in request:
            raise ValidationException(
                "Local AWS has no AdditionalInferenceSpecificationsToAdd: leave it out."
            )
        package = self.find(request["ModelPackageArn"])
        package.update(request)
        self._emit(package)
        return {"ModelPackageArn": package.arn}

    def delete(self, request: Document) -> Document:
        package = self.find(request["ModelPackageName"])
        with self._groups.lock:
            if package.versioned:
                described = package.describe()
                group = self._groups.find(described["ModelPackageGroupName"])
                group.versions.pop(described["ModelPackageVersion"], None)
            else:
                self._unversioned.pop(package.name.lower(), None)
        self._tags.forget(package.arn)
        return {}

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "CreateModelPackage": self.create,
            "DescribeModelPackage": self.describe,
            "ListModelPackages": self.list_packages,
            "UpdateModelPackage": self.update,
            "DeleteModelPackage": self.delete,
        }

    def _created_before(self, request: Document) -> str | None:
        """The package that this ClientToken made, so that a repeated call makes no second one."""
        made = self._by_token.get(request.get("ClientToken", ""))
        if made is None:
            return None
        if made[0] != request:
            raise ConflictException(
                f"ClientToken '{request['ClientToken']}' was used with other parameters."
            )
        return made[1]

    def _create(self, request: Document) -> ModelPackage:
        if "ModelPackageGroupName" in request:
            return self._create_version(request)
        name = request["ModelPackageName"]
        if name.lower() in self._unversioned:
            raise MODEL_PACKAGE.taken(self._arn(name))
        package = ModelPackage(self._arn(name), request, group=None, version=0)
        self._unversioned[name.lower()] = package
        self._tags.create(package.arn, request.get("Tags"))
        return package

    def _create_version(self, request: Document) -> ModelPackage:
        with self._groups.lock:
            group = self._groups.find(request["ModelPackageGroupName"])
            version = group.next_version()
            arn = self._arn(f"{group.name}/{version}")
            package = ModelPackage(arn, request, group=group.name, version=version)
            group.versions[version] = package
        self._tags.share(package.arn, group.arn)
        return package

    def _version(self, group: str, version: int) -> ModelPackage | None:
        with self._groups.lock:
            found = [g for g in self._groups.all() if g.name.lower() == group.lower()]
            return found[0].versions.get(version) if found else None

    def _package(self, name: str) -> ModelPackage | None:
        with self._lock:
            return self._unversioned.get(name.lower())

    def _listed(self, request: Document) -> list[ModelPackage]:
        if "ModelPackageGroupName" in request:
            return list(self._groups.find(request["ModelPackageGroupName"]).versions.values())
        kind = request.get("ModelPackageType", "Unversioned")
        versions = [each for group in self._groups.all() for each in group.versions.values()]
        unversioned = list(self._unversioned.values())
        return {"Versioned": versions, "Both": versions + unversioned}.get(kind, unversioned)

    def _emit(self, package: ModelPackage) -> None:
        detail = package_detail(package.describe())
        self._region.emit(MODEL_PACKAGE.event, [package.arn], detail)

    def _arn(self, name: str) -> str:
        return MODEL_PACKAGE.arn(self._region, name)


def _check(request: Document) -> None:
    """Refuse what the service refuses, and what local AWS would have to leave out in silence."""
    if "ModelPackageName" in request and "ModelPackageGroupName" in request:
        raise ValidationException(
            "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot "
            "determine which one to use."
        )
    if "ModelPackageName" not in request and "ModelPackageGroupName" not in request:
        raise ValidationException("Missing ARN.")
    for member in _NOT_LOCAL:
        if member in request:
            raise ValidationException(f"Local AWS has no {member}: leave it out.")
    if request.get("CertifyForMarketplace"):
        raise ValidationException("Local AWS has no marketplace: leave CertifyForMarketplace out.")
    if "ModelPackageGroupName" in request and request.get("Tags"):
        raise ValidationException(
            "Tags is not for a model package in a group, which has the tags of its group: leave "
            "it out, or use CustomerMetadataProperties."
        )
    if "ModelPackageName" in request and "ModelApprovalStatus" in request:
        raise ValidationException(
            "ModelApprovalStatus is for a model package in a group: leave it out."
        )
