"""What SageMaker and its containers say, as Retune may repeat it: without rows and secrets.

The reason that a job or an endpoint gives for its failure is the container's own text. It may quote
the line that the container could not read, and a variable of its environment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tuning.rows_in_text import NOT_SHOWN, without_rows

LEAST_SECRET = 6  # characters; shorter values, such as 1 and info, are words of any text


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """The text without these values, as they are and as JSON writes them."""
    forms = {form for secret in secrets for form in (secret, json.dumps(secret)[1:-1])}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, NOT_SHOWN)
    return text


def repeatable(reason: str | None, secrets: Iterable[str]) -> str | None:
    """The reason of a job without rows and these secrets; None for a job that gives none.

    Secrets go first: of one that looks like a row in part, the other part would stay.
    """
    return reason and without_rows(without_secrets(reason, secrets))


def secrets_of(request: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of Environment in a request for a training or tuning job, or its description."""
    values = (
        value for each in _definitions(request) for value in each.get("Environment", {}).values()
    )
    return tuple(dict.fromkeys(value for value in values if len(value) >= LEAST_SECRET))


def _definitions(request: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield request
    yield request.get("TrainingJobDefinition", {})
    yield from request.get("TrainingJobDefinitions", ())
