"""The transform AWS::Serverless-2016-10-31: AWS SAM's own translator, of the extra `sam`."""

from __future__ import annotations

import copy
import importlib
from typing import Any

import boto3

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.functions import text_of

_APPLICATION = "AWS::Serverless::Application"
TRANSFORM = "AWS::Serverless-2016-10-31"


def translated(template: dict[str, Any], parameters: dict[str, Any], region: str) -> dict[str, Any]:
    """The template in CloudFormation's own types. Raises ValidationError."""
    try:
        translator = importlib.import_module("samtranslator.translator.translator")
    except ModuleNotFoundError as missing:
        raise ValidationError(
            f"Transform {TRANSFORM} needs an extra that is not installed: "
            "pip install 'local-sagemaker[sam]'"
        ) from missing
    _refuse_repository(template)
    exceptions = importlib.import_module("samtranslator.model.exceptions")
    parser = importlib.import_module("samtranslator.parser.parser").Parser()
    policies = importlib.import_module("samtranslator.translator.managed_policy_translator")
    loader = policies.ManagedPolicyLoader(client_of("cloudformation", "iam", region))
    session = boto3.Session(region_name=region)  # SAM reads nothing but its region
    try:
        made: dict[str, Any] = translator.Translator(None, parser, boto_session=session).translate(
            copy.deepcopy(template),
            parameter_values={name: text_of(value) for name, value in parameters.items()},
            get_managed_policy_map=loader.load,
        )
    except exceptions.InvalidDocumentException as fault:
        causes = " ".join(cause.message for cause in fault.causes)
        raise ValidationError(
            f"Transform {TRANSFORM} failed with: {fault.message} {causes}"
        ) from fault
    return made


def _refuse_repository(template: dict[str, Any]) -> None:
    for name, resource in template["Resources"].items():
        location = resource.get("Properties", {}).get("Location")
        if resource.get("Type") == _APPLICATION and isinstance(location, dict):
            raise ValidationError(
                f"Local AWS has no Serverless Application Repository: {name} needs a Location that "
                "is the URL of a template."
            )
