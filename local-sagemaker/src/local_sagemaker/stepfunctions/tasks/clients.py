"""The clients with which tasks call AWS: signed with a key that names machine and state."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from botocore.config import Config

from local_sagemaker.protocol.callers import access_key_id, key_arguments
from local_sagemaker.protocol.service_models import new_client
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

# The service refuses what is wrong in a request, in its own words; retries are the state's own.
# No function of Lambda takes longer than 15 minutes. "sync-" before a host is for AWS alone.
# Recorded: GetObject does not ask for a checksum.
_CONFIG = Config(
    parameter_validation=False,
    retries={"total_max_attempts": 1},
    connect_timeout=30,
    read_timeout=1000,
    inject_host_prefix=False,
    response_checksum_validation="when_required",
    max_pool_connections=256,
)
_MOST_CLIENTS = 64
_lock = threading.Lock()  # making a client is for one thread at a time, using it for all
_clients: OrderedDict[tuple[str, str, str], Any] = OrderedDict()


def client(service: str, region: str, *caller: str) -> Any:
    """A client of boto3; `caller` are the names of machine and state, and the role's ARN.

    Making one takes longer than most calls do, so the tasks of a state share it.
    """
    key = access_key_id("states", *caller)
    wanted = (service, region, key)
    with _lock:
        if wanted not in _clients:
            _clients[wanted] = new_client(service, region, config=_CONFIG, **key_arguments(key))
        _clients.move_to_end(wanted)
        if len(_clients) > _MOST_CLIENTS:
            _clients.popitem(last=False)
        return _clients[wanted]


def client_of_task(service: str, request: TaskRequest, region: str = "") -> Any:
    """The client for a task's calls, in another region than the machine's if that is given."""
    role = request.credentials_role_arn or request.role_arn or ""
    return client(service, region or request.region, *names_of(request), role)


def client_of_machine(service: str, request: TaskRequest) -> Any:
    """The client for calls with the rights of the machine's own role."""
    return client(service, request.region, *names_of(request), request.role_arn or "")


def names_of(request: TaskRequest) -> tuple[str, str]:
    """The names of machine and state."""
    return request.context["StateMachine"]["Name"], request.context["State"]["Name"]
