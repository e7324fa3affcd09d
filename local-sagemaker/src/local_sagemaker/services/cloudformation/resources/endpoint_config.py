"""AWS::SageMaker::EndpointConfig."""

from __future__ import annotations

from local_sagemaker.services.cloudformation.resources.unchangeable import Unchangeable


class EndpointConfig(Unchangeable):
    """Its properties are the API's parameters."""

    name_property = "EndpointConfigName"

    def make(self) -> None:
        given = self.properties | {"EndpointConfigName": self.name}
        self.arn = self.call("sagemaker", "create_endpoint_config", **given)["EndpointConfigArn"]
        self.attributes = {"EndpointConfigName": self.name}

    def remove(self) -> None:
        self.client("sagemaker").delete_endpoint_config(EndpointConfigName=self.name)
