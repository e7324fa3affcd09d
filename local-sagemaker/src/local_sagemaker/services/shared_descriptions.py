"""What describes AWS's services is read once in this process.

moto reads a service's description for the names of its regions, again for its operations, and its
sessions each for themselves; local AWS reads it too. SageMaker's alone takes 50 MB.
"""

from __future__ import annotations

from typing import Any

import botocore.session
import moto.core.utils
from botocore.model import OperationModel

from local_sagemaker.protocol.service_models import loader


def share_descriptions() -> None:
    """From now on; what was read before stays with who has read it."""
    shared, readers = loader(), (botocore.session, moto.core.utils)
    for module in readers:
        replaced: Any = module
        replaced.create_loader = lambda *_: shared
    operation: Any = OperationModel
    operation.http = property(_own_path, _keep_own_path)


def _own_path(operation: Any) -> dict[str, Any]:
    found: dict[str, Any] = operation.__dict__["http"]
    return found


def _keep_own_path(operation: Any, http: dict[str, Any]) -> None:
    """A client of S3 takes the bucket out of its operations' paths, of which others read too."""
    operation.__dict__["http"] = dict(http)
