"""What describes AWS's services is read once by the sessions of this process.

moto makes one of its own for the names of regions, which reads the whole description of each
service; SageMaker's alone takes 50 MB. For operations moto reads descriptions to which it has added
something, and in which no client has changed anything: these stay its own.
"""

from __future__ import annotations

from typing import Any, cast

import botocore.session

from local_sagemaker.protocol.service_models import loader


def share_descriptions() -> None:
    """By every session that is made from now on."""
    shared, sessions = loader(), cast(Any, botocore.session)
    sessions.create_loader = lambda *_: shared
