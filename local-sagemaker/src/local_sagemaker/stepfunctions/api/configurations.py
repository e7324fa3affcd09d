"""Logging, tracing and encryption of a state machine, as they are given and as they are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from local_sagemaker.stepfunctions.errors import (
    InvalidEncryptionConfiguration,
    InvalidLoggingConfiguration,
)

_LOG_GROUP = re.compile(r"arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:([^:]+):\*")
NO_TRACING = {"enabled": False}
Document = dict[str, Any]


def logging_configuration(given: Document, log_group_exists: Callable[[str], bool]) -> Document:
    """The configuration with its defaults. Raises InvalidLoggingConfiguration.

    `log_group_exists` is asked with the name of the one destination.
    """
    whole: Document = {"level": "OFF", "includeExecutionData": False} | given
    destinations = whole.get("destinations", [])
    if len(destinations) > 1 or (whole["level"] != "OFF" and not destinations):
        raise InvalidLoggingConfiguration("Must specify exactly one Log Destination.")
    name = log_group(whole)
    if destinations and not (name and log_group_exists(name)):
        raise InvalidLoggingConfiguration("Log Destination not found.")
    return whole


def log_group(configuration: Document) -> str:
    """The name of the log group; empty where there is none, or its ARN is none."""
    for destination in configuration.get("destinations", []):
        arn: str = destination.get("cloudWatchLogsLogGroup", {}).get("logGroupArn", "")
        found = _LOG_GROUP.fullmatch(arn)
        return found[1] if found else ""
    return ""


def encryption_configuration(given: Document | None) -> Document | None:
    """Kept as it is given: nothing is encrypted here. Raises InvalidEncryptionConfiguration."""
    if given and given["type"] == "CUSTOMER_MANAGED_KMS_KEY" and not given.get("kmsKeyId"):
        raise InvalidEncryptionConfiguration("CUSTOMER_MANAGED_KMS_KEY requires a kmsKeyId.")
    if given and given["type"] == "AWS_OWNED_KEY" and len(given) > 1:
        raise InvalidEncryptionConfiguration("AWS_OWNED_KEY takes no kmsKeyId and no period.")
    return given
