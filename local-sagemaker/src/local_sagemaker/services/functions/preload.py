"""What is imported before a function is: boto3 with all that it imports only as it makes a client.

Lambda's runtimes for Python hold it too. The keys are nobody's: no call is made.
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

for _mode in ("standard", "adaptive"):
    _retries: Any = {"mode": _mode}
    boto3.Session(region_name="us-east-1").client(
        "s3",
        aws_access_key_id="none",
        aws_secret_access_key="none",
        config=Config(retries=_retries),
    )
