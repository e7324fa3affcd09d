"""What properties a resource type has: CloudFormation's own schemas, which cfn-lint brings as data.

cfn-lint itself takes seconds to import, so that its files are read without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from local_sagemaker.services.cloudformation.errors import ResourceFailure

_REGION = "us-east-1"  # which has every type


def check_properties(logical_id: str, kind: str, properties: dict[str, Any]) -> None:
    """Raises ResourceFailure for properties that the type does not have, or that it must have.

    Types without a schema, custom resources among them, take anything.
    """
    schema = _schema(kind)
    faults = list(_faults(properties, schema, schema.get("definitions", {}), "#"))
    if faults:
        raise ResourceFailure(
            f"Properties validation failed for resource {logical_id} with message:\n"
            + "\n".join(faults)
        )


def _faults(
    value: Any, schema: dict[str, Any], definitions: dict[str, Any], where: str
) -> Iterator[str]:
    schema = definitions.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(value):
            yield from _faults(item, schema["items"], definitions, f"{where}/{number}")
    if not isinstance(value, dict) or "properties" not in schema:
        return  # a scalar, or an object with keys of one's own
    for key in schema.get("required", []):
        if key not in value:
            yield f"{where}: required key [{key}] not found"
    for key, member in value.items():
        if key in schema["properties"]:
            yield from _faults(member, schema["properties"][key], definitions, f"{where}/{key}")
        elif schema.get("additionalProperties") is False and "patternProperties" not in schema:
            yield f"{where}: extraneous key [{key}] is not permitted"


@cache
def _schema(kind: str) -> dict[str, Any]:
    file = _files().get(kind)
    return {} if file is None else _read(f"resources/{file}.json")


@cache
def _files() -> dict[str, str]:
    return _read(f"providers/{_REGION}.json")


def _read(name: str) -> dict[str, Any]:
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "data" / "schemas"
    data: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return data
