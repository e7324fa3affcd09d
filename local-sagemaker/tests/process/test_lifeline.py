"""Child processes of the server end when they must."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from local_sagemaker.process import lifeline


@dataclass(frozen=True)
class JustCollected:
    """A child that another thread's wait() has collected, before anybody knows its exit code."""

    pid: int
    stdin: None = None
    stdout: None = None

    def poll(self) -> int | None:
        return None

    def wait(self) -> int:
        return 0

    def send_signal(self, signal_number: int, /) -> None:
        raise AssertionError("It is gone.")


def test_child_that_another_thread_has_just_collected_can_be_killed() -> None:
    """As when a container ends by itself while its job is stopped: the job's thread must go on."""
    child = subprocess.Popen(["true"], start_new_session=True)
    child.wait()
    lifeline.kill(JustCollected(child.pid))
