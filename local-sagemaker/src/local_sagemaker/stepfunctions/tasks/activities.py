"""Activities: tasks that a worker fetches with GetActivityTask."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field

from local_sagemaker.stepfunctions.errors import ActivityDoesNotExist


@dataclass
class ActivityTask:
    """What a worker gets. `taken` is set when one has it, whose name is `worker`."""

    token: str
    given: str
    taken: threading.Event = field(default_factory=threading.Event)
    worker: str | None = None
    dropped: bool = False


_queues: dict[str, deque[ActivityTask]] = {}
_changed = threading.Condition()


def open_activity(arn: str) -> None:
    """Let tasks be scheduled for it; nothing where that is so already."""
    with _changed:
        _queues.setdefault(arn, deque())


def close_activity(arn: str) -> None:
    """What is scheduled already waits until it is out of time, as on AWS."""
    with _changed:
        _queues.pop(arn, None)


def schedule(arn: str, token: str, given: str) -> ActivityTask:
    """Offer a task to the activity's workers. Raises ActivityDoesNotExist."""
    task = ActivityTask(token, given)
    with _changed:
        _queue(arn).append(task)
        _changed.notify_all()
    return task


def drop(task: ActivityTask) -> None:
    """No worker gets it any more."""
    with _changed:
        task.dropped = True


def take(arn: str, worker: str | None, seconds: float) -> ActivityTask | None:
    """The oldest task of the activity, which is waited for so long. Raises ActivityDoesNotExist."""
    deadline = time.monotonic() + seconds
    with _changed:
        while True:
            queue = _queue(arn)
            while queue:
                task = queue.popleft()
                if not task.dropped:
                    task.worker = worker
                    task.taken.set()
                    return task
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            _changed.wait(left)


def _queue(arn: str) -> deque[ActivityTask]:
    if arn not in _queues:
        raise ActivityDoesNotExist(arn)
    return _queues[arn]
