"""AWS::Lambda::Function."""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction

from local_sagemaker.services.cloudformation.resources.resource import Resource

_OF_OTHER_CALLS = ("RecursiveLoop", "ReservedConcurrentExecutions", "RuntimeManagementConfig")
_NOT_CONFIGURATION = ("FunctionName", "PackageType", "Tags", "Code", "Architectures")


class Function(Resource):
    """Its properties are the API's parameters, except inline code, which is one file, and the key's
    name."""

    name_property = "FunctionName"

    def make(self) -> None:
        tags = {tag["Key"]: tag["Value"] for tag in self.properties.get("Tags", [])}
        changed = {"FunctionName": self.name, "Tags": tags, "Code": _code(self.properties)}
        given = {_named(k): self.properties[k] for k in self.properties if k not in _OF_OTHER_CALLS}
        created = self.call("lambda", "create_function", **(given | changed))
        self.attributes = {"Arn": created["FunctionArn"]}
        self._reserve(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        configuration = {
            _named(name): item
            for name, item in properties.items()
            if name not in (*_NOT_CONFIGURATION, *_OF_OTHER_CALLS)
        }
        named = {"FunctionName": self.name}
        self.call("lambda", "update_function_configuration", **configuration, **named)
        self.call("lambda", "update_function_code", **_code(properties), **named)
        self._reserve(properties)

    def remove(self) -> None:
        self.client("lambda").delete_function(FunctionName=self.name)

    def _reserve(self, properties: dict[str, Any]) -> None:
        """The number is kept; every invocation has a process here."""
        reserved, named = (
            properties.get("ReservedConcurrentExecutions"),
            {"FunctionName": self.name},
        )
        if reserved is not None:
            given = {"ReservedConcurrentExecutions": reserved}
            self.call("lambda", "put_function_concurrency", **named, **given)
        elif "ReservedConcurrentExecutions" in self.properties:
            self.call("lambda", "delete_function_concurrency", **named)


def _named(name: str) -> str:
    return "KMSKeyArn" if name == "KmsKeyArn" else name


def _code(properties: dict[str, Any]) -> dict[str, Any]:
    code: dict[str, Any] = properties["Code"]
    if "ZipFile" not in code:
        return code
    return {"ZipFile": LambdaFunction._create_zipfile_from_plaintext_code(code["ZipFile"])}
