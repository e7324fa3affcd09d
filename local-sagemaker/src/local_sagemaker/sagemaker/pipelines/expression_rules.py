"""What CreatePipeline refuses of Std:Join and Std:JsonGet."""

from __future__ import annotations

from typing import Any

from local_sagemaker.sagemaker.pipelines.expecting import expect_list, expect_object, expect_text
from local_sagemaker.sagemaker.pipelines.expressions import property_file
from local_sagemaker.sagemaker.pipelines.faults import unparsable
from local_sagemaker.sagemaker.pipelines.property_path import parts_of


def check_expressions(value: Any) -> None:
    """Raises ValidationException for a function, however deep, that is not given what it takes."""
    if isinstance(value, list):
        for item in value:
            check_expressions(item)
    elif isinstance(value, dict):
        if set(value) == {"Get"}:
            expect_text(value["Get"], "Get")
        elif set(value) == {"Std:Join"}:
            _check_join(value["Std:Join"])
        elif set(value) == {"Std:JsonGet"}:
            _check_json_get(value["Std:JsonGet"])
        for item in value.values():
            check_expressions(item)


def _check_join(join: Any) -> None:
    expect_object(join, ("On", "Values"))
    expect_text(join.get("On", ""), "On of Std:Join")
    if not expect_list(join.get("Values")):
        raise unparsable("Std:Join needs Values.")


def _check_json_get(json_get: Any) -> None:
    expect_object(json_get, ("PropertyFile", "S3Uri", "Path"))
    if ("PropertyFile" in json_get) == ("S3Uri" in json_get):
        raise unparsable("Std:JsonGet needs either PropertyFile or S3Uri.")
    if "PropertyFile" in json_get:
        file = expect_object(json_get["PropertyFile"], ("Get",)).get("Get")
        if not all(property_file(expect_text(file, "Get of PropertyFile"))):
            raise unparsable(f"PropertyFile '{file}' must be Steps.<step>.PropertyFiles.<name>.")
    path = expect_text(json_get.get("Path"), "Path of Std:JsonGet")
    try:
        parts_of(path)
    except ValueError as fault:
        raise unparsable(
            f"Path '{path}' of Std:JsonGet: local AWS follows members and positions, as in a.b[0], "
            "and no filters or wildcards."
        ) from fault
