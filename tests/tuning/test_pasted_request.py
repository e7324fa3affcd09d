"""A request of CreateHyperParameterTuningJob as an execution input: the same is tuned, or nothing.

The files of tuning_job_requests/ are requests as people have them. Together they have every field
that can be used, which botocore's description of the API tells.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput
from tuning.execution_input.pasted_request import read_request
from tuning.execution_input.request_fields import (
    LEFT_OUT,
    LEFT_OUT_OF_REQUEST,
    LEFT_OUT_OF_SINGLE,
    READ_ONLY,
    READ_ONLY_OF_DEFINITION,
    REFUSED,
)

from tests.tuning.plans import make_plan
from tests.tuning.refusals import refusal, refusals
from tests.tuning.test_amt_fields_docs import all_fields, rows

FILES = sorted((Path(__file__).parent / "tuning_job_requests").glob("*.json"))
REQUESTS = {file.stem: json.loads(file.read_text()) for file in FILES}
SINGLE, SEVERAL = "TrainingJobDefinition", "TrainingJobDefinitions"


def request(name: str = "autotune", **definition: Any) -> dict[str, Any]:
    """A copy of a file, with other members of its training job definition."""
    copy: dict[str, Any] = deepcopy(REQUESTS[name])
    copy[SINGLE].update(definition)
    return copy


def execution_input(document: Any) -> dict[str, Any]:
    pasted = read_request(document)
    assert pasted is not None
    return pasted.execution_input


def definitions(document: Any) -> list[dict[str, Any]]:
    return document.get(SEVERAL) or [document[SINGLE]]


def of_sagemaker(document: dict[str, Any]) -> dict[str, Any]:
    """A request without what Retune says by itself."""
    copy = deepcopy(document)
    del copy["HyperParameterTuningJobName"]
    own = ("application", "retune:")
    copy["Tags"] = [tag for tag in copy.get("Tags", []) if not tag["Key"].startswith(own)]
    for definition in definitions(copy):
        del definition["RoleArn"], definition["OutputDataConfig"]["S3OutputPath"]
    if SINGLE in copy:
        copy[SINGLE].pop("DefinitionName", None)
    return copy


@pytest.mark.parametrize("name", sorted(REQUESTS.keys() - {"warm_start"}))
def test_sagemaker_is_asked_for_what_the_pasted_request_asks_for(name: str) -> None:
    planned = make_plan(REQUESTS[name]).to_document()["TuningJob"]
    assert of_sagemaker(planned) == of_sagemaker(REQUESTS[name])


def test_so_are_the_parents_of_a_warm_start() -> None:
    run = check_input(REQUESTS["warm_start"], name_prefix="retune")
    assert run.warm_start_config is not None
    given = run.warm_start_config.model_dump(by_alias=True, exclude_unset=True)
    assert given == REQUESTS["warm_start"]["WarmStartConfig"]


# Machines of one kind, given as those of several are.
ONE_KIND = {"InstanceType": "ml.m5.xlarge", "InstanceCount": 2, "VolumeSizeInGB": 30}
OF_ONE_KIND = request(ResourceConfig=None, HyperParameterTuningResourceConfig=ONE_KIND)


def test_machines_of_one_kind_are_a_resource_config() -> None:
    planned = make_plan(OF_ONE_KIND).to_document()["TuningJob"]
    assert planned[SINGLE]["ResourceConfig"] == ONE_KIND
    assert "HyperParameterTuningResourceConfig" not in planned[SINGLE]


def paths(value: Any, path: str = "") -> set[str]:
    """Of every member; those with names that somebody has chosen have none."""
    if isinstance(value, list):
        return {field for each in value for field in paths(each, path)}
    if not isinstance(value, dict) or path.endswith(("StaticHyperParameters.", "Environment.")):
        return set()
    found = {f"{path}{name}" for name in value}
    return found.union(*(paths(member, f"{path}{name}.") for name, member in value.items()))


def test_every_field_of_the_api_is_used_or_refused() -> None:
    used = set().union(*map(paths, [*REQUESTS.values(), OF_ONE_KIND]))
    used |= {path.replace(f"{SEVERAL}.", f"{SINGLE}.") for path in used}
    refused = tuple(f"{SINGLE}.{path}." for path in (*REFUSED, *READ_ONLY_OF_DEFINITION))
    others = [field for field in all_fields() if not f"{field}.".startswith(refused)]
    assert [field for field in others if field not in used] == []


def test_every_field_of_a_description_is_used_or_says_nothing() -> None:
    model = botocore.session.get_session().get_service_model("sagemaker")
    described: Any = model.operation_model("DescribeHyperParameterTuningJob").output_shape
    asked: Any = model.operation_model("CreateHyperParameterTuningJob").input_shape
    assert sorted({*described.members} - {*asked.members}) == sorted(
        {*READ_ONLY} - {"ResponseMetadata"}
    )


def with_member(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The definition with a member, in each list on the way."""
    *above, name = path.split(".")
    places = [document]
    for part in above:
        inner = [place.setdefault(part, {}) for place in places]
        places = [
            each for found in inner for each in (found if isinstance(found, list) else [found])
        ]
    for place in places:
        place[name] = value
    return document


