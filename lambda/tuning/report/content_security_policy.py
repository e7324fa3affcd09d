"""What a browser may do for the page: run and style exactly what stands in it, and load nothing."""

from __future__ import annotations

import base64
import hashlib

# Plotly adds rules to an empty style element by script, and empties style attributes.
_EMPTY = ""


def content_security_policy(scripts: list[str], style: str) -> str:
    """For a meta element before the first script; each script is named by its hash."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)} {_hash(_EMPTY)}; "
        f"style-src-attr 'unsafe-hashes' {_hash(_EMPTY)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
