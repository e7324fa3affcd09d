"""The search space of an execution input, in either of two spellings.

The short one maps names to ranges, and whether a hyperparameter is an integer is known from the
algorithm: `{"max_depth": {"MinValue": "3", "MaxValue": "10"}}`. The other one is SageMaker's own:
`{"IntegerParameterRanges": [{"Name": "max_depth", ...}]}`. The model holds the short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from tuning.execution_input.sagemaker_model import SageMakerModel

ScalingType = Literal["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"]


def _as_text(value: Any) -> Any:
    """SageMaker takes every value as a string; numbers and booleans are easier to write."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("It must be a finite number")
    return str(value) if isinstance(value, int | float) else value


_TEXT = BeforeValidator(_as_text, json_schema_input_type=str | float | bool)
_NUMBER_TEXT = BeforeValidator(_as_text, json_schema_input_type=str | float)
# ParameterKey and ParameterValue, HyperParameterKey and HyperParameterValue of the API.
ParameterName = Annotated[str, Field(max_length=256)]
ParameterText = Annotated[str, Field(max_length=256), _TEXT]
ParameterNumber = Annotated[str, Field(max_length=256), _NUMBER_TEXT]
HyperParameters = dict[ParameterName, Annotated[str, Field(max_length=2500), _TEXT]]


class Bounds(SageMakerModel):
    """The numbers that tuning tries for a hyperparameter, bounds included."""

    min_value: ParameterNumber = Field(
        description="Least value. Equal bounds make the hyperparameter a static one.",
        examples=["0.01", "3"],
    )
    max_value: ParameterNumber = Field(description="Greatest value.", examples=["0.3", "10"])
    scaling_type: ScalingType = Field(
        default="Auto",
        description="How values are spread. Logarithmic needs bounds above 0; ReverseLogarithmic "
        "a continuous hyperparameter and bounds in 0 <= x < 1.",
    )


class NumericRange(Bounds):
    """A range of numbers in the short spelling."""

    type: Literal["Integer", "Continuous"] | None = Field(
        default=None, description="Known from a built-in algorithm; to be given for other images."
    )


class CategoricalRange(SageMakerModel):
    """The values that tuning tries for a categorical hyperparameter."""

    values: list[ParameterText] = Field(
        min_length=1, max_length=30, description="At most 30 values."
    )


class AutoParameter(SageMakerModel):
    """Leaves the range to SageMaker. Only with Autotune."""

    value_hint: ParameterText = Field(description="An example value.", examples=["0.3"])


class NamedNumericRange(Bounds):
    """A range in SageMaker's own spelling."""

    name: ParameterName


class NamedCategoricalRange(CategoricalRange):
    """A range in SageMaker's own spelling."""

    name: ParameterName


class NamedAutoParameter(AutoParameter):
    """A hyperparameter for Autotune in SageMaker's own spelling."""

    name: ParameterName


class SageMakerRanges(SageMakerModel):
    """SageMaker's own spelling of all ranges."""

    integer_parameter_ranges: list[NamedNumericRange] = Field(default_factory=list)
    continuous_parameter_ranges: list[NamedNumericRange] = Field(default_factory=list)
    categorical_parameter_ranges: list[NamedCategoricalRange] = Field(default_factory=list)
    auto_parameters: list[NamedAutoParameter] = Field(default_factory=list)


def _kind(value: Any) -> str:
    if isinstance(value, CategoricalRange | AutoParameter):
        return "categorical" if isinstance(value, CategoricalRange) else "auto"
    given = value if isinstance(value, Mapping) else {}
    return "categorical" if "Values" in given else "auto" if "ValueHint" in given else "numeric"


Range = Annotated[
    Annotated[NumericRange, Tag("numeric")]
    | Annotated[CategoricalRange, Tag("categorical")]
    | Annotated[AutoParameter, Tag("auto")],
    Discriminator(_kind),
]


_TYPES = {f"{type_}ParameterRanges": {"Type": type_} for type_ in ("Integer", "Continuous")}


def _by_name(document: Any) -> Any:
    """The short spelling of a document in either one; anything else is left as it is."""
    if not isinstance(document, dict) or not document.keys() & SageMakerRanges.names():
        return document
    lists = [entries for entries in document.values() if isinstance(entries, list)]
    named = [entry for entries in lists for entry in entries]
    if len(lists) < len(document) or not all(_has_name(entry) for entry in named):
        raise ValueError("SageMaker's lists hold objects that each have a Name")
    names = [entry["Name"] for entry in named]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"More than one range is given for {', '.join(twice)}")
    return {
        entry["Name"]: _TYPES.get(key, {})
        | {member: value for member, value in entry.items() if member != "Name"}
        for key, entries in document.items()
        for entry in entries
    }


def _has_name(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("Name"), str)


ParameterRanges = Annotated[
    dict[ParameterName, Range],
    BeforeValidator(_by_name, json_schema_input_type=dict[ParameterName, Range] | SageMakerRanges),
]