@pytest.mark.parametrize("path", REFUSED)
def test_what_cannot_be_used_is_refused_with_what_to_do(path: str) -> None:
    pasted = request()
    with_member(pasted[SINGLE], path, "x")
    faults = refusals(pasted)
    assert {fault.fix for fault in faults} == {REFUSED[path].fix}
    assert all(fault.field.startswith(f"{SINGLE}.{path.split('.')[0]}.") for fault in faults)


@pytest.mark.parametrize("path", REFUSED)
def test_what_asks_for_nothing_is_no_fault(path: str) -> None:
    nothing: list[Any] = [None, [], REFUSED[path].neutral]
    for neutral in nothing:
        pasted = request()
        with_member(pasted[SINGLE], path, neutral)
        assert execution_input(pasted) == execution_input(request())


def test_one_message_has_all_that_cannot_be_used() -> None:
    pasted = request(
        TuningObjective={"Type": "Maximize", "MetricName": "validation:auc"},
        OutputDataConfig={"S3OutputPath": "s3://my-bucket/", "CompressionType": "NONE"},
    )
    with_member(pasted[SINGLE], "ResourceConfig.TrainingPlanArn", "arn:aws:sagemaker")
    with pytest.raises(InvalidInput) as refused:
        check_input(pasted, name_prefix="retune")
    assert str(refused.value).splitlines() == [
        "TrainingJobDefinition.OutputDataConfig.CompressionType = 'NONE': The endpoint needs a "
        "model.tar.gz. Remove it.",
        "TrainingJobDefinition.ResourceConfig.TrainingPlanArn = 'arn:aws:sagemaker': It reserves "
        "accelerators. Remove it.",
        "TrainingJobDefinition.TuningObjective = {'Type': 'Maximize', 'MetricName': "
        "'validation:auc'}: Only one of several definitions has an objective of its own. Move it "
        "to HyperParameterTuningJobConfig.HyperParameterTuningJobObjective.",
    ]


def test_what_the_workflow_says_itself_is_left_out_and_told() -> None:
    warnings = "\n".join(make_plan(request("xgboost")).warnings)
    told = [*LEFT_OUT_OF_REQUEST, *(f"{SINGLE}.{path}" for path in LEFT_OUT | LEFT_OUT_OF_SINGLE)]
    assert all(f"{field} = " in warnings for field in told)


def test_docs_give_the_same_reasons() -> None:
    cells = {row[0].strip("`"): row[1] for row in rows()}
    for path, unusable in REFUSED.items():
        rule = unusable.rule[0].lower() + unusable.rule[1:-1]
        assert cells[f"{SINGLE}.{path}"].lower() == f"no: {rule}".lower()
    refused = {f"{SINGLE}.{path}" for path in (*REFUSED, *READ_ONLY_OF_DEFINITION)}
    no = {f for f, cell in cells.items() if cell.startswith("no") and "as the field" not in cell}
    assert no <= refused


