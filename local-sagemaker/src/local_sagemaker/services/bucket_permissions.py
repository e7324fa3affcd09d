"""Bucket policies are kept and returned, but not enforced.

moto enforces them without looking at conditions: the usual "deny what does not come over TLS"
would refuse every request. Local AWS enforces no IAM policy anywhere, so none here either.
"""

from __future__ import annotations

from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from local_sagemaker.services.patching import replace


def install() -> None:
    def get_permission(_bucket: FakeBucket, _action: str, _resource: str) -> Any:
        return PermissionResult.NEUTRAL

    replace(FakeBucket, "get_permission", get_permission)
