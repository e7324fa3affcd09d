"""Writes the JSON Schema of the execution input, for editors.

Called as `python -m tuning.execution_input.schema`.
"""

from __future__ import annotations

import json
from pathlib import Path

from tuning.execution_input.execution_input import ExecutionInput

PATH = Path(__file__).parents[3] / "docs" / "execution-input.schema.json"


def schema_text() -> str:
    """What docs/execution-input.schema.json must hold."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ExecutionInput.model_json_schema(),
    }
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text())
