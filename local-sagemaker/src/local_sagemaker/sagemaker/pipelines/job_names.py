"""Names of what steps create, and ids of executions.

As seen in AWS: pipelines-d84ewltjmxhe-AbaloneTrain-3kYZvpYx11, with 20 characters of the step's
name at most (aws/amazon-sagemaker-examples, aws/sagemaker-python-sdk).
"""

from __future__ import annotations

import random
import re
import string

_source = random.SystemRandom()
_OF_STEP = 20
_RANDOM = 10
_ID = 12


def execution_id() -> str:
    """Twelve lower-case letters and digits."""
    return "".join(_source.choices(string.ascii_lowercase + string.digits, k=_ID))


def callback_token() -> str:
    """Ten letters and digits."""
    return "".join(_source.choices(string.ascii_letters + string.digits, k=_RANDOM))


def resource_name(execution: str, step: str, prefix: str | None, longest: int) -> str:
    """A new name for what a step creates, of at most so many characters.

    `prefix` is the name that the definition gives, as the SDK does with use_custom_job_prefix. The
    names of tuning jobs have no room for `pipelines`.
    """
    end = f"-{callback_token()}"
    if prefix:
        begin, part = "", prefix
        end = f"-{execution}{end}"
    else:
        begin, part = f"pipelines-{execution}-", step[:_OF_STEP]
    if len(begin) + len(end) >= longest:
        begin = f"{execution}-"
    # Names of SageMaker have no underscores, and end a part with a letter or digit.
    part = re.sub(r"[^A-Za-z0-9]+", "-", part)[: longest - len(begin) - len(end)].strip("-")
    return f"{begin}{part}{end}"
