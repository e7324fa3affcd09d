"""Numbers of an execution input are finite, and of the size that SageMaker's API gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import annotated_types
import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from tuning.algorithms.valid_range import is_whole, number, whole
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.sagemaker_model import SageMakerModel

from tests.tuning.plans import make_plan
from tests.tuning.refusals import refusal, refusals

NAN, INFINITE = float("nan"), float("inf")
IMAGE = {
    "AlgorithmSpecification": {"TrainingImage": "forest:1"},
    "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
    "ParameterRanges": {"depth": {"Type": "Continuous", "MinValue": 1, "MaxValue": 99}},
}


@pytest.mark.parametrize("value", [NAN, INFINITE, -INFINITE, "nan", "Infinity", "1e400"], ids=str)
@pytest.mark.parametrize(
    "field",
    [
        "TuningJobCompletionCriteria.TargetObjectiveMetricValue",
        "Promotion.Margin",
        "Promotion.Confidence",
        "Promotion.Guardrails.Recall",
    ],
)
def test_a_number_that_is_not_finite_is_refused(field: str, value: float | str) -> None:
    document: Any = value
    for name in reversed(field.split(".")):
        document = {name: document}
    fault = refusal(document)
    assert (fault.field, fault.rule) == (field, "It must be a finite number.")


def static(**values: object) -> dict[str, Any]:
    return {"StaticHyperParameters": {"objective": "binary:logistic", "num_round": 9, **values}}


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (static(base_score=NAN), "StaticHyperParameters.base_score"),
        (static(scale_pos_weight="1e400"), "StaticHyperParameters.scale_pos_weight"),
        ({**IMAGE, **static(anything=INFINITE)}, "StaticHyperParameters.anything"),
        ({"Freeze": {"gamma": NAN}}, "Freeze.gamma"),
        ({"ParameterRanges": {"eta": {"MinValue": 0, "MaxValue": NAN}}}, "eta.MaxValue"),
        ({"ParameterRanges": {"gamma": {"MinValue": 0, "MaxValue": "1e400"}}}, "gamma.MaxValue"),
        ({"ParameterRanges": {"gamma": {"MinValue": "1e-400", "MaxValue": 1}}}, "gamma.MinValue"),
        ({**IMAGE, "ParameterRanges": {"kind": {"Values": ["a", NAN]}}}, "kind.Values.1"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_so_it_is_among_hyperparameters_and_in_ranges(document: dict[str, Any], field: str) -> None:
    assert refusal(document).field.endswith(field)


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ("1e30", "It has more than 64 bits. Use a smaller number."),
        ("-1e300", "It has more than 64 bits."),
        ("2e999999999", "It is no finite number."),
        ("2.5", "The range of max_depth is of whole numbers. Use 2 or 3."),
        ("1_0", "It is no finite number."),
        ("\u0663", "It is no finite number."),
    ],
)
def test_bound_of_whole_numbers_is_one_that_a_program_can_hold(bound: str, words: str) -> None:
    fault = refusal({"ParameterRanges": {"max_depth": {"MinValue": 1, "MaxValue": bound}}})
    assert fault.field == "ParameterRanges.max_depth.MaxValue"
    assert words in str(fault)


@pytest.mark.parametrize("text", ["1_000", "\u0661", "\uff11"])
@pytest.mark.parametrize("name", ["max_depth", "eta"])
def test_what_python_alone_takes_for_a_number_is_none(name: str, text: str) -> None:
    fault = refusal(static(**{name: text}))
    assert (fault.field, fault.value) == (f"StaticHyperParameters.{name}", text)
    assert "It must be a" in fault.rule


@pytest.mark.parametrize("value", [-1e308, "1" + "0" * 99, 1e30], ids=str)
def test_number_of_classes_beyond_all_numbers_is_refused(value: float | str) -> None:
    faults = refusals(
        {
            "StaticHyperParameters": {
                "objective": "multi:softprob",
                "num_class": value,
                "num_round": 10,
            },
            "HyperParameterTuningJobObjective": {"MetricName": "validation:mlogloss"},
        }
    )
    assert [fault.field for fault in faults] == ["StaticHyperParameters.num_class"]


@pytest.mark.parametrize("text", ["1", " -1 ", "+.5", "1.", "1e3", "1E-3", "5e-324", "0e-999"])
def test_text_of_a_number(text: str) -> None:
    value = number(text)
    assert value is not None
    assert float(value) == float(text)


@pytest.mark.parametrize("text", ["", "nan", "sNaN", "NaN12", "inf", "1e309", "1e-324", "0x1", "."])
def test_text_of_no_number_that_a_double_holds(text: str) -> None:
    assert number(text) is None


def test_whole_numbers_have_64_bits_at_most() -> None:
    largest = str(2**63 - 1)
    assert whole(largest) == 2**63 - 1
    assert whole(str(2**63)) is None
    assert is_whole(number("3.0") or 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"RandomSeed": 2**31}, "RandomSeed"),
        ({"RandomSeed": 10**400}, "RandomSeed"),
        ({"ResourceConfig": {"VolumeSizeInGB": 2**31}}, "ResourceConfig.VolumeSizeInGB"),
        ({"Endpoint": {"InitialInstanceCount": 2**40}}, "Endpoint.InitialInstanceCount"),
        ({"MaxInstanceSeconds": 2**63}, "MaxInstanceSeconds"),
        (
            {"TuningJobCompletionCriteria": {"TargetObjectiveMetricValue": 1e39}},
            "TuningJobCompletionCriteria.TargetObjectiveMetricValue",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_number_beyond_its_type_in_the_api_is_refused(document: dict[str, Any], field: str) -> None:
    fault = refusal(document)
    assert fault.field == field
    assert fault.rule.startswith("It must be less than or equal to")


def test_largest_number_of_its_type_is_taken() -> None:
    job = make_plan({"RandomSeed": 2**31 - 1}).tuning_job
    assert job["HyperParameterTuningJobConfig"]["RandomSeed"] == 2**31 - 1


def fields() -> Iterator[tuple[str, FieldInfo]]:
    """Every field of the execution input, however deep."""
    for model in all_models(ExecutionInput, set()):
        for name, field in model.model_fields.items():
            yield f"{model.__name__}.{name}", field


def all_models(model: type[SageMakerModel], seen: set[type]) -> Iterator[type[SageMakerModel]]:
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in models(field.annotation):
            if inner not in seen:
                yield from all_models(inner, seen)


def models(annotation: Any) -> Iterator[type[SageMakerModel]]:
    if isinstance(annotation, type) and issubclass(annotation, SageMakerModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models(argument)


def bounds(metadata: Any) -> set[type]:
    found: set[type] = set()
    for entry in metadata:
        found |= bounds(entry.metadata) if isinstance(entry, FieldInfo) else {type(entry)}
    return found


def test_every_whole_number_of_the_input_is_bounded() -> None:
    upper = {annotated_types.Le, annotated_types.Lt}
    lower = {annotated_types.Ge, annotated_types.Gt}
    unbounded = []
    for name, field in fields():
        numbers = [a for a in (field.annotation, *get_args(field.annotation)) if is_number(a)]
        found = bounds(field.metadata) | {b for a in numbers for b in bounds(get_args(a)[1:])}
        if numbers and not (found & upper and found & lower):
            unbounded.append(name)
    assert unbounded == []


@pytest.mark.parametrize("value", [True, False])
def test_true_and_false_are_no_numbers(value: bool) -> None:
    fault = refusal({"RandomSeed": value})
    assert str(fault) == f"RandomSeed = {value}: It must be an integer. Write a whole number."
    assert refusal({"Promotion": {"Margin": value}}).rule == "It must be a number."


def test_they_are_none_in_any_field() -> None:
    for model in all_models(ExecutionInput, set()):
        for field in model.model_fields.values():
            if {int, float} & {field.annotation, *get_args(field.annotation)}:
                with pytest.raises(ValidationError) as refused:
                    model.model_validate({field.alias: True})
                assert (field.alias,) in [fault["loc"] for fault in refused.value.errors()]


def is_number(annotation: Any) -> bool:
    return annotation is int or int in get_args(annotation)[:1]
