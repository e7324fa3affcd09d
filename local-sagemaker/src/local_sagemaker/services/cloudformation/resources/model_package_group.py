"""AWS::SageMaker::ModelPackageGroup."""

from __future__ import annotations

from local_sagemaker.services.cloudformation.errors import ResourceFailure
from local_sagemaker.services.cloudformation.resources.unchangeable import Unchangeable


class ModelPackageGroup(Unchangeable):
    """Its properties are the API's parameters, but the policy, which local AWS has not."""

    name_property = "ModelPackageGroupName"

    def make(self) -> None:
        if "ModelPackageGroupPolicy" in self.properties:
            raise ResourceFailure("Local AWS has no policies of model package groups.")
        given = self.properties | {"ModelPackageGroupName": self.name}
        made = self.call("sagemaker", "create_model_package_group", **given)
        self.arn = made["ModelPackageGroupArn"]
        found = self.client("sagemaker").describe_model_package_group(
            ModelPackageGroupName=self.name
        )
        self.attributes = {
            "ModelPackageGroupArn": self.arn,
            "ModelPackageGroupStatus": found["ModelPackageGroupStatus"],
            "CreationTime": found["CreationTime"].isoformat(),
        }

    def remove(self) -> None:
        self.client("sagemaker").delete_model_package_group(ModelPackageGroupName=self.name)
