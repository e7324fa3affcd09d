"""Activities, and what their workers call: GetActivityTask."""

from __future__ import annotations

import time

from local_sagemaker.stepfunctions.api.arns import require
from local_sagemaker.stepfunctions.api.configurations import encryption_configuration
from local_sagemaker.stepfunctions.api.names import check_name
from local_sagemaker.stepfunctions.api.paging import page
from local_sagemaker.stepfunctions.api.region import Document, Operation, Region
from local_sagemaker.stepfunctions.errors import ActivityDoesNotExist
from local_sagemaker.stepfunctions.tasks import activities

# API reference, GetActivityTask: how long it waits for a task.
_POLL_SECONDS = 60


class Activities:
    """The activities of a region, as DescribeActivity tells them, by ARN."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "CreateActivity": self._create,
            "DeleteActivity": self._delete,
            "DescribeActivity": self._describe,
            "ListActivities": self._list,
            "GetActivityTask": self._get_task,
        }

    def _create(self, request: Document) -> Document:
        """One that is there already stays as it is."""
        name = request["name"]
        check_name(name)
        encryption = encryption_configuration(request.get("encryptionConfiguration"))
        arn = self._region.arn("activity", name)
        with self._region.lock:
            if arn not in self._region.activities:
                self._region.tags.create(arn, request.get("tags", []))
                activities.open_activity(arn)
                said = {"encryptionConfiguration": encryption} if encryption else {}
                self._region.activities[arn] = {
                    "activityArn": arn,
                    "name": name,
                    "creationDate": time.time(),
                    **said,
                }
            return _members(self._region.activities[arn], "activityArn", "creationDate")

    def _delete(self, request: Document) -> Document:
        """One that is not there is gone already."""
        arn = request["activityArn"]
        require(arn, "activity")
        with self._region.lock:
            self._region.activities.pop(arn, None)
            self._region.tags.forget(arn)
            activities.close_activity(arn)
        return {}

    def _describe(self, request: Document) -> Document:
        return self._find(request["activityArn"])

    def _list(self, request: Document) -> Document:
        with self._region.lock:
            found = sorted(self._region.activities.values(), key=lambda each: str(each["name"]))
        items = [_members(each, "activityArn", "name", "creationDate") for each in found]
        return page(request, "activities", items, key=lambda item: str(item["activityArn"]))

    def _get_task(self, request: Document) -> Document:
        """Nothing where no task comes up within a minute."""
        arn = self._find(request["activityArn"])["activityArn"]
        task = activities.take(arn, request.get("workerName"), _POLL_SECONDS)
        return {} if task is None else {"taskToken": task.token, "input": task.given}

    def _find(self, arn: str) -> Document:
        require(arn, "activity")
        with self._region.lock:
            if arn not in self._region.activities:
                raise ActivityDoesNotExist(arn)
            return self._region.activities[arn]


def _members(whole: Document, *names: str) -> Document:
    return {name: whole[name] for name in names}
