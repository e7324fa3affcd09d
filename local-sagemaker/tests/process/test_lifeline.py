"""Child processes of the server end when they must."""

from __future__ import annotations

import os
import threading
from typing import Any

from local_sagemaker.process import lifeline


def test_child_that_another_thread_has_just_collected_can_be_killed() -> None:
    """As when a container ends by itself while its job is stopped: the job's thread must go on."""
    child: Any = lifeline.spawn(["true"], env=dict(os.environ))
    collected, killed = threading.Event(), threading.Event()

    def wait() -> None:
        with child._waitpid_lock:  # what Popen.wait holds before it knows the exit code
            os.waitpid(child.pid, 0)
            collected.set()
            killed.wait(timeout=0.5)

    waiting = threading.Thread(target=wait)
    waiting.start()
    collected.wait()
    lifeline.kill(child)
    killed.set()
    waiting.join()
    assert child.poll() is not None
