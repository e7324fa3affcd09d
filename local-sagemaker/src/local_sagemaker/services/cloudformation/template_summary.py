"""GetTemplateSummary of a stack set, which moto takes for a request without a template."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import responses
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult

from local_sagemaker.services.patching import replace


def install() -> None:
    summarize = CloudFormationResponse.get_template_summary

    def get_template_summary(request: Any) -> ActionResult:
        name = request._get_param("StackSetName")
        if not name:
            return summarize(request)
        template = request.cloudformation_backend.describe_stack_set(name).template
        return ActionResult(responses.get_template_summary_response_from_template(template))

    replace(CloudFormationResponse, "get_template_summary", get_template_summary)
