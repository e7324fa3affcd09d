"""AWS::StepFunctions::StateMachine."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.cloudformation.camel_case import in_camel_case
from local_sagemaker.services.cloudformation.functions import text_of
from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource
from local_sagemaker.services.cloudformation.template_text import read_yaml

_CONFIGURATIONS = ("LoggingConfiguration", "TracingConfiguration", "EncryptionConfiguration")


class StateMachine(Resource):
    """The definition comes as text, as an object or from S3, with substitutions in `${...}`."""

    name_property = "StateMachineName"
    made_anew_for = ("StateMachineType",)

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def is_taken(self) -> bool:
        arn = f"arn:aws:states:{self.region}:{ACCOUNT}:stateMachine:{self.name}"
        describe = self.own_client("stepfunctions").describe_state_machine
        return is_there(describe, "StateMachineDoesNotExist", stateMachineArn=arn)

    def make(self) -> None:
        created = self.call(
            "stepfunctions",
            "create_state_machine",
            name=self.name,
            definition=self._definition(self.properties),
            roleArn=self.properties["RoleArn"],
            type=self.properties.get("StateMachineType", "STANDARD"),
            tags=in_camel_case(self.properties.get("Tags", [])),
            **_configurations(self.properties),
        )
        self.attributes = {"Arn": created["stateMachineArn"], "Name": self.name}
        self.attributes["StateMachineRevisionId"] = "INITIAL"

    def change(self, properties: dict[str, Any]) -> None:
        updated = self.call(
            "stepfunctions",
            "update_state_machine",
            stateMachineArn=self.attributes["Arn"],
            definition=self._definition(properties),
            roleArn=properties["RoleArn"],
            **_configurations(properties),
        )
        self._change_tags(properties.get("Tags", []))
        self.attributes["StateMachineRevisionId"] = updated.get("revisionId", "INITIAL")

    def _change_tags(self, tags: list[dict[str, str]]) -> None:
        machine = {"resourceArn": self.attributes["Arn"]}
        before = {tag["Key"] for tag in self.properties.get("Tags", [])}
        gone = sorted(before - {tag["Key"] for tag in tags})
        self.call("stepfunctions", "untag_resource", **machine, tagKeys=gone)
        self.call("stepfunctions", "tag_resource", **machine, tags=in_camel_case(tags))

    def remove(self) -> None:
        self.client("stepfunctions").delete_state_machine(stateMachineArn=self.attributes["Arn"])

    def _definition(self, properties: dict[str, Any]) -> str:
        text = self._definition_text(properties)
        for name, value in properties.get("DefinitionSubstitutions", {}).items():
            text = text.replace(f"${{{name}}}", text_of(value))
        return self._as_json(text) if "DefinitionS3Location" in properties else text

    def _definition_text(self, properties: dict[str, Any]) -> str:
        if "DefinitionString" in properties:
            return str(properties["DefinitionString"])
        if "Definition" in properties:
            return json.dumps(properties["Definition"])
        location = properties["DefinitionS3Location"]
        version = {"VersionId": location["Version"]} if "Version" in location else {}
        stored = self.client("s3").get_object(
            Bucket=location["Bucket"], Key=location["Key"], **version
        )
        text: str = stored["Body"].read().decode()
        return text

    def _as_json(self, text: str) -> str:
        """An object of S3 may be YAML, the property DefinitionString may not."""
        try:
            json.loads(text)
        except ValueError:
            return json.dumps(read_yaml(text))
        return text


def _configurations(properties: dict[str, Any]) -> dict[str, Any]:
    """What of logs, traces and encryption is given, under the names of CreateStateMachine."""
    given = {key: properties[key] for key in _CONFIGURATIONS if key in properties}
    named: dict[str, Any] = in_camel_case(given)
    return named
