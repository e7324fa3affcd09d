"""What requests and answers of SageMaker's API are made of."""

from __future__ import annotations

from typing import Any

# A structure of the API under its own member names, checked against the model (request_validation).
Document = dict[str, Any]
