"""What CreatePipeline, UpdatePipeline and StartPipelineExecution refuse, and in which words."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.server import ROLE, LocalSageMaker, training_definition
from tests.sagemaker_pipelines.definitions import (
    Json,
    compare,
    condition,
    create,
    definition,
    get,
    join,
    json_get,
    start,
    step,
    token,
)

FAIL = step("Fail", "Fail", {"ErrorMessage": "no"})


def training(**changes: object) -> Json:
    return step("Train", "Training", training_definition() | changes)


def with_policy(**policy: object) -> Json:
    return training() | {"RetryPolicies": [policy]}


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([training(Speed="high")], "Unknown Argument member 'Speed'."),
        ([training(InputDataConfig={})], "Expecting start of Json Array."),
        ([training(ResourceConfig="large")], "Expecting start of Json Object."),
        (
            [training(AlgorithmSpecification={"TrainingInputMode": "Fast"})],
            "Model Validation failed: Value 'Fast' for 'TrainingInputMode' failed to satisfy enum "
            "value set: [Pipe, File, FastFile]",
        ),
        ([training(OutputDataConfig={})], "'OutputDataConfig' needs 'S3OutputPath'."),
        ([step("Decide", "Condition", {"Conditions": [], "Expression": 1})],
         "Cannot parse object, unknown property 'Expression'."),
        ([condition("Decide", {"Type": "Not", "Expression": {}})],
         "Cannot parse object, unknown property 'Expression'."),
        ([condition("Decide", compare("Resembles", 1, 1))], "Condition Type 'Resembles' is none"),
        ([FAIL | {"Color": "red"}], "Cannot parse object, unknown property 'Color'."),
        ([FAIL | {"Name": "a b"}], "Step name 'a b' must be 1 to 64 letters"),
        ([FAIL, FAIL], "Step names must be unique; 'Fail' is given twice."),
        ([FAIL, condition("Decide", no=[FAIL])], "'Fail' is given twice."),
        ([step("Check", "QualityCheck")], "Type 'QualityCheck', which local AWS does not have"),
        ([step("Spark", "EMR")], "Type 'EMR', which local AWS does not have"),
        ([condition("Decide") | {"DependsOn": ["Fail"]}, FAIL], "Decide can not depends on Fail."),
        ([condition("Decide") | {"DependsOn": ["Away"]}], "depends on 'Away', which is no step"),
        (
            [
                condition("One") | {"DependsOn": ["Two"]},
                condition("Two", compare("Equals", get("Steps.One.Outcome"), True)),
            ],
            "depend on each other in a cycle",
        ),
        ([step("Fail", "Fail", {"ErrorMessage": get("Parameters.Away")})], "Parameters.Away"),
        ([step("Fail", "Fail", {"ErrorMessage": get("Execution.Mood")})], "Execution.Mood"),
        ([step("Fail", "Fail", {"ErrorMessage": get("Steps.Away.Name")})], "Steps.Away.Name"),
        ([step("Fail", "Fail", {"ErrorMessage": join()})], "Std:Join needs Values."),
        ([step("Call", "Lambda")], "needs FunctionArn"),
        ([step("Call", "Lambda", FunctionArn=get("Parameters.A"))], "FunctionArn must be a string"),
        ([step("Call", "Lambda", FunctionArn="a", OutputParameters=[{"OutputType": "Float"}])],
         "OutputName must be a string"),
        ([step("Fail", "Fail", {"ErrorMessage": {"Get": 5}})], "Get must be a string, not 5."),
        ([step("Fail", "Fail", {"ErrorMessage": json_get("Fail", "", "a")})],
         "must be Steps.<step>.PropertyFiles.<name>."),
        ([condition("Decide", {"Type": "In", "QueryValue": "a", "Values": "abc"})],
         "Expecting start of Json Array."),
        ([FAIL | {"Type": ["Fail"]}], "is of Type ['Fail'], which local AWS does not have"),
        ([training() | {"CacheConfig": {"Enabled": True, "ExpireAfter": "soon"}}], "'soon' is no"),
        ([with_policy(ExceptionType=["Step.BAD_LUCK"])], "'Step.BAD_LUCK'"),
        (
            [with_policy(ExceptionType=["Step.THROTTLING"], MaxAttempts=1, ExpireAfterMin=1)],
            "MaxAttempts or ExpireAfterMin, not both",
        ),
    ],
)  # fmt: skip
def test_bad_definition_is_refused(local: LocalSageMaker, steps: list[Json], words: str) -> None:
    with pytest.raises(ClientError) as refused:
        create(local.sagemaker, definition(*steps))
    error = refused.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert error["Message"].startswith("Unable to parse pipeline definition. ")
    assert words in error["Message"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "It is not JSON"),
        ("[]", "Expecting start of Json Object."),
        ('{"Steps": []}', "at least one step"),
        ('{"Steps": [{}], "Version": "2021-01-01"}', "Version '2021-01-01' is unknown"),
        ('{"Steps": [{}], "MlflowConfig": {"MlflowResourceArn": "x"}}', "no MlflowConfig"),
        ('{"Steps": [{}], "Parameters": [{"Name": "A", "Type": "Date"}]}', "'Date'"),
        ('{"Steps": [{}], "Parameters": [{"Name": "A", "Type": ["Float"]}]}', "['Float']"),
        (
            '{"Steps": [{}], "Parameters": [{"Name": "A", "Type": "Float", "DefaultValue": "1"}]}',
            "DefaultValue '1' of parameter 'A' is no Float.",
        ),
    ],
)
def test_what_is_no_definition_is_refused(local: LocalSageMaker, text: str, words: str) -> None:
    with pytest.raises(ClientError, match="Unable to parse pipeline definition") as refused:
        create(local.sagemaker, text)
    assert words in refused.value.response["Error"]["Message"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (get("Execution.TrainingJobName"), "has no value when an execution begins"),
        (get("Steps.Fail.Name"), "has no value when an execution begins"),
        (get("PipelineExperimentConfig.TrialName"), "has no value when an execution begins"),
        (join({"Std:JsonGet": {"S3Uri": "s3://a/b", "Path": "a"}}), "must be text, Get or Std:J"),
    ],
)
def test_names_of_an_experiment_are_known_when_an_execution_begins(
    local: LocalSageMaker, name: Json, words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        create(local.sagemaker, definition(FAIL, PipelineExperimentConfig={"TrialName": name}))


PARAMETERS = [
    {"Name": "Depth", "Type": "Integer"},
    {"Name": "Mode", "Type": "String", "DefaultValue": "a", "EnumValues": ["a", "b"]},
]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "Parameter 'Depth' is undefined."),
        ({"Depth": "1", "Width": "2"}, "Unknown parameter 'Width'."),
        ({"Depth": "deep"}, "'deep' is no Integer"),
        ({"Depth": ""}, 'value "" is too short'),
        ({"Depth": "1", "Mode": "c"}, "'c' of parameter 'Mode' is none of a, b"),
    ],
)
def test_parameters_of_an_execution_are_checked(
    local: LocalSageMaker, parameters: Json, words: str
) -> None:
    name = create(local.sagemaker, definition(FAIL, Parameters=PARAMETERS))
    with pytest.raises(ClientError) as refused:
        start(local.sagemaker, name, parameters=parameters)
    assert words in refused.value.response["Error"]["Message"]


def test_name_that_is_taken_is_refused_as_clients_expect(local: LocalSageMaker) -> None:
    """The SDK v2 and v3 look for parts of these words."""
    name = create(local.sagemaker, definition(FAIL))
    with pytest.raises(ClientError) as refused:
        local.sagemaker.create_pipeline(
            PipelineName=name,
            PipelineDefinition=definition(FAIL),
            RoleArn=ROLE,
            ClientRequestToken=token(),
        )
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Pipeline names must be unique within an AWS account and region. Pipeline with "
        f"name ({name}) already exists.",
    }


def test_definition_may_lie_in_s3(local: LocalSageMaker) -> None:
    text = definition(FAIL)
    local.s3.put_object(Bucket="retune-data", Key="definition.json", Body=text)
    place = {"Bucket": "retune-data", "ObjectKey": "definition.json"}
    given = {"PipelineName": "from-s3", "RoleArn": ROLE, "ClientRequestToken": token()}
    local.sagemaker.create_pipeline(PipelineDefinitionS3Location=place, **given)
    described = local.sagemaker.describe_pipeline(PipelineName="from-s3")
    assert json.loads(described["PipelineDefinition"]) == json.loads(text)
    for wrong, words in (
        ({}, "Either Pipeline Definition or"),
        ({"PipelineDefinitionS3Location": place, "PipelineDefinition": text}, "Both Pipeline"),
        ({"PipelineDefinitionS3Location": place | {"ObjectKey": "away"}}, "cannot be read"),
    ):
        with pytest.raises(ClientError, match=words):
            local.sagemaker.create_pipeline(**given | wrong | {"ClientRequestToken": token()})
