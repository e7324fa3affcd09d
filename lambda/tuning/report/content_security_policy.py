"""What a browser may do for the page: run and style exactly what stands in it, and load nothing."""

from __future__ import annotations

import base64
import hashlib


def content_security_policy(script: str, style: str) -> str:
    """For a meta element before the script, which is named by its hash, as the style is.

    The script sets single properties of styles, which no policy forbids; an element of style or an
    attribute of that name would be refused.
    """
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