def camel(value: Any) -> Any:
    if isinstance(value, list):
        return [camel(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name[0].lower() + name[1:]: member
        if name in ("StaticHyperParameters", "Environment")
        else camel(member)
        for name, member in value.items()
    }


@pytest.mark.parametrize("name", REQUESTS)
def test_names_may_be_in_camel_case(name: str) -> None:
    assert execution_input(camel(REQUESTS[name])) == execution_input(REQUESTS[name])


def test_field_that_is_written_in_both_ways_is_refused() -> None:
    twice = camel(REQUESTS["xgboost"])
    twice["hyperParameterTuningJobConfig"]["Strategy"] = "Random"
    with pytest.raises(InvalidInput, match="Strategy = 'Random': Strategy is the same field"):
        execution_input(twice)


def test_built_in_image_is_the_algorithm_whatever_its_region() -> None:
    image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
    run = check_input(
        request(AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"}),
        name_prefix="retune",
    )
    assert (run.algorithm, run.algorithm_version) == ("xgboost", "3.0-5")


@pytest.mark.parametrize(
    "image",
    [
        "111111111111.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5",
        "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.2-1",
    ],
)
def test_image_that_retune_does_not_know_stays_an_image(image: str) -> None:
    pasted = request(AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"})
    assert execution_input(pasted)["AlgorithmSpecification"]["TrainingImage"] == image


def test_script_for_a_built_in_image_makes_it_an_image_of_ones_own() -> None:
    static = {"sagemaker_program": '"train.py"', "num_round": "9"}
    assert "AlgorithmSpecification" in execution_input(request(StaticHyperParameters=static))


def test_what_no_request_says_is_no_default_of_the_algorithm() -> None:
    pasted = request(StaticHyperParameters=None)
    del pasted["HyperParameterTuningJobConfig"]["ParameterRanges"]
    fields = {fault.field for fault in refusals(pasted)}
    assert {"ParameterRanges", "StaticHyperParameters.num_round"} <= fields


def test_retunes_own_fields_stand_beside_it() -> None:
    run = check_input(
        request() | {"Endpoint": {"EndpointName": "retune-churn"}}, name_prefix="retune"
    )
    assert run.endpoint.endpoint_name == "retune-churn"


def test_nothing_is_said_in_the_request_and_beside_it() -> None:
    fault = refusal(request() | {"Strategy": "Random"})
    assert (fault.field, fault.rule) == (
        "Strategy",
        "HyperParameterTuningJobConfig.Strategy gives it too.",
    )


CHANNEL = REQUESTS["autotune"][SINGLE]["InputDataConfig"][0]
MISSHAPEN = {
    "HyperParameterTuningJobConfig": request() | {"HyperParameterTuningJobConfig": ["Bayesian"]},
    SINGLE: request() | {SINGLE: "trees"},
    SEVERAL: REQUESTS["several_definitions"] | {SEVERAL: ["trees"]},
    f"{SINGLE}.InputDataConfig": request(InputDataConfig={"train": "s3://my-bucket/"}),
    f"{SINGLE}.InputDataConfig.1.ChannelName": request(InputDataConfig=[CHANNEL, CHANNEL]),
    f"{SINGLE}.InputDataConfig.0.ChannelName": request(
        InputDataConfig=[CHANNEL | {"ChannelName": None}]
    ),
    f"{SINGLE}.InputDataConfig.0.DataSource.S3DataSource": request(
        InputDataConfig=[CHANNEL | {"DataSource": "s3://my-bucket/"}]
    ),
    f"{SINGLE}.InputDataConfig.0.ContentType": request(
        InputDataConfig=[CHANNEL | {"ContentType": None}]
    ),
    f"{SINGLE}.InputDataConfig.1.ContentType": request(
        InputDataConfig=[CHANNEL, CHANNEL | {"ChannelName": "b", "ContentType": "text/libsvm"}]
    ),
}


@pytest.mark.parametrize("field", MISSHAPEN)
def test_what_is_no_request_of_sagemaker_is_one_fault(field: str) -> None:
    assert refusal(MISSHAPEN[field]).field == field


def test_definition_and_definitions_are_refused_together() -> None:
    both = request() | {SEVERAL: REQUESTS["several_definitions"][SEVERAL]}
    assert refusal(both).field == SINGLE


def test_a_secret_in_the_wrong_place_is_not_shown() -> None:
    wrong = CHANNEL | {"ContentType": {"Environment": {"PASSWORD": "hunter2"}}}
    channels = [wrong, CHANNEL | {"ChannelName": "validation"}]
    assert "hunter2" not in " ".join(map(str, refusals(request(InputDataConfig=channels))))
