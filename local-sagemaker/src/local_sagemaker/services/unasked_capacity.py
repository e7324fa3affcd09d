"""DynamoDB tells what an update has consumed to who asks for it, as of all operations."""

from __future__ import annotations

from typing import Any

from moto.dynamodb.responses import DynamoHandler

from local_sagemaker.services.patching import replace


def install() -> None:
    update = DynamoHandler.update_item

    def update_item(request: Any) -> Any:
        answer = update(request)
        if request.body.get("ReturnConsumedCapacity", "NONE") == "NONE":
            answer.result.pop("ConsumedCapacity", None)
        return answer

    replace(DynamoHandler, "update_item", update_item)
