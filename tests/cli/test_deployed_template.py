"""Models that share one schedule are part of what is deployed, although the template has none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, cast

from retune.aws import Aws
from retune.deployment.deployed_template import deployed_template, models_of, synthesized_template

SCHEDULE = {
    "Type": "AWS::Scheduler::Schedule",
    "Metadata": {"retune:models": "asset.1.json"},
    "Properties": {"Name": "retune-StartDueModels", "Target": {"Input": {"Fn::Join": []}}},
}
TEMPLATE = {"Resources": {"Schedule": SCHEDULE}}
MODEL = {
    "Document": {"ModelName": "bank", "Endpoint": {"EndpointName": "retune-bank"}},
    "Expression": "rate(7 days)",
    "TimeZone": "UTC",
    "State": "DISABLED",
}
OBJECT = json.dumps({"Models": [MODEL]})


class Account:
    """Answers as AWS does where such a stack is deployed."""

    def client(self, service: str) -> Any:
        return self

    def describe_stacks(self, **_: Any) -> Any:
        return {"Stacks": [{"StackStatus": "UPDATE_COMPLETE"}]}

    def get_template(self, **_: Any) -> Any:
        return {"TemplateBody": json.dumps(TEMPLATE)}

    def get_schedule(self, Name: str) -> Any:
        assert Name == "retune-StartDueModels"
        return {"Target": {"Input": '{"Bucket": "assets", "Key": "1.json"}'}}

    def get_object(self, Bucket: str, Key: str) -> Any:
        assert (Bucket, Key) == ("assets", "1.json")
        return {"Body": io.BytesIO(OBJECT.encode())}


def test_deployed_and_synthesized_ones_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "retune.template.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "asset.1.json").write_text(OBJECT)
    deployed = deployed_template(cast(Aws, Account()), "retune")
    assert deployed == synthesized_template(tmp_path, "retune")
    assert models_of(deployed)["bank"]["State"] == "DISABLED"
