"""Times as Step Functions takes them: extended ISO 8601 with T, and an offset or Z."""

from __future__ import annotations

import re
from datetime import datetime

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def parse_timestamp(value: object) -> datetime | None:
    """The time that a text names; None for anything else, such as a time without an offset."""
    if not isinstance(value, str) or not _FORM.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:  # such as month 13
        return None
