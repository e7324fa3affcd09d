"""What an input says in two ways at once is refused; what stands nearer goes before a default."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input
from tuning.execution_input.execution_input import ExecutionInput

from tests.tuning.refusals import refusal

IMAGE = {
    "AlgorithmSpecification": {"TrainingImage": "forest:1"},
    "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
    "ParameterRanges": {"depth": {"Type": "Continuous", "MinValue": 1, "MaxValue": 99}},
}
FIXED = {"ResourceConfig": {"InstanceType": "ml.c5.xlarge"}}
FLEXIBLE = {
    "HyperParameterTuningResourceConfig": {"InstanceConfigs": [{"InstanceType": "ml.m5.large"}]}
}
ALIASES = load_algorithm("xgboost").aliases.items()


def static(**values: object) -> dict[str, Any]:
    return {"StaticHyperParameters": {"objective": "binary:logistic", "num_round": 9, **values}}


def checked(document: dict[str, Any], **defaults: Any) -> ExecutionInput:
    return check_input(document, name_prefix="retune", defaults=defaults)


@pytest.mark.parametrize(
    ("document", "field"),
    [({**FIXED, **FLEXIBLE}, "ResourceConfig"), ({**IMAGE, "Algorithm": "xgboost"}, "Algorithm")],
    ids=["machines", "algorithm"],
)
def test_two_fields_of_which_one_takes_the_others_place_are_refused(
    document: dict[str, Any], field: str
) -> None:
    fault = refusal(document)
    assert fault.field == field
    assert "takes its place, and is given too. Give one of the two." in str(fault)


def test_so_they_are_in_a_training_job_definition() -> None:
    entries = [{"DefinitionName": "trees", **FIXED, **FLEXIBLE}]
    fault = refusal({"TrainingJobDefinitions": entries})
    assert fault.field == "TrainingJobDefinitions.trees.ResourceConfig"


@pytest.mark.parametrize(("alias", "name"), ALIASES)
def test_hyperparameter_under_two_names_is_refused(alias: str, name: str) -> None:
    values = {name: 0.5, alias: 0.25}
    ranges = {"ParameterRanges": {"max_depth": {"MinValue": 1, "MaxValue": 99}}}
    for document in (static(**values), {"Freeze": values}):
        (parent,) = document
        fault = refusal({**ranges, **document})
        assert (fault.field, fault.value) == (f"{parent}.{alias}", 0.25)
        assert f"{parent}.{name} gives the same hyperparameter." in str(fault)


def test_hyperparameter_both_static_and_frozen_is_refused() -> None:
    fault = refusal({**static(reg_lambda=1), "Freeze": {"lambda": 2}})
    assert fault.field == "Freeze.lambda"
    assert "StaticHyperParameters.reg_lambda gives the same" in fault.rule


def test_deployed_defaults_are_not_the_persons_words() -> None:
    assert checked(FLEXIBLE, **FIXED).hyper_parameter_tuning_resource_config
    assert checked(IMAGE, Algorithm="linear-learner").algorithm_specification
    frozen = checked({"Freeze": {"lambda": 2}}, **static(reg_lambda=1))
    assert frozen.static_hyper_parameters["lambda"] == "2"
    assert "reg_lambda" not in frozen.static_hyper_parameters


def test_person_goes_before_the_deployed_other_way_to_say_it() -> None:
    fixed = checked(FIXED, **FLEXIBLE)
    assert fixed.hyper_parameter_tuning_resource_config is None
    assert fixed.resource_config.instance_type == "ml.c5.xlarge"
    built_in = checked({"Algorithm": "xgboost"}, **IMAGE)
    assert built_in.algorithm_specification is None
    assert list(built_in.parameter_ranges) == ["max_depth", "eta", "gamma"]


def test_definition_goes_before_the_input_as_a_whole() -> None:
    entries = [{"DefinitionName": "mine"}, {"DefinitionName": "trees", "Algorithm": "xgboost"}]
    entries[1]["TuningObjective"] = {"MetricName": "validation:logloss"}  # type: ignore[assignment]
    run = checked({**IMAGE, **FLEXIBLE, "TrainingJobDefinitions": [{**entries[1], **FIXED}]})
    ((_, trees),) = run.definitions
    assert trees.algorithm_specification is None
    assert trees.hyper_parameter_tuning_resource_config is None


def test_tuned_hyperparameter_replaces_a_deployed_static_one_under_its_other_name() -> None:
    ranges = {"ParameterRanges": {"lambda": {"MinValue": 0, "MaxValue": 9}}}
    run = checked(ranges, **static(reg_lambda=1))
    assert "reg_lambda" not in run.static_hyper_parameters
