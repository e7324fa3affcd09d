"""A model package: a version of a group, or one by itself."""

from __future__ import annotations

import copy
import threading
import time

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.service_model import output_members

MAX_CUSTOMER_METADATA = 50
_SUMMARY = (
    "ModelPackageName",
    "ModelPackageGroupName",
    "ModelPackageVersion",
    "ModelPackageArn",
    "ModelPackageDescription",
    "CreationTime",
    "ModelPackageStatus",
    "ModelApprovalStatus",
    "ModelLifeCycle",
    "ModelPackageRegistrationType",
)
_REPLACED_BY_UPDATE = (
    "ModelApprovalStatus",
    "ApprovalDescription",
    "InferenceSpecification",
    "SourceUri",
    "ModelCard",
    "ModelLifeCycle",
    "ModelPackageRegistrationType",
)


class ModelPackage:
    """State shared between API calls; every method locks."""

    def __init__(self, arn: str, request: Document, *, group: str | None, version: int) -> None:
        self.arn = arn
        self._lock = threading.Lock()
        members = output_members("DescribeModelPackage")
        given = {key: copy.deepcopy(value) for key, value in request.items() if key in members}
        self._description: Document = given | {
            "ModelPackageArn": arn,
            "CreationTime": time.time(),
            "ModelPackageStatus": "Completed",
            "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
            "CertifyForMarketplace": False,
        }
        if group is not None:
            self._description |= {
                # The API's description has it as required; the service gives the group's name.
                "ModelPackageName": group,
                "ModelPackageGroupName": group,
                "ModelPackageVersion": version,
            }
            self._description.setdefault("ModelApprovalStatus", "PendingManualApproval")

    @property
    def name(self) -> str:
        """The name that lists are filtered by: a version goes by its group's."""
        return str(self._description["ModelPackageName"])

    @property
    def versioned(self) -> bool:
        return "ModelPackageVersion" in self._description

    @property
    def approval_status(self) -> str | None:
        with self._lock:
            return self._description.get("ModelApprovalStatus")

    @property
    def containers(self) -> list[Document]:
        """What a model that is made from the package runs."""
        with self._lock:
            specification = self._description.get("InferenceSpecification", {})
            return copy.deepcopy(list(specification.get("Containers", [])))

    def describe(self) -> Document:
        with self._lock:
            return copy.deepcopy(self._description)

    def summary(self) -> Document:
        with self._lock:
            return {key: self._description[key] for key in _SUMMARY if key in self._description}

    def update(self, request: Document) -> None:
        """Take over what UpdateModelPackage may change.

        Raises:
            ValidationException: an unversioned package, or too many properties.
        """
        if not self.versioned:
            raise ValidationException(
                f"ModelPackage {self.arn} is not a version of a group: it cannot be updated."
            )
        with self._lock:
            properties = dict(self._description.get("CustomerMetadataProperties", {}))
            properties |= request.get("CustomerMetadataProperties", {})
            for key in request.get("CustomerMetadataPropertiesToRemove", []):
                properties.pop(key, None)
            if len(properties) > MAX_CUSTOMER_METADATA:
                raise ValidationException(
                    f"ModelPackage {self.arn} would have {len(properties)} customer metadata "
                    f"properties; it can have at most {MAX_CUSTOMER_METADATA}."
                )
            self._description |= {
                key: request[key] for key in _REPLACED_BY_UPDATE if key in request
            }
            self._description["LastModifiedTime"] = time.time()
            self._description.pop("CustomerMetadataProperties", None)
            if properties:
                self._description["CustomerMetadataProperties"] = properties
