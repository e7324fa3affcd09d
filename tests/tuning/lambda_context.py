"""What Lambda tells a handler about its invocation, as far as Powertools' Logger asks for it."""

from types import SimpleNamespace
from typing import Any

CONTEXT: Any = SimpleNamespace(
    function_name="retune-Function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:retune-Function",
    aws_request_id="c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
)
