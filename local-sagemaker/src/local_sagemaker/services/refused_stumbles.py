"""AWS's refusal in place of what moto's Python comes to over a request that is not as it should be.

It cannot be told from a defect of moto over a good request, so the server's log has each.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from local_sagemaker.services.patching import replace

_logger = logging.getLogger(__name__)


def refuse_stumble(
    owner: Any,
    name: str,
    stumbles: type[Exception] | tuple[type[Exception], ...],
    refusal: Callable[[], Exception],
) -> None:
    """Raise the refusal where moto's method comes to one of `stumbles`."""
    method = getattr(owner, name)

    @wraps(method)
    def refusing(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except stumbles as fault:
            _logger.warning("moto stumbled in %s, which is refused", name, exc_info=True)
            raise refusal() from fault

    replace(owner, name, refusing)
