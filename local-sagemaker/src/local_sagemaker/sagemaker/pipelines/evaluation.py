"""The values of the expressions in a step's arguments, once the steps before it have ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.pipelines.definition import Definition
from local_sagemaker.sagemaker.pipelines.expressions import (
    EXECUTION,
    EXPERIMENT,
    PARAMETERS,
    as_text,
    as_time,
    is_expression,
    property_file,
    step_and_path,
)
from local_sagemaker.sagemaker.pipelines.faults import StepFailed
from local_sagemaker.sagemaker.pipelines.property_path import NoSuchValue, value_at
from local_sagemaker.sagemaker.s3_location import S3Location


@dataclass(frozen=True)
class Evaluation:
    """What expressions can refer to.

    `variables` are those of the execution and of the step; `properties` gives what the Describe
    operation says of what a step has made.
    """

    definition: Definition
    parameters: Mapping[str, Any]
    variables: Mapping[str, str]
    properties: Callable[[str], Document]
    s3: Any

    def value(self, given: Any) -> Any:
        """The value with nothing left to evaluate.

        Raises:
            StepFailed: an expression has no value.
        """
        if is_expression(given):
            ((function, argument),) = given.items()
            return self._functions[function](argument)
        if isinstance(given, dict):
            return {name: self.value(item) for name, item in given.items()}
        return [self.value(item) for item in given] if isinstance(given, list) else given

    @property
    def _functions(self) -> dict[str, Callable[[Any], Any]]:
        return {"Get": self._get, "Std:Join": self._join, "Std:JsonGet": self._json_get}

    def _get(self, reference: str) -> Any:
        if reference.startswith(PARAMETERS):
            return self.parameters[reference.removeprefix(PARAMETERS)]
        if reference.startswith(EXPERIMENT):
            return self.value(self.definition.experiment[reference.removeprefix(EXPERIMENT)])
        if reference.startswith(EXECUTION):
            name = reference.removeprefix(EXECUTION)
            if name == "CurrentDateTime":
                return as_time(datetime.now(UTC))
            if name not in self.variables:
                raise StepFailed(f"ClientError: {reference} has no value in this step.")
            return self.variables[name]
        step, path = step_and_path(reference)
        try:
            return value_at(self.properties(step), path)
        except NoSuchValue as fault:
            raise StepFailed(f"ClientError: {reference} is undefined.") from fault

    def _join(self, join: Document) -> str:
        values = [as_text(self.value(each)) for each in join["Values"]]
        return str(join.get("On", "")).join(values)

    def _json_get(self, json_get: Document) -> Any:
        place = self._place(json_get)
        try:
            return value_at(_json_in(self.s3, place), json_get["Path"])
        except NoSuchValue as fault:
            raise StepFailed(
                f"ClientError: Invalid json path '{json_get['Path']}' in file {place}."
            ) from fault

    def _place(self, json_get: Document) -> S3Location:
        if "S3Uri" in json_get:
            return _location(self.value(json_get["S3Uri"]))
        step, name = property_file(json_get["PropertyFile"]["Get"])
        files: list[Document] = self.definition.steps[step].body["PropertyFiles"]
        file = next(each for each in files if each["PropertyFileName"] == name)
        path = f"ProcessingOutputConfig.Outputs['{file['OutputName']}'].S3Output.S3Uri"
        return _location(self._get(f"Steps.{step}.{path}")) / str(file["FilePath"])


def _location(uri: str) -> S3Location:
    try:
        return S3Location.parse(str(uri))
    except ValidationException as fault:
        raise StepFailed(f"ClientError: {fault}") from fault


def _json_in(s3: Any, place: S3Location) -> Any:
    try:
        body: bytes = s3.get_object(Bucket=place.bucket, Key=place.key)["Body"].read()
    except ClientError as error:
        told = error.response["Error"]
        raise StepFailed(
            f"ClientError: Received an error while reading file {place} from S3: "
            f"{told['Code']}: {told['Message']}"
        ) from error
    try:
        return json.loads(body)
    except ValueError as fault:
        raise StepFailed(
            f"ClientError: Contents of file {place} are not in valid JSON format."
        ) from fault
