"""The one account of local AWS, and the region of a request that names none."""

from __future__ import annotations

import os

# moto's own variable: a server that is started with it is of another account.
ACCOUNT = os.environ.get("MOTO_ACCOUNT_ID", "123456789012")
DEFAULT_REGION = "us-east-1"
# Of regions by how their names begin; all others are in the partition aws.
_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}


def partition_of(region: str) -> str:
    """The partition in a region's ARNs, such as aws, aws-cn or aws-iso-b."""
    return next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")
