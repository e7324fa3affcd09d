"""Wait states and the pauses between retries: multiplied by the server's wait scale, and cut short
when the execution is stopped."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import (
    WaitFunction,
)

from local_sagemaker.services.patching import replace


def install(wait_scale: float) -> None:
    """TimeoutSeconds stay as they are: work takes the time it takes."""

    def wait(_function: WaitFunction, env: Any, wait_seconds: float) -> None:
        # The interpreter's own rounds to whole seconds, and so never ends a wait of half a second.
        deadline = time.monotonic() + wait_seconds * wait_scale
        while env.is_running() and (left := deadline - time.monotonic()) > 0:
            env.program_state_event.wait(left)

    replace(WaitFunction, "_wait_interval", wait)
    scaled = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds * wait_scale))
    replace(retrier_decl, "time", scaled)
