"""Brings an endpoint back to what it served before, as the failure path of an execution does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.gateway import client, is_gone
from tuning.errors import EndpointBusy

_IN_PROGRESS = ("Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting")
_LONGEST_PAUSE_SECONDS = 15
_MISSING = "Could not find endpoint"


@dataclass(frozen=True)
class EndpointRestorer:
    """One endpoint; `seconds_left` tells how long there is to wait for it."""

    endpoint_name: str
    seconds_left: Callable[[], float]

    def restore(self, config: str, previous: str, *, keep_number: bool) -> dict[str, Any]:
        """From `config` back to `previous`, or to no endpoint without it.

        `keep_number` keeps the number of instances. Touches nothing when the endpoint serves
        another config meanwhile. Returns what tuning.failure.recovery_messages puts into words.

        Raises:
            EndpointBusy: the endpoint is still changing when the time is over.
        """
        left = self._settled()
        if left["ConfigName"] != config:
            return {"Asked": "", "Previous": previous, "Left": left}
        refused = ""
        try:
            self._ask_for(previous, keep_number)
        except ClientError as error:
            # An answer was lost, boto3 has asked again, and what it had asked for was under way.
            if self._settled()["ConfigName"] != previous:
                if not is_gone(error):
                    raise
                # What served before was deleted: trying again would not help.
                refused = error.response["Error"]["Message"]
        asked = "RestorePrevious" if previous else "DeleteEndpoint"
        left = self._settled()
        return {"Asked": asked, "Previous": previous, "Left": left, "Refused": refused}

    def _ask_for(self, previous: str, keep_number: bool) -> None:
        sagemaker, name = client("sagemaker"), self.endpoint_name
        if previous:
            sagemaker.update_endpoint(
                EndpointName=name,
                EndpointConfigName=previous,
                RetainAllVariantProperties=keep_number,
            )
        else:
            sagemaker.delete_endpoint(EndpointName=name)

    def _settled(self) -> dict[str, Any]:
        pause = 1
        while True:
            left = self._look()
            if left["Status"] not in _IN_PROGRESS:
                return left
            if self.seconds_left() < pause:
                raise EndpointBusy(
                    f"The endpoint {self.endpoint_name} is still {left['Status']}. What it "
                    "served before is restored when it has settled."
                )
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    def _look(self) -> dict[str, Any]:
        try:
            seen = client("sagemaker").describe_endpoint(EndpointName=self.endpoint_name)
        except ClientError as error:
            message = error.response["Error"]["Message"]
            if _MISSING not in message:
                raise
            return {"Status": "Unknown", "ConfigName": "", "Error": message}
        return {"Status": seen["EndpointStatus"], "ConfigName": seen["EndpointConfigName"]}
