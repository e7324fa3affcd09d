"""AWS::Lambda::Function."""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction

from local_sagemaker.services.cloudformation.resource import Resource

_NOT_CONFIGURATION = ("FunctionName", "PackageType", "Tags", "Code", "Architectures")


class Function(Resource):
    """Its properties are the API's parameters, except inline code, which is one file."""

    name_property = "FunctionName"
    attribute_names = ("Arn",)

    def make(self) -> None:
        tags = {tag["Key"]: tag["Value"] for tag in self.properties.get("Tags", [])}
        changed = {"FunctionName": self.name, "Tags": tags, "Code": _code(self.properties)}
        created = self.client("lambda").create_function(**(self.properties | changed))
        self.attributes = {"Arn": created["FunctionArn"]}

    def change(self, properties: dict[str, Any]) -> None:
        configuration = {
            name: item for name, item in properties.items() if name not in _NOT_CONFIGURATION
        }
        functions = self.client("lambda")
        functions.update_function_configuration(FunctionName=self.name, **configuration)
        functions.update_function_code(FunctionName=self.name, **_code(properties))

    def remove(self) -> None:
        self.client("lambda").delete_function(FunctionName=self.name)


def _code(properties: dict[str, Any]) -> dict[str, Any]:
    code: dict[str, Any] = properties["Code"]
    if "ZipFile" not in code:
        return code
    return {"ZipFile": LambdaFunction._create_zipfile_from_plaintext_code(code["ZipFile"])}
