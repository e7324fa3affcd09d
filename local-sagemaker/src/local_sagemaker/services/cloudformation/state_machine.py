"""AWS::StepFunctions::StateMachine."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.services.cloudformation.resource import Resource

_CONFIGURATIONS = ("LoggingConfiguration", "TracingConfiguration", "EncryptionConfiguration")


class StateMachine(Resource):
    """The definition comes as text, as an object or from S3, with substitutions in `${...}`."""

    name_property = "StateMachineName"
    attribute_names = ("Arn", "Name")

    @property
    def physical_resource_id(self) -> str:
        return self.attributes["Arn"]

    def make(self) -> None:
        tags = [
            {"key": tag["Key"], "value": tag["Value"]} for tag in self.properties.get("Tags", [])
        ]
        created = self.client("stepfunctions").create_state_machine(
            name=self.name,
            definition=self._definition(self.properties),
            roleArn=self.properties["RoleArn"],
            type=self.properties.get("StateMachineType", "STANDARD"),
            tags=tags,
            **_configurations(self.properties),
        )
        self.attributes = {"Arn": created["stateMachineArn"], "Name": self.name}

    def change(self, properties: dict[str, Any]) -> None:
        self.client("stepfunctions").update_state_machine(
            stateMachineArn=self.attributes["Arn"],
            definition=self._definition(properties),
            roleArn=properties["RoleArn"],
            **_configurations(properties),
        )

    def remove(self) -> None:
        self.client("stepfunctions").delete_state_machine(stateMachineArn=self.attributes["Arn"])

    def _definition(self, properties: dict[str, Any]) -> str:
        text = self._definition_text(properties)
        for name, value in properties.get("DefinitionSubstitutions", {}).items():
            text = text.replace(f"${{{name}}}", str(value))
        return text

    def _definition_text(self, properties: dict[str, Any]) -> str:
        if "DefinitionString" in properties:
            return str(properties["DefinitionString"])
        if "Definition" in properties:
            return json.dumps(properties["Definition"])
        location = properties["DefinitionS3Location"]
        stored = self.client("s3").get_object(Bucket=location["Bucket"], Key=location["Key"])
        text: str = stored["Body"].read().decode()
        return text


def _configurations(properties: dict[str, Any]) -> dict[str, Any]:
    """What of logs, traces and encryption is given, under the names of CreateStateMachine."""
    return _in_camel_case({key: properties[key] for key in _CONFIGURATIONS if key in properties})


def _in_camel_case(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _in_camel_case(inner) for key, inner in value.items()}
    return [_in_camel_case(item) for item in value] if isinstance(value, list) else value
