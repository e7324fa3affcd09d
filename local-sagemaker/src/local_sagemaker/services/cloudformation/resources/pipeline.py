"""AWS::SageMaker::Pipeline."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.json_text import as_text
from local_sagemaker.services.cloudformation.resources.resource import Resource

_OTHERWISE = ("PipelineDefinition", "PipelineName", "Tags")


class Pipeline(Resource):
    """Its properties are the API's parameters, but for the definition."""

    name_property = "PipelineName"

    def make(self) -> None:
        given = {"PipelineName": self.name, "Tags": self.properties.get("Tags", [])}
        given |= _parameters(self.properties)
        made = self.call("sagemaker", "create_pipeline", **given)
        self.attributes = {"PipelineName": self.name, "PipelineArn": made["PipelineArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        given = {"PipelineName": self.name} | _parameters(properties)
        self.call("sagemaker", "update_pipeline", **given)
        self._change_tags(properties.get("Tags", []))

    def _change_tags(self, tags: list[dict[str, str]]) -> None:
        client, arn = self.client("sagemaker"), self.attributes["PipelineArn"]
        before = {tag["Key"] for tag in self.properties.get("Tags", [])}
        gone = sorted(before - {tag["Key"] for tag in tags})
        if gone:
            client.delete_tags(ResourceArn=arn, TagKeys=gone)
        if tags:
            client.add_tags(ResourceArn=arn, Tags=tags)

    def remove(self) -> None:
        self.client("sagemaker").delete_pipeline(PipelineName=self.name)


def _parameters(properties: dict[str, Any]) -> dict[str, Any]:
    same = {key: value for key, value in properties.items() if key not in _OTHERWISE}
    return same | _definition(properties["PipelineDefinition"])


def _definition(given: dict[str, Any]) -> dict[str, Any]:
    """The parameter of a definition: its text or where its object lies."""
    if "PipelineDefinitionBody" in given:
        return {"PipelineDefinition": as_text(given["PipelineDefinitionBody"])}
    if "PipelineDefinitionS3Location" not in given:
        raise ResourceFailure("PipelineDefinition has neither a body nor an S3 location.")
    location = given["PipelineDefinitionS3Location"]
    found = {"Bucket": location["Bucket"], "ObjectKey": location["Key"]}
    if "Version" in location:
        found["VersionId"] = location["Version"]
    return {"PipelineDefinitionS3Location": found}
