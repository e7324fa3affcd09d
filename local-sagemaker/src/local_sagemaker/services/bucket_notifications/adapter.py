"""Puts our deliveries and checks into moto's S3."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.s3 import notifications
from moto.s3.responses import S3Response

from local_sagemaker.services.bucket_notifications import occasions
from local_sagemaker.services.bucket_notifications.destinations import S3, check_destinations
from local_sagemaker.services.bucket_notifications.event_bridge import tell_event_bridge
from local_sagemaker.services.bucket_notifications.messages import (
    event_message,
    event_name,
    probe_message,
)
from local_sagemaker.services.bucket_notifications.rules import check_configuration
from local_sagemaker.services.patching import replace
from local_sagemaker.services.targets import Sender, send, service_of

_RULE_NAME = re.compile(rb"<Name>(?:prefix|suffix)</Name>", re.IGNORECASE)
_SKIP = "x-amz-skip-destination-validation"
_logger = logging.getLogger(__name__)


def install() -> None:
    def send_event(_account: str, name: Any, bucket: Any, key: Any) -> None:
        told = bucket.notification_configuration
        if told is None or occasions.is_beside_the_point(name):
            return
        for one in (*told.cloud_function, *told.queue, *told.topic):
            if one.matches(name, key.name):
                _tell(bucket.arn, one.arn, event_message(name, bucket, key, one.id))
        if told.event_bridge is not None:
            tell_event_bridge(event_name(name), bucket, key)

    def send_test_event(account_id: str, bucket: Any) -> None:
        told = bucket.notification_configuration
        for arn in dict.fromkeys(each.arn for each in (*told.queue, *told.topic)):
            _tell(bucket.arn, arn, probe_message(bucket.name))

    replace(notifications, "send_event", send_event)
    replace(notifications, "send_test_event", send_test_event)
    occasions.install()
    _check_configurations()


def _tell(bucket_arn: str, arn: str, message: dict[str, Any]) -> None:
    """What a destination refuses is logged, and lost as on AWS."""
    subject = {"Subject": "Amazon S3 Notification"} if service_of(arn) == "sns" else {}
    try:
        send(Sender("s3", service=S3, source=bucket_arn), arn, json.dumps(message), **subject)
    except (ClientError, BotoCoreError) as error:
        _logger.warning("%s was not told: %s", arn, error)


def _check_configurations() -> None:
    read = S3Response._notification_config_from_body

    def read_and_check(response: Any) -> dict[str, Any]:
        response.body = _with_moto_names(response.body)
        configuration: dict[str, Any] = read(response)
        check_configuration(configuration)
        if str(response.headers.get(_SKIP, "false")).lower() != "true":
            bucket = response.backend.get_bucket(response.bucket_name)
            check_destinations(configuration, bucket.arn)
        return configuration

    replace(S3Response, "_notification_config_from_body", read_and_check)


def _with_moto_names(body: bytes) -> bytes:
    """The rules of filters as moto has them: S3 takes Prefix and Suffix in any case."""
    return _RULE_NAME.sub(lambda match: match.group().lower().replace(b"name", b"Name"), body)
