"""Static hyperparameters that the container would refuse hours later."""

from __future__ import annotations

import pytest
from tuning.checks.check_input import check_input

from tests.tuning.refusals import refusal, refusals

SOUND = {"objective": "binary:logistic", "num_round": "100"}


def static(**values: str) -> dict[str, dict[str, str]]:
    return {"StaticHyperParameters": {**SOUND, **values}}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("max_dept", "3", "Did you mean max_depth?"),
        ("single_precision_histogram", "true", "has no such hyperparameter"),
        ("booster", "gbtre", "Did you mean gbtree?"),
        ("eta", "1.1", "at least 0 and at most 1"),
        ("eta", "fast", "for example 0.3"),
        ("num_round", "0", "a whole number, at least 1"),
        ("max_depth", "3.5", "a whole number"),
        ("subsample", "0", "above 0 and at most 1"),
        ("tweedie_variance_power", "2", "above 1 and below 2"),
        ("scale_pos_weight", "0", "above 0"),
        ("eval_metric", "auc,accurracy", "Did you mean accuracy?"),
        ("learning_rate", "7", "at least 0 and at most 1"),
    ],
)
def test_impossible_value_is_refused(name: str, value: str, words: str) -> None:
    fault = refusal(static(**{name: value}))
    assert (fault.field, fault.value) == (f"StaticHyperParameters.{name}", value)
    assert words in str(fault)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_delta_step", "0.7"),
        ("learning_rate", "0.1"),
        ("eval_metric", "auc,error@0.3"),
        ("scale_pos_weight", "9"),
        ("seed", "-1"),
    ],
)
def test_value_that_the_container_takes_is_accepted(name: str, value: str) -> None:
    run = check_input(static(**{name: value}), name_prefix="retune")
    assert run.static_hyper_parameters[name] == value


@pytest.mark.parametrize("objective", ["multi:softmax", "multi:softprob"])
def test_multiclass_objective_needs_num_class(objective: str) -> None:
    fault = refusal(
        {
            **static(objective=objective),
            "HyperParameterTuningJobObjective": {"MetricName": "validation:merror"},
        }
    )
    assert (fault.field, fault.value) == ("StaticHyperParameters.num_class", None)
    assert fault.fix == "Set num_class."


@pytest.mark.parametrize("tree_method", [None, "approx"])
def test_monotone_constraints_need_a_tree_method_that_honours_them(tree_method: str | None) -> None:
    given = {"tree_method": tree_method} if tree_method else {}
    fault = refusal(static(monotone_constraints="(1,-1)", **given))
    assert (fault.field, fault.value) == ("StaticHyperParameters.tree_method", tree_method)
    assert "exact or hist" in fault.rule


def test_num_round_must_be_given_or_tuned() -> None:
    fault = refusal({"StaticHyperParameters": {"objective": "binary:logistic"}})
    assert (fault.field, fault.value) == ("StaticHyperParameters.num_round", None)


def test_eval_metric_needs_an_objective() -> None:
    found = refusals({"StaticHyperParameters": {"num_round": "9", "eval_metric": "rmse"}})
    assert "StaticHyperParameters.objective" in [fault.field for fault in found]


def test_objective_that_an_older_container_lacks_is_refused() -> None:
    fault = refusal(
        {
            **static(objective="reg:absoluteerror"),
            "AlgorithmVersion": "1.7-1",
            "HyperParameterTuningJobObjective": {"MetricName": "validation:mae"},
        }
    )
    assert (fault.field, fault.value) == ("StaticHyperParameters.objective", "reg:absoluteerror")
    assert fault.fix == "Set AlgorithmVersion to 3.0-5."


def test_value_longer_than_sagemaker_takes_is_refused() -> None:
    fault = refusal(static(interaction_constraints="[" * 2501, tree_method="hist"))
    assert fault.field == "StaticHyperParameters.interaction_constraints"
    assert "2500 characters" in fault.rule


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("objective", {"objective": "survival:aft"}, "Use survival:cox"),
        ("base_score", {"base_score": "0"}, "above 0 and below 1. Leave it out"),
        ("base_score", {"base_score": "1.0"}, "for binary:logistic it must be above 0"),
        ("base_score", {"objective": "reg:gamma", "base_score": "0"}, "above 0"),
        ("tree_method", {"tree_method": "gpu_hist"}, "ml.m5.large, which has no GPU"),
    ],
)
def test_value_with_which_no_job_trains_is_refused(
    name: str, values: dict[str, str], words: str
) -> None:
    metric = "validation:aft-nloglik" if "survival:aft" in values.values() else "validation:rmse"
    if values.get("objective", "binary:logistic") == "binary:logistic":
        metric = "validation:auc"
    objective = {"HyperParameterTuningJobObjective": {"MetricName": metric}}
    fault = refusal({**static(**values), **objective})
    assert fault.field == f"StaticHyperParameters.{name}"
    assert "It never trains" in fault.rule
    assert words in str(fault)


@pytest.mark.parametrize(
    "document",
    [
        static(base_score="0.2"),
        {**static(tree_method="gpu_hist"), "ResourceConfig": {"InstanceType": "ml.g4dn.xlarge"}},
        {
            **static(objective="reg:squarederror", base_score="0"),
            "HyperParameterTuningJobObjective": {"MetricName": "validation:rmse"},
        },
    ],
    ids=["base_score", "gpu", "base_score of a regression"],
)
def test_the_same_value_where_it_trains_is_taken(document: dict[str, dict[str, str]]) -> None:
    assert check_input(document, name_prefix="retune")
