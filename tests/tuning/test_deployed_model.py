"""A run of a deployed model: its document, its alarms, its role; the execution's fields over it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tuning.environment import PlanningEnvironment
from tuning.errors import InvalidInput
from tuning.planning.deployed_model import environment_of
from tuning.planning.plan import plan_run
from tuning.variables.plan import Plan

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import ENVIRONMENT, EXECUTION

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
ROLE = "arn:aws:iam::123456789012:role/bank-training"
STACK = replace(
    ENVIRONMENT,
    default_input={
        "ResourceConfig": {"InstanceType": "ml.m5.xlarge"},
        "Endpoint": {"InstanceType": "ml.m5.xlarge"},
    },
    alarms=("retune-endpoint-5xx", "retune-endpoint-latency"),
)
BANK: dict[str, Any] = {
    "ModelName": "bank",
    "Owner": "risk team",
    "TrainingRoleArn": ROLE,
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 7},
    "Retrain": {"Channels": {"train": "s3://data-bucket/data/larger/"}},
    "Endpoint": {"EndpointName": "retune-bank", "Rollout": {"Type": "AllAtOnce"}},
}


class Deployed:
    """The models that are deployed, by name."""

    def __init__(self, **models: dict[str, Any]) -> None:
        self._models = models

    def read_model(self, prefix: str, name: str) -> dict[str, Any] | None:
        return self._models.get(name)


def environment(document: Any, model: dict[str, Any] = BANK) -> PlanningEnvironment:
    return environment_of(document, STACK, Deployed(bank=model))


def plan(document: dict[str, Any], model: dict[str, Any] = BANK) -> Plan:
    data = store(larger=ROWS)
    return plan_run(document, environment(document, model), EXECUTION, data, data)


def test_name_alone_is_a_run_of_the_model() -> None:
    planned = plan({"ModelName": "bank"})
    limits = planned.tuning_job["HyperParameterTuningJobConfig"]["ResourceLimits"]
    assert limits["MaxNumberOfTrainingJobs"] == 7
    assert planned.retrain is not None
    assert planned.endpoint.endpoint_name == "retune-bank"


def test_rollout_is_watched_by_the_alarms_of_the_model() -> None:
    config = plan({"ModelName": "bank"}).endpoint.update.deployment_config
    assert "retune-bank-5xx" in json.dumps(config)
    assert "retune-endpoint-5xx" not in json.dumps(config)


def test_role_of_the_model_trains_and_serves() -> None:
    planned = plan({"ModelName": "bank"})
    assert planned.tuning_job["TrainingJobDefinition"]["RoleArn"] == ROLE
    assert planned.endpoint.execution_role_arn == ROLE


def test_everything_that_the_run_makes_is_tagged_with_model_and_owner() -> None:
    tags = {tag["Key"]: tag["Value"] for tag in plan({"ModelName": "bank"}).tuning_job["Tags"]}
    assert tags["retune:model"] == "bank"
    assert tags["retune:owner"] == "risk team"


def test_fields_of_the_execution_go_before_those_of_the_model() -> None:
    own = {"RandomSeed": 3, "Retrain": None, "Endpoint": {"Rollout": None}}
    planned = plan({"ModelName": "bank", **own})
    assert planned.tuning_job["HyperParameterTuningJobConfig"]["RandomSeed"] == 3
    assert planned.retrain is None
    assert planned.endpoint.update.deployment_config is None
    assert planned.endpoint.endpoint_name == "retune-bank"


def test_what_the_model_leaves_out_are_the_deployments_defaults() -> None:
    planned = plan({"ModelName": "bank"})
    definition: Any = planned.tuning_job["TrainingJobDefinition"]
    assert definition["ResourceConfig"]["InstanceType"] == "ml.m5.xlarge"
    assert planned.endpoint.production_variant["InstanceType"] == "ml.m5.xlarge"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_the_schedule_starts_is_the_run_that_the_name_starts(path: Path) -> None:
    """The schedule's input is the whole document, which is laid over itself."""
    endpoint = {"EndpointName": "retune-bank"}
    given = json.loads(path.read_text())
    model = given | {"ModelName": "bank", "Endpoint": endpoint | given.get("Endpoint", {})}
    model.pop("$schema", None)
    by_name = environment({"ModelName": "bank"}, model)
    assert environment(model, model) == by_name


def test_name_that_is_not_deployed_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidInput) as refused:
        environment({"ModelName": "churn"})
    assert str(refused.value) == (
        "ModelName = 'churn': No model of this name is deployed under retune. "
        "Correct it, or add models/churn.yaml and run `retune deploy`."
    )


@pytest.mark.parametrize("name", [7, "", "Bank", "sweep", ["bank"], {"a": 1}, "x" * 51])
def test_what_can_be_no_name_is_refused_as_any_field(name: Any) -> None:
    with pytest.raises(InvalidInput, match="ModelName"):
        plan({"ModelName": name})


@pytest.mark.parametrize("document", [None, "bank", [], {}, {"ModelName": None}])
def test_without_a_name_it_is_a_run_of_the_stack(document: Any) -> None:
    assert environment(document) == STACK


@pytest.mark.parametrize("name", [{}, {"ModelName": "bank"}])
def test_role_that_no_model_has_is_refused(name: dict[str, str]) -> None:
    """Whoever may start executions may not choose among the roles of the account."""
    with pytest.raises(InvalidInput, match="The file of a model gives its role"):
        environment(name | {"TrainingRoleArn": f"{ROLE}-of-others"})


LOGISTIC = {"objective": "binary:logistic", "num_round": "30"}


@pytest.mark.parametrize(
    "fields",
    [
        {"StaticHyperParameters": LOGISTIC},
        {"StaticHyperParameters": LOGISTIC | {"max_depth": "4"}},
        {"ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.2"}}},
        {"Freeze": {"gamma": "0"}},
    ],
    ids=["static", "static instead of a default range", "ranges", "freeze"],
)
def test_a_file_that_says_little_is_planned_as_an_input_that_says_it(
    fields: dict[str, Any],
) -> None:
    """Synth checks the file alone: a schedule must not find less in it."""
    model = {"ModelName": "bank", "Endpoint": {"EndpointName": "retune-bank"}, **fields}
    of_model = plan(model, model)
    alone = plan({key: value for key, value in model.items() if key != "ModelName"}, model)
    assert (
        of_model.tuning_job["HyperParameterTuningJobConfig"]["ParameterRanges"]
        == (alone.tuning_job["HyperParameterTuningJobConfig"]["ParameterRanges"])
    )
    assert static(of_model) == static(alone)


def static(planned: Plan) -> Any:
    return planned.tuning_job["TrainingJobDefinition"]["StaticHyperParameters"]
