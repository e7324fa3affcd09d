"""Until when StartDueModels has looked: a file of the data bucket."""

from __future__ import annotations

from datetime import datetime

from tuning.aws.clients import client
from tuning.aws.objects import read_if_there
from tuning.data.s3_location import S3Location

KEY = "endpoints/last-look.txt"


def read_last_look(bucket: str) -> datetime | None:
    """None when it never has."""
    text = read_if_there(S3Location(bucket, KEY))
    return datetime.fromisoformat(text) if text else None


def write_last_look(bucket: str, until: datetime) -> None:
    """All that was due until then has been started."""
    client("s3").put_object(Bucket=bucket, Key=KEY, Body=until.isoformat().encode())
