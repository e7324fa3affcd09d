"""Writes the JSON Schemas of the execution input and of a model's file, for editors.

Called as `python -m tuning.execution_input.schema`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import NullableSchema, WithDefaultSchema

from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.model import ModelFile
from tuning.execution_input.nulls import given

_DOCS = Path(__file__).parents[3] / "docs"
PATH, MODEL_PATH = _DOCS / "execution-input.schema.json", _DOCS / "model.schema.json"


class WithoutNull(GenerateJsonSchema):
    """A field that is null counts as not given, whichever it is, so that none need say so."""

    def nullable_schema(self, schema: NullableSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> dict[str, Any]:
        if "default" in schema and schema["default"] is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: Any) -> Any:
        default = super().encode_default(dft)
        return given(default) if isinstance(default, dict) else default


def schema_text(of: type[ExecutionInput] = ExecutionInput) -> str:
    """What docs/execution-input.schema.json must hold, or docs/model.schema.json of ModelFile."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **of.model_json_schema(schema_generator=WithoutNull),
    }
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text())
    MODEL_PATH.write_text(schema_text(ModelFile))
