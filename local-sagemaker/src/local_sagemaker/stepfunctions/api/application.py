"""The WSGI application: JSON 1.0 with the operation in X-Amz-Target, regions kept apart."""

from __future__ import annotations

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.api_errors import UnknownOperationException
from local_sagemaker.protocol.json_service import JsonService, given, json_body
from local_sagemaker.stepfunctions.api.account_region import AccountRegion
from local_sagemaker.stepfunctions.api.request_validation import validate_request
from local_sagemaker.stepfunctions.settings import Settings

_TARGET = "AWSStepFunctions."


class StepFunctionsApplication(JsonService[AccountRegion]):
    """Serves every region; close() ends every execution."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("1.0")
        self._settings = settings

    def _open(self, region: str) -> AccountRegion:
        return AccountRegion(self._settings, region)

    def tags_of(self, arn: str) -> dict[str, str]:
        """The tags of a state machine or an activity; none of what is not there."""
        return dict(self.region(arn.split(":")[3]).region.tags.by_arn.get(arn, {}))

    def _answer(self, request: Request, held: AccountRegion) -> Response:
        asked = request.headers.get("X-Amz-Target", "")
        name = asked.removeprefix(_TARGET) if asked.startswith(_TARGET) else ""
        operation = held.operations.get(name)
        if operation is None:
            raise UnknownOperationException(
                f"Local AWS has no Step Functions operation "
                f"'{name or f'{request.method} {request.path}'}'."
            )
        content = json_body(request)
        validate_request(name, content)
        return self._response(operation(given(content)))
