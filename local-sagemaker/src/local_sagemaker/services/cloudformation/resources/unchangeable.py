"""A resource of SageMaker of which nothing but tags can be others in place."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Unchangeable(Resource):
    """Ref gives its ARN, as for every resource of SageMaker."""

    arn: str = ""

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    def change(self, properties: dict[str, Any]) -> None:
        tags = properties.get("Tags", [])
        kept = {tag["Key"] for tag in tags}
        gone = [tag["Key"] for tag in self.properties.get("Tags", []) if tag["Key"] not in kept]
        if gone:
            self.call("sagemaker", "delete_tags", ResourceArn=self.arn, TagKeys=gone)
        if tags:
            self.call("sagemaker", "add_tags", ResourceArn=self.arn, Tags=tags)

    def has_to_be_replaced(self, properties: dict[str, Any]) -> bool:
        return self.properties | {"Tags": None} != properties | {"Tags": None}
