"""AWS::Lambda::EventInvokeConfig."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.resource import Resource


class EventInvokeConfig(Resource):
    """What becomes of a function's asynchronous invocations; its properties are the API's."""

    made_anew_for = ("FunctionName", "Qualifier")

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self.call("lambda", "put_function_event_invoke_config", **properties)

    def remove(self) -> None:
        where = {key: self.properties[key] for key in self.made_anew_for if key in self.properties}
        try:
            self.call("lambda", "delete_function_event_invoke_config", **where)
        except ClientError as error:  # its function is gone
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
