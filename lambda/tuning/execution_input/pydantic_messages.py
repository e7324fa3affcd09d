"""Messages of pydantic in the terms of JSON: an object is no dictionary."""

from __future__ import annotations

import re

_IN_JSON_TERMS = {
    r"^Value error, ": "",
    r"^(Input|List|String) should": "It must",
    r" after validation, not \d+$": "",
    r"match pattern": "match",
    r"a valid dictionary( or instance of \w+)?": "a JSON object",
    r"a valid list": "a JSON list",
    r"a valid string.*": "text",
    r"a valid boolean.*": "true or false",
    r"a valid integer.*": "an integer",
    r"a valid number.*": "a number",
}


def in_json_terms(message: str) -> str:
    """A rule such as "It must be an integer", without a full stop."""
    for pydantic, plain in _IN_JSON_TERMS.items():
        message = re.sub(pydantic, plain, message)
    return message
