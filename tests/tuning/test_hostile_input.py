"""Whatever a document holds, it is refused in a few sentences, or SageMaker takes what it plans."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

from tests.tuning.refusals import refusal, refusals

LISTS = ["VpcConfig.SecurityGroupIds", "VpcConfig.Subnets"]
VPC = {"SecurityGroupIds": ["sg-0123456789abcdef0"], "Subnets": ["subnet-0123456789abcdef0"]}
IMAGE = {
    "AlgorithmSpecification": {"TrainingImage": "forest:1"},
    "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
    "ParameterRanges": {"depth": {"Type": "Continuous", "MinValue": 1, "MaxValue": 99}},
}
AUTOTUNE = {"Autotune": {"Mode": "Enabled"}}


def nested(depth: int) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"Strategy": "\ud800"}, "Strategy"),
        ({"StaticHyperParameters": {"\udfff": "1"}}, "StaticHyperParameters"),
        ({"\ud800": 1}, r"\ud800"),
        (["\ud800"], "Input"),
    ],
)
def test_half_of_a_character_is_one_fault(document: Any, field: str) -> None:
    assert str(refusal(document)) == (
        f"{field} = 'half of a character': AWS takes no such text. "
        "Correct the text that begins with \\ud."
    )


@pytest.mark.parametrize("depth", [40, 400, 50_000])
@pytest.mark.parametrize("field", ["Channels", "Colour", "Input"])
def test_brackets_without_end_are_one_fault(field: str, depth: int) -> None:
    fault = refusal(nested(depth) if field == "Input" else {field: nested(depth)})
    assert str(fault) == (
        f"{field} = 'more than 32 levels': Nothing in an execution input lies so deep. "
        "Remove the brackets that are too many."
    )


@pytest.mark.parametrize(
    "document",
    [
        {"TrainingJobDefinitions": [{"DefinitionName": "A" * 60_000}]},
        {"TrainingJobDefinitions": [{"DefinitionName": "A" * 60_000, "Colour": 1}] * 30},
        {"Colour" * 10_000: 1},
        {f"Colour{number}": "red" * 999 for number in range(100)},
        {**IMAGE, "ParameterRanges": {"a" * 60_000: {"Values": ["b" * 60_000]}}},
        {"StaticHyperParameters": {"a" * 60_000: "b" * 60_000}},
        {"Strategy": "\U0001f600" * 60_000},
    ],
    ids=["name", "names", "field", "fields", "ranges", "static", "strategy"],
)
def test_message_has_a_few_kilobytes_at_most(document: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_input(document, name_prefix="retune")
    assert len(str(refused.value)) < 8_200
    assert not str(refused.value).startswith("And")  # some fault is told in full


def test_field_that_is_no_printable_text_is_shown_harmless_and_on_one_line() -> None:
    assert str(refusal({"a\n\x1b[2J": 1})).startswith(r"a\n\x1b[2J = 1: ")


@pytest.mark.parametrize("ids", [["\u0660.5"], ["sg 1"], [""], ["s" * 33], [], ["sg-1"] * 17])
@pytest.mark.parametrize("field", LISTS)
def test_ids_of_a_vpc_are_as_sagemaker_takes_them(field: str, ids: list[str]) -> None:
    name = field.split(".")[1]
    fault = refusal({"VpcConfig": {**VPC, name: ids}})
    assert fault.field.startswith(field)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"ParameterRanges": {"a" * 257: {"Values": ["x", "y"]}}}, "ParameterRanges.aaa"),
        ({"ParameterRanges": {"kind": {"Values": ["x" * 257]}}}, "ParameterRanges.kind.Values.0"),
        ({"StaticHyperParameters": {"a" * 257: "1"}}, "StaticHyperParameters.aaa"),
        ({"StaticHyperParameters": {"a": "1" * 2501}}, "StaticHyperParameters.a"),
        ({"StaticHyperParameters": {f"s{n}": n for n in range(100)}}, "StaticHyperParameters"),
        ({"Channels": {"my train": "s3://my-bucket/train/"}}, "Channels.my train"),
        ({"Channels": {"x" * 65: "s3://my-bucket/train/"}}, "Channels.xxx"),
        ({"ContentType": "x" * 257}, "ContentType"),
        (
            {"HyperParameterTuningJobObjective": {"MetricName": "m" * 256, "Type": "Minimize"}},
            "HyperParameterTuningJobObjective.MetricName",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_names_and_values_of_an_image_have_the_lengths_of_the_api(
    document: dict[str, Any], field: str
) -> None:
    fault = refusal({**IMAGE, **document})
    assert fault.field.startswith(field)


@pytest.mark.parametrize(
    ("name", "hint", "words"),
    [
        ("eta", "abc", "It is no finite number."),
        ("eta", "inf", "It is no finite number."),
        ("eta", "7", "eta must be at least 0 and at most 1."),
        ("max_depth", "2.5", "Use 2 or 3."),
    ],
)
def test_hint_for_autotune_is_a_value_of_the_hyperparameter(
    name: str, hint: str, words: str
) -> None:
    fault = refusal({**AUTOTUNE, "ParameterRanges": {name: {"ValueHint": hint}}})
    assert fault.field == f"ParameterRanges.{name}.ValueHint"
    assert words in str(fault)


def test_hint_for_a_choice_is_one_of_the_choices() -> None:
    document = {
        **AUTOTUNE,
        "Algorithm": "linear-learner",
        "ParameterRanges": {"use_bias": {"ValueHint": "perhaps"}},
    }
    assert refusal(document).field == "ParameterRanges.use_bias.ValueHint"


@pytest.mark.parametrize("text", ["{[]}", "{[]: 1}", "-" * 2400 + "1", "(" * 2400])
def test_constraint_that_python_cannot_read_is_refused(text: str) -> None:
    document = {
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "num_round": 9,
            "tree_method": "hist",
            "interaction_constraints": text,
        }
    }
    assert refusal(document).field == "StaticHyperParameters.interaction_constraints"


def test_misspelt_algorithm_makes_no_other_field_wrong() -> None:
    document = {
        "Algorithmm": "linear-learner",
        "StaticHyperParameters": {"predictor_type": "regressor"},
        "HyperParameterTuningJobObjective": {"MetricName": "validation:mse"},
        "ParameterRanges": {"wd": {"MinValue": "0.1", "MaxValue": "1"}},
    }
    fault = refusal(document)
    assert fault.field == "Algorithmm"
    assert "Did you mean Algorithm" in fault.fix


def test_definition_without_a_name_is_told_by_its_place() -> None:
    entries = [{"DefinitionName": "trees"}, {}, {"DefinitionName": None}]
    faults = refusals({"TrainingJobDefinitions": entries})
    assert [(fault.field, fault.value) for fault in faults] == [
        ("TrainingJobDefinitions.1.DefinitionName", None),
        ("TrainingJobDefinitions.2.DefinitionName", None),
    ]


@pytest.mark.parametrize(
    ("document", "fix"),
    [
        (
            {"ParameterRanges": {"eta": {"Values": ["0.1"], "MinValue": "0.1"}}},
            "A range has MinValue, MaxValue and ScalingType, or Values, or ValueHint.",
        ),
        (
            {"ParameterRanges": {"eta": {"MinValue": 0, "MaxValue": 1, "Least": 0}}},
            "A range has MinValue, MaxValue and ScalingType, or Values, or ValueHint.",
        ),
        (
            {"RetryStrategy": {"MaximumRetryAttempts": 3, "Pause": 1}},
            "RetryStrategy has MaximumRetryAttempts.",
        ),
        (
            {"Endpoint": {"Rollout": {"Alarm": ["a"]}}},
            "Did you mean Endpoint.Rollout.Alarms?",
        ),
        (
            {"ResourceConfig": {"VolumeSizeInGb": 5}},
            "Did you mean ResourceConfig.VolumeSizeInGB",
        ),
    ],
)
def test_unknown_field_in_an_object_is_told_the_fields_of_that_object(
    document: dict[str, Any], fix: str
) -> None:
    fault = refusal(document)
    assert fault.rule == "There is no such field."
    assert fix in fault.fix


@pytest.mark.parametrize("name", ["[key]", "auto", "numeric", "categorical"])
@pytest.mark.parametrize(
    "parents",
    [(), ("Channels",), ("ParameterRanges",), ("ParameterRanges", "eta"), ("Promotion",)],
    ids=".".join,
)
def test_field_may_be_called_as_pydantic_calls_a_branch(
    parents: tuple[str, ...], name: str
) -> None:
    document: Any = {name: -1}
    for parent in reversed(parents):
        document = {parent: document}
    assert ".".join((*parents, name)) in [fault.field for fault in refusals(document)]
