"""The routes of local AWS that no AWS client knows: faults on purpose and recorded calls."""

import json
import urllib.error
import urllib.request
from typing import Any

from local_sagemaker.process.running import Running

from retune.errors import InputError, UnavailableError

_TIMEOUT_SECONDS = 10


def ask(running: Running, method: str, path: str, content: Any = None) -> Any:
    """The JSON that the route answers, such as `faults`, `faults/1` or `calls`.

    Raises:
        InputError: what was asked cannot be meant, in the words of local AWS.
        UnavailableError: local AWS does not answer.
    """
    request = urllib.request.Request(
        f"{running.endpoint_url}/_local_aws/{path}",
        method=method,
        data=None if content is None else json.dumps(content).encode(),
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise InputError(json.load(refusal)["message"]) from refusal
    except OSError as fault:
        raise UnavailableError(
            f"Local AWS does not answer at {running.endpoint_url}: {fault}. "
            f"Its log: {running.log_file}"
        ) from fault
