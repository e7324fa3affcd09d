"""CreateModel, CreateEndpointConfig, FindChampion and ScaleEndpoint: one call of SageMaker each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.sagemaker.request_validation import validate_request
from preparation.description import FILE_NAME, Number
from tuning.aws import objects
from tuning.data.s3_location import ChannelObject
from tuning.handlers import create_endpoint_config, create_model, find_champion, scale_endpoint
from tuning.variables.score import Score

from tests.preparation.descriptions import description
from tests.tuning.channel_store import store
from tests.tuning.hosting import Aws, put_in_place_of_aws
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import ENVIRONMENT, evaluated_plan, make_plan
from tests.tuning.variables import a_winner

WINNER = a_winner()
NEW = WINNER.training_job_name


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Aws:
    fake = Aws()
    put_in_place_of_aws(fake, monkeypatch)
    return fake


def make_model(**document: Any) -> dict[str, Any]:
    event = {"Plan": make_plan(document).to_document(), "Model": WINNER.to_document()}
    return create_model.handler(event, CONTEXT)


def make_config(**endpoint: Any) -> dict[str, Any]:
    plan = make_plan({"Endpoint": endpoint})
    event = {"Plan": plan.to_document(), "ModelName": NEW}
    return create_endpoint_config.handler(event, CONTEXT)


def test_model_has_the_name_of_the_training_job_and_the_role_of_the_stack(aws: Aws) -> None:
    assert make_model() == {"ModelName": NEW}
    ((operation, request),) = aws.asked
    assert operation == "create_model"
    assert request["PrimaryContainer"] == {
        "Image": WINNER.training_image,
        "ModelDataUrl": WINNER.model_data_url,
    }
    assert request["ExecutionRoleArn"] == ENVIRONMENT.training_role_arn
    assert {"Key": "retune:prefix", "Value": "retune"} in request["Tags"]


def test_model_and_config_say_where_the_description_of_their_table_lies(aws: Aws) -> None:
    data = store()
    data.objects[f"s3://data-bucket/data/{FILE_NAME}"] = (
        description(Number("age"), Number("price")).to_json().encode()
    )
    plan = make_plan(data=data).to_document()
    create_model.handler({"Plan": plan, "Model": WINNER.to_document()}, CONTEXT)
    create_endpoint_config.handler({"Plan": plan, "ModelName": NEW}, CONTEXT)
    said = {
        "Key": "retune:preparation",
        "Value": f"s3://data-bucket/runs/monday/{FILE_NAME}",
    }
    assert [operation for operation, request in aws.asked if said in request["Tags"]] == [
        "create_model",
        "create_endpoint_config",
    ]


def test_model_runs_in_the_network_that_it_was_trained_in(aws: Aws) -> None:
    vpc = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}
    make_model(VpcConfig=vpc, EnableNetworkIsolation=True)
    make_model()
    (_, isolated), (_, open_) = aws.asked
    assert (isolated["VpcConfig"], isolated["EnableNetworkIsolation"]) == (vpc, True)
    assert ("VpcConfig" in open_, open_["EnableNetworkIsolation"]) == (False, False)
    validate_request("CreateModel", isolated)


def test_config_has_the_name_of_its_model_and_what_the_input_asks_for(aws: Aws) -> None:
    assert make_config(InitialInstanceCount=2, DataCapture={}) == {"EndpointConfigName": NEW}
    ((operation, request),) = aws.asked
    assert operation == "create_endpoint_config"
    (variant,) = request["ProductionVariants"]
    assert (variant["ModelName"], variant["InitialInstanceCount"]) == (NEW, 2)
    assert request["DataCaptureConfig"]["EnableCapture"]


def test_config_that_begins_to_capture_keeps_the_number_of_instances(aws: Aws) -> None:
    """As UpdateEndpoint is not asked to retain it: it might retain that nothing is captured."""
    aws.serves("old", ProductionVariants=[{"VariantName": "AllTraffic", "DesiredInstanceCount": 3}])
    make_config(DataCapture={})
    make_config(DataCapture={}, InitialInstanceCount=2)
    make_config()
    variants = [request["ProductionVariants"][0] for _, request in aws.asked]
    assert [variant["InitialInstanceCount"] for variant in variants] == [3, 2, 1]


def test_config_of_a_first_endpoint_that_captures_has_one_instance(aws: Aws) -> None:
    make_config(DataCapture={})
    assert aws.asked[0][1]["ProductionVariants"][0]["InitialInstanceCount"] == 1


def test_what_clients_send_to_a_config_is_recorded_beside_it(aws: Aws) -> None:
    make_config(EndpointName="retune-bank")
    assert aws.objects[f"endpoints/retune-bank/interfaces/{NEW}.json"] == {
        "ContentType": "text/csv",
        "FeatureColumns": 2,
        "ColumnNames": [],
        "Algorithms": ["xgboost"],
        "Answers": ["BinaryClassification"],
    }


@pytest.mark.parametrize("make", [make_model, make_config])
def test_what_an_attempt_without_an_answer_has_made_is_made(aws: Aws, make: Any) -> None:
    aws.refusals = ['Cannot create already existing thing "arn:aws:sagemaker:::thing/x".']
    make()


@pytest.mark.parametrize("make", [make_model, make_config])
def test_every_other_refusal_is_a_failure(aws: Aws, make: Any) -> None:
    aws.refusals = ["Rate exceeded"]
    with pytest.raises(ClientError, match="Rate exceeded"):
        make()


def find(plan: Any = None, candidate: str | None = None) -> dict[str, Any]:
    event = {"Plan": (plan or evaluated_plan()).to_document(), "ModelName": NEW}
    scored = {"ModelName": candidate, "TransformOutput": "s3://b/o/", "Since": "2026-11-24"}
    return find_champion.handler({**event, "Candidate": scored if candidate else None}, CONTEXT)


CANDIDATE = {"Role": "candidate", "ModelName": NEW}
CHAMPION = {"Role": "champion", "ModelName": "old-model"}


def serve(aws: Aws, *variants: dict[str, str]) -> None:
    aws.serves("old-config")
    aws.configs["old-config"] = {"ProductionVariants": list(variants)}


def test_without_an_endpoint_there_is_no_champion(aws: Aws) -> None:
    assert find() == {"Champion": None, "ModelsToScore": [CANDIDATE]}


def test_candidate_and_champion_are_scored(aws: Aws) -> None:
    serve(aws, {"ModelName": "old-model"})
    assert find() == {
        "Champion": {"EndpointConfigName": "old-config", "ModelName": "old-model"},
        "ModelsToScore": [CANDIDATE, CHAMPION],
    }


def test_candidate_that_was_scored_among_the_trials_is_not_scored_again(aws: Aws) -> None:
    serve(aws, {"ModelName": "old-model"})
    assert find(candidate=NEW)["ModelsToScore"] == [CHAMPION]


def test_retrained_candidate_is_scored_though_its_trial_was(aws: Aws) -> None:
    assert find(candidate="its-trial")["ModelsToScore"] == [CANDIDATE]


@pytest.mark.parametrize("is_written_since", [False, True])
def test_champion_that_was_scored_before_tuning_is_not_scored_again_unless_rows_changed(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, is_written_since: bool
) -> None:
    serve(aws, {"ModelName": "old-model"})
    scored = datetime(2026, 11, 24, 6, tzinfo=UTC)
    row = ChannelObject("rows", 1, "e", scored + timedelta(hours=1 if is_written_since else -1))
    monkeypatch.setattr(objects, "list_channel", lambda channel: [row])
    score = Score(model_name="old-model", transform_output="s3://b/o/", since=scored.isoformat())
    plan = evaluated_plan().model_copy(update={"champion_score": score})
    again = [CHAMPION] if is_written_since else []
    assert find(plan)["ModelsToScore"] == [CANDIDATE, *again]


def test_champion_whose_model_nobody_can_tell_says_why(aws: Aws) -> None:
    aws.serves("old-config")
    found = find()
    assert "somebody has deleted its endpoint configuration" in found["Champion"]["UnknownBecause"]
    assert found["ModelsToScore"] == [CANDIDATE]
    serve(aws, {"VariantName": "AllTraffic"})
    assert "names no model" in find()["Champion"]["UnknownBecause"]


def test_without_an_evaluation_nobody_looks_at_the_endpoint(aws: Aws) -> None:
    serve(aws, {"ModelName": "old-model"})
    assert find(make_plan()) == {"Champion": None, "ModelsToScore": []}


def test_endpoint_becomes_a_target_before_it_gets_a_policy(aws: Aws) -> None:
    scaling = {"MinCapacity": 1, "MaxCapacity": 3, "InvocationsPerInstance": 70}
    plan = make_plan({"Endpoint": {"EndpointName": "retune-churn", "AutoScaling": scaling}})
    scale_endpoint.handler({"Plan": plan.to_document()}, CONTEXT)
    target, policy = aws.asked
    assert target[0] == "register_scalable_target"
    assert target[1]["ResourceId"] == "endpoint/retune-churn/variant/AllTraffic"
    assert policy[0] == "put_scaling_policy"
    assert policy[1]["ResourceId"] == target[1]["ResourceId"]
