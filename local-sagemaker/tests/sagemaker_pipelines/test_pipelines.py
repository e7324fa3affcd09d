"""Pipelines and their versions are updated, described, listed, searched, tagged and deleted."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.server import ROLE, LocalSageMaker, new_name
from tests.sagemaker_pipelines.definitions import (
    condition,
    create,
    definition,
    finish,
    start,
    steps_of,
    token,
)
from tests.sagemaker_pipelines.scripts import script_step

NOTHING = definition(condition("First"))
MORE = definition(condition("First"), condition("Second"))


def test_update_makes_a_version_and_the_old_one_can_be_run(local: LocalSageMaker) -> None:
    sagemaker = local.sagemaker
    name = create(sagemaker, NOTHING)
    updated = sagemaker.update_pipeline(
        PipelineName=name, PipelineDefinition=MORE, PipelineDescription="more"
    )
    described = sagemaker.describe_pipeline(PipelineName=updated["PipelineArn"])
    first = sagemaker.describe_pipeline(PipelineName=name, PipelineVersionId=1)
    latest, old = start(sagemaker, name), start(sagemaker, name, PipelineVersionId=1)
    versions = sagemaker.list_pipeline_versions(PipelineName=name)["PipelineVersionSummaries"]
    text = sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=old)

    assert updated["PipelineVersionId"] == 2
    assert described["PipelineDescription"] == "more"
    assert (described["PipelineDisplayName"], described["RoleArn"]) == (name, ROLE)
    assert json.loads(first["PipelineDefinition"]) == json.loads(NOTHING)
    assert finish(sagemaker, latest)["PipelineVersionId"] == 2
    assert finish(sagemaker, old)["PipelineVersionId"] == 1
    assert list(steps_of(sagemaker, old)) == ["First"]
    assert [each["PipelineVersionId"] for each in versions] == [2, 1]
    assert versions[1]["LastExecutionPipelineExecutionArn"] == old
    assert json.loads(text["PipelineDefinition"]) == json.loads(NOTHING)


def test_what_is_not_there_is_not_found(local: LocalSageMaker) -> None:
    arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/away"
    with pytest.raises(local.sagemaker.exceptions.ResourceNotFound) as missing:
        local.sagemaker.describe_pipeline(PipelineName="away")
    assert missing.value.response["Error"]["Message"] == f"Pipeline '{arn}' does not exist."
    with pytest.raises(local.sagemaker.exceptions.ResourceNotFound, match="does not exist"):
        local.sagemaker.describe_pipeline_execution(PipelineExecutionArn=f"{arn}/execution/a")
    with pytest.raises(local.sagemaker.exceptions.ResourceNotFound, match="no version 7"):
        start(local.sagemaker, create(local.sagemaker, NOTHING), PipelineVersionId=7)


def test_request_with_the_same_token_is_carried_out_once(local: LocalSageMaker) -> None:
    name, same = create(local.sagemaker, NOTHING), token()
    request = {"PipelineName": name, "ClientRequestToken": same}
    first = local.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    again = local.sagemaker.start_pipeline_execution(**request)["PipelineExecutionArn"]
    assert first == again
    with pytest.raises(ClientError, match="was used with other parameters"):
        local.sagemaker.start_pipeline_execution(**request, PipelineExecutionDisplayName="another")


def test_executions_are_described_updated_and_listed(local: LocalSageMaker) -> None:
    sagemaker = local.sagemaker
    mood = {"Name": "Mood", "Type": "String", "DefaultValue": "calm"}
    other = {"Name": "Place", "Type": "String", "DefaultValue": "here"}
    name = create(sagemaker, definition(condition("First"), Parameters=[mood, other]))
    first = start(sagemaker, name, PipelineExecutionDisplayName="first")
    second = start(sagemaker, name, parameters={"Mood": "wild"})
    finish(sagemaker, first)
    finish(sagemaker, second)
    sagemaker.update_pipeline_execution(
        PipelineExecutionArn=first, PipelineExecutionDescription="the first"
    )
    described = sagemaker.describe_pipeline_execution(PipelineExecutionArn=first)
    pages = sagemaker.get_paginator("list_pipeline_executions").paginate(
        PipelineName=name, PaginationConfig={"PageSize": 1}
    )
    listed = [each for page in pages for each in page["PipelineExecutionSummaries"]]
    given = sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=second)

    assert described["PipelineExecutionDisplayName"] == "first"
    assert described["PipelineExecutionDescription"] == "the first"
    assert [each["PipelineExecutionArn"] for each in listed] == [second, first]
    assert listed[1]["PipelineExecutionStatus"] == "Succeeded"
    assert given["PipelineParameters"] == [{"Name": "Mood", "Value": "wild"}]


def test_pipelines_are_listed_tagged_and_searched(local: LocalSageMaker) -> None:
    sagemaker = local.sagemaker
    prefix = new_name("listed")
    names = [f"{prefix}-{letter}" for letter in "ab"]
    for name in names:
        sagemaker.create_pipeline(
            PipelineName=name,
            PipelineDefinition=NOTHING,
            RoleArn=ROLE,
            ClientRequestToken=token(),
            Tags=[{"Key": "team", "Value": name}],
        )
    arn = finish(sagemaker, start(sagemaker, names[1]))["PipelineExecutionArn"]
    listed = sagemaker.list_pipelines(PipelineNamePrefix=prefix, SortBy="Name")
    summaries = listed["PipelineSummaries"]
    tags = sagemaker.list_tags(ResourceArn=summaries[0]["PipelineArn"])["Tags"]
    found = [
        sagemaker.search(
            Resource=resource,
            SearchExpression={"Filters": [{"Name": prop, "Operator": "Equals", "Value": value}]},
        )["Results"]
        for resource, prop, value in (
            ("Pipeline", "Tags.team", names[0]),
            ("PipelineExecution", "PipelineExecutionArn", arn),
        )
    ]

    assert [each["PipelineName"] for each in summaries] == names[::-1]
    assert "LastExecutionTime" in summaries[0]
    assert tags == [{"Key": "team", "Value": names[1]}]
    assert found[0][0]["Pipeline"]["PipelineName"] == names[0]
    assert found[1][0]["PipelineExecution"]["PipelineExecutionStatus"] == "Succeeded"


def test_pipeline_is_deleted_with_its_executions_when_none_runs(local: LocalSageMaker) -> None:
    sagemaker = local.sagemaker
    endless = script_step(local, new_name("endless"), "import time; time.sleep(600)")
    name = create(sagemaker, definition(endless))
    arn = start(sagemaker, name)
    request = {"PipelineName": name, "ClientRequestToken": token()}
    with pytest.raises(sagemaker.exceptions.ConflictException, match="has a running execution"):
        sagemaker.delete_pipeline(**request)
    sagemaker.stop_pipeline_execution(PipelineExecutionArn=arn, ClientRequestToken=token())
    finish(sagemaker, arn)
    sagemaker.delete_pipeline(**request)
    with pytest.raises(sagemaker.exceptions.ResourceNotFound):
        sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)
    with pytest.raises(sagemaker.exceptions.ResourceNotFound):
        sagemaker.describe_pipeline(PipelineName=name)
