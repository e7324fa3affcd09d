"""What describes AWS's services is read once in this process.

moto reads a service's description for the names of its regions, again for its operations, and its
sessions each for themselves; local AWS reads it too. SageMaker's alone takes 50 MB.
"""

from __future__ import annotations

from typing import Any

import botocore.session
import moto.core.utils

from local_sagemaker.protocol.service_models import loader


def share_descriptions() -> None:
    """From now on; what was read before stays with who has read it."""
    shared, readers = loader(), (botocore.session, moto.core.utils)
    for module in readers:
        replaced: Any = module
        replaced.create_loader = lambda *_: shared
