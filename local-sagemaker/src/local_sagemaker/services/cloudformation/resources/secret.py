"""AWS::SecretsManager::Secret."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource

_OF_TEMPLATE = ("SecretStringTemplate", "GenerateStringKey")


class Secret(Resource):
    """Given as text, or generated, alone or inside a JSON object."""

    name_property = "Name"

    @property
    def physical_resource_id(self) -> str:
        return str(self.attributes["Id"])

    def make(self) -> None:
        given = {k: self.properties[k] for k in ("Description", "Tags") if k in self.properties}
        made = self.call(
            "secretsmanager", "create_secret", Name=self.name,
            SecretString=self._text(self.properties), **given,
        )  # fmt: skip
        self.attributes = {"Id": made["ARN"]}

    def change(self, properties: dict[str, Any]) -> None:
        given = {k: properties[k] for k in ("Description", "SecretString") if k in properties}
        self.call("secretsmanager", "update_secret", SecretId=self.physical_resource_id, **given)

    def remove(self) -> None:
        self.client("secretsmanager").delete_secret(
            SecretId=self.physical_resource_id, ForceDeleteWithoutRecovery=True
        )

    def _text(self, properties: dict[str, Any]) -> str:
        if "GenerateSecretString" not in properties:
            return str(properties.get("SecretString", ""))
        wanted = properties["GenerateSecretString"]
        options = {key: wanted[key] for key in wanted if key not in _OF_TEMPLATE}
        made: str = self.call("secretsmanager", "get_random_password", **options)["RandomPassword"]
        if "SecretStringTemplate" not in wanted:
            return made
        return json.dumps(
            json.loads(wanted["SecretStringTemplate"]) | {wanted["GenerateStringKey"]: made}
        )
