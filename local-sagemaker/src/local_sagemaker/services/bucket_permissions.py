"""moto enforces bucket policies without looking at conditions.

The usual "deny what does not come over TLS" would refuse every request. Local AWS looks at them
itself, with all other policies of a call, before moto gets it.
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
