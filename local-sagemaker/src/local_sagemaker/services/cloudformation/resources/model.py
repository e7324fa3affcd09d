"""AWS::SageMaker::Model."""

from __future__ import annotations

from local_sagemaker.services.cloudformation.resources.unchangeable import Unchangeable


class Model(Unchangeable):
    """Its properties are the API's parameters."""

    name_property = "ModelName"

    def make(self) -> None:
        given = self.properties | {"ModelName": self.name}
        self.arn = self.call("sagemaker", "create_model", **given)["ModelArn"]
        self.attributes = {"ModelName": self.name}

    def remove(self) -> None:
        self.client("sagemaker").delete_model(ModelName=self.name)
