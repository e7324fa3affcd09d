"""Executions are stopped, retried, cached, run in part and side by side, as SageMaker does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.server import LocalSageMaker, new_name, running
from tests.local_sagemaker.waiting import wait_until
from tests.sagemaker_pipelines.definitions import (
    Json,
    compare,
    condition,
    create,
    definition,
    finish,
    get,
    run,
    start,
    step,
    steps_of,
    token,
)
from tests.sagemaker_pipelines.scripts import NOTHING, fails_without, script_step, waits_for


def stop(local: LocalSageMaker, arn: str) -> None:
    local.sagemaker.stop_pipeline_execution(PipelineExecutionArn=arn, ClientRequestToken=token())


def job_of(step: Json) -> str:
    return str(step["Metadata"]["ProcessingJob"]["Arn"].rpartition("/")[2])


def wait_for_job(local: LocalSageMaker, arn: str, name: str) -> str:
    """The job of the step once it is there."""
    wait_until(
        lambda: steps_of(local.sagemaker, arn),
        lambda steps: "ProcessingJob" in steps.get(name, {}).get("Metadata", {}),
    )
    return job_of(steps_of(local.sagemaker, arn)[name])


def test_stop_stops_the_job_of_the_step_that_runs(local: LocalSageMaker) -> None:
    endless = script_step(local, new_name("endless"), "import time; time.sleep(600)")
    after = condition("After") | {"DependsOn": [endless["Name"]]}
    arn = start(local.sagemaker, create(local.sagemaker, definition(endless, after)))
    job = wait_for_job(local, arn, endless["Name"])
    stop(local, arn)
    execution = finish(local.sagemaker, arn)
    steps = steps_of(local.sagemaker, arn)
    described = local.sagemaker.describe_processing_job(ProcessingJobName=job)

    assert execution["PipelineExecutionStatus"] == "Stopped"
    assert {name: each["StepStatus"] for name, each in steps.items()} == {
        endless["Name"]: "Stopped"
    }
    assert described["ProcessingJobStatus"] == "Stopped"
    with pytest.raises(ClientError, match="Only pipelines with 'Executing' status can be stopped"):
        stop(local, arn)


def test_retry_runs_again_what_has_failed_and_nothing_else(
    local: LocalSageMaker, tmp_path: Path
) -> None:
    first = script_step(local, new_name("first"), NOTHING)
    second = script_step(local, new_name("second"), fails_without(tmp_path / "ready"))
    second["DependsOn"] = [first["Name"]]
    arn = start(local.sagemaker, create(local.sagemaker, definition(first, second)))
    assert finish(local.sagemaker, arn)["PipelineExecutionStatus"] == "Failed"
    failed = steps_of(local.sagemaker, arn)
    (tmp_path / "ready").touch()
    local.sagemaker.retry_pipeline_execution(PipelineExecutionArn=arn, ClientRequestToken=token())
    execution = finish(local.sagemaker, arn)
    retried = steps_of(local.sagemaker, arn)

    assert failed[second["Name"]]["FailureReason"].startswith("ClientError: AlgorithmError: ")
    assert execution["PipelineExecutionStatus"] == "Succeeded"
    assert "FailureReason" not in execution
    assert job_of(retried[first["Name"]]) == job_of(failed[first["Name"]])
    assert job_of(retried[second["Name"]]) != job_of(failed[second["Name"]])
    assert retried[second["Name"]]["AttemptCount"] == 2
    with pytest.raises(ClientError, match="is Succeeded"):
        local.sagemaker.retry_pipeline_execution(
            PipelineExecutionArn=arn, ClientRequestToken=token()
        )


def test_failure_lets_no_other_step_begin(local: LocalSageMaker, tmp_path: Path) -> None:
    slow = script_step(local, new_name("slow"), waits_for(tmp_path / "go"))
    behind = condition("Behind") | {"DependsOn": [slow["Name"]]}
    fail = step("Fail", "Fail", {"ErrorMessage": "at once"})
    arn = start(local.sagemaker, create(local.sagemaker, definition(slow, behind, fail)))
    wait_until(
        lambda: steps_of(local.sagemaker, arn),
        lambda steps: steps.get("Fail", {}).get("StepStatus") == "Failed",
    )
    (tmp_path / "go").touch()
    assert finish(local.sagemaker, arn)["PipelineExecutionStatus"] == "Failed"
    ended = {name: each["StepStatus"] for name, each in steps_of(local.sagemaker, arn).items()}
    assert ended == {slow["Name"]: "Succeeded", "Fail": "Failed"}


def test_cached_step_is_not_run_again(local: LocalSageMaker) -> None:
    caching = {"CacheConfig": {"Enabled": True, "ExpireAfter": "PT1H"}}
    cached = script_step(local, new_name("cached"), NOTHING, **caching)
    parameters = [{"Name": "Mood", "Type": "String", "DefaultValue": "calm"}]
    cached["Arguments"]["Environment"] = {"MOOD": get("Parameters.Mood")}
    name = create(local.sagemaker, definition(cached, Parameters=parameters))

    def executed(mood: str) -> tuple[str, Json]:
        arn = start(local.sagemaker, name, parameters={"Mood": mood})
        finish(local.sagemaker, arn)
        return arn, steps_of(local.sagemaker, arn)[cached["Name"]]

    first, ran = executed("calm")
    _, hit = executed("calm")
    _, other = executed("wild")
    assert "CacheHitResult" not in ran
    assert hit["CacheHitResult"] == {"SourcePipelineExecutionArn": first}
    assert (job_of(hit), hit["StepStatus"]) == (job_of(ran), "Succeeded")
    assert job_of(other) != job_of(ran)


def test_selected_step_takes_what_it_needs_from_another_execution(local: LocalSageMaker) -> None:
    first = script_step(local, new_name("first"), NOTHING)
    status = get(f"Steps.{first['Name']}.ProcessingJobStatus")
    second = condition("Second", compare("Equals", status, "Completed"))
    third = condition("Third") | {"DependsOn": ["Second"]}
    name = create(local.sagemaker, definition(first, second, third))
    selection: Json = {"SelectedSteps": [{"StepName": "Second"}]}
    with pytest.raises(ClientError, match=r"Invalid SourcePipelineExecutionArn: null. The selec"):
        start(local.sagemaker, name, SelectiveExecutionConfig=selection)

    source = start(local.sagemaker, name)
    finish(local.sagemaker, source)
    selection["SourcePipelineExecutionArn"] = source
    arn = start(local.sagemaker, name, SelectiveExecutionConfig=selection)
    execution = finish(local.sagemaker, arn)
    steps = steps_of(local.sagemaker, arn)
    assert execution["PipelineExecutionStatus"] == "Succeeded"
    assert execution["SelectiveExecutionConfig"] == selection
    assert list(steps) == ["Second", first["Name"]]
    assert steps[first["Name"]]["SelectiveExecutionResult"] == {
        "SourcePipelineExecutionArn": source
    }
    selection["SelectedSteps"] = [{"StepName": first["Name"]}, {"StepName": "Third"}]
    with pytest.raises(ClientError, match="'Second' is between selected steps"):
        start(local.sagemaker, name, SelectiveExecutionConfig=selection)
    other = create(local.sagemaker, definition(first, second, third))
    with pytest.raises(ClientError, match=f"It is no execution of {other}"):
        start(local.sagemaker, other, SelectiveExecutionConfig=selection)


def test_parallelism_is_limited(local: LocalSageMaker, tmp_path: Path) -> None:
    script = waits_for(tmp_path / "go")
    slow = [script_step(local, new_name("slow"), script) for _ in range(2)]
    one = {"MaxParallelExecutionSteps": 1}
    name = create(local.sagemaker, definition(*slow), ParallelismConfiguration=one)
    arn = start(local.sagemaker, name)
    wait_for_job(local, arn, slow[0]["Name"])
    assert len(steps_of(local.sagemaker, arn)) == 1
    (tmp_path / "go").touch()
    execution = finish(local.sagemaker, arn)
    assert execution["PipelineExecutionStatus"] == "Succeeded"
    assert execution["ParallelismConfiguration"] == one
    assert len(steps_of(local.sagemaker, arn)) == 2


def test_refused_job_fails_the_step_in_the_words_of_aws(tmp_path: Path) -> None:
    quota = "ml.m5.large for processing job usage"
    with running(tmp_path, quotas={quota: 0}, wait_scale=0.01) as local:
        one = script_step(local, "Prepare", NOTHING)
        policy = {"ExceptionType": ["SageMaker.RESOURCE_LIMIT"], "MaxAttempts": 2}
        refused = run(local.sagemaker, one)["Prepare"]
        retried = run(local.sagemaker, one | {"RetryPolicies": [policy]})["Prepare"]
    reason: Any = refused["FailureReason"]
    assert reason.startswith(
        "ClientError: Failed to invoke sagemaker:CreateProcessingJob. Error Details: The "
        f"account-level service limit '{quota}' is 0 Instances"
    )
    assert reason.endswith("configured for the exception type SAGEMAKER_RESOURCE_LIMIT.")
    assert (refused["AttemptCount"], retried["AttemptCount"]) == (1, 3)
