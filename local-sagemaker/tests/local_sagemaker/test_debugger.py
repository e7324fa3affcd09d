"""SageMaker Debugger in training jobs: tensors in S3, rules, and what is refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.scripts import script_request
from tests.local_sagemaker.server import (
    BUCKET,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
)
from tests.local_sagemaker.waiting import log_lines, wait_for_training

HOOK = {"S3OutputPath": f"s3://{BUCKET}/debug", "HookParameters": {"save_interval": "2"}}
RULES_IMAGE = "503895931360.dkr.ecr.us-east-1.amazonaws.com/sagemaker-debugger-rules:latest"


def rule(name: str, image: str = RULES_IMAGE, **parameters: str) -> dict[str, Any]:
    invoked = {"rule_to_invoke": name} | parameters
    return {
        "RuleConfigurationName": name,
        "RuleEvaluatorImage": image,
        "RuleParameters": invoked,
    }


def request(version: str = "1.7-1", **members: Any) -> dict[str, Any]:
    """A training job whose AUC rises, which is no loss."""
    values = HYPERPARAMETERS | {"eval_metric": "logloss", "eta": "0.3"}
    made = training_request(new_name("debugged"), values) | members
    image = made["AlgorithmSpecification"]["TrainingImage"]
    made["AlgorithmSpecification"]["TrainingImage"] = image.replace("3.0-5", version)
    return made


def keys(local: LocalSageMaker, prefix: str) -> list[str]:
    listed = local.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
    return [each["Key"].removeprefix(prefix) for each in listed]


def train(local: LocalSageMaker, asked: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_training_job(**asked)
    job = wait_for_training(local, asked["TrainingJobName"])
    assert job["TrainingJobStatus"] == "Completed", job.get("FailureReason")
    return job


def test_tensors_are_in_s3_and_rules_say_what_they_found(local: LocalSageMaker) -> None:
    rules = [
        rule("LossNotDecreasing", collection_names="metrics", num_steps="2"),
        rule("AllZero", tensor_regex="validation-", threshold="0"),
        rule("UnchangedTensor", num_steps="a few"),
    ]
    job = train(local, request(DebugHookConfig=HOOK, DebugRuleConfigurations=rules))

    assert keys(local, f"debug/{job['TrainingJobName']}/debug-output/") == [
        "claim.smd",
        "collections/000000000/worker_0_collections.json",
        *(f"events/{step:012}/{step:012}_worker_0.tfevents" for step in (0, 2, 4)),
        *(f"index/000000000/{step:012}_worker_0.json" for step in (0, 2, 4)),
        "training_job_end.ts",
    ]
    assert job["DebugHookConfig"] == HOOK
    statuses = [
        (each["RuleConfigurationName"], each["RuleEvaluationStatus"], each.get("StatusDetails"))
        for each in job["DebugRuleEvaluationStatuses"]
    ]
    assert statuses == [
        ("LossNotDecreasing", "NoIssuesFound", None),
        (
            "AllZero",
            "IssuesFound",
            "RuleEvaluationConditionMet: Evaluation of the rule AllZero at step 0 resulted in the "
            "condition being met\n",
        ),
        (
            "UnchangedTensor",
            "Error",
            "ClientError: invalid literal for int() with base 10: 'a few'",
        ),
    ]


def test_an_image_without_the_hook_saves_nothing(local: LocalSageMaker) -> None:
    """As AWS has it, whose platform alone writes the end of the job."""
    rules = [rule("TreeDepth")]
    asked = request("3.0-5", DebugHookConfig=HOOK, DebugRuleConfigurations=rules)
    job = train(local, asked)
    name = job["TrainingJobName"]
    assert keys(local, f"debug/{name}/") == ["debug-output/training_job_end.ts"]
    log = log_lines(local, "/aws/sagemaker/TrainingJobs", name)
    assert any("Image 3.0-5 has no hook of SageMaker Debugger" in line for line in log)
    (status,) = job["DebugRuleEvaluationStatuses"]
    assert status["RuleEvaluationStatus"] == "Error"
    assert "The training job has saved no tensors" in status["StatusDetails"]


def test_what_a_script_writes_for_debugger_and_tensorboard_is_in_s3(local: LocalSageMaker) -> None:
    script = """
        import json, os, pathlib

        root = pathlib.Path(os.environ["ML_ROOT"])
        for name in ("debughookconfig", "tensorboardoutputconfig"):
            config = json.loads((root / f"input/config/{name}.json").read_text())
            folder = root / pathlib.Path(config["LocalPath"]).relative_to("/opt/ml")
            folder.mkdir(parents=True)
            (folder / "written").write_text(json.dumps(config))
            (folder / "link").symlink_to("/etc/hostname")
        """
    board = {"S3OutputPath": f"s3://{BUCKET}/board", "LocalPath": "/opt/ml/output/board"}
    asked = script_request(local, script)
    job = train(local, asked | {"DebugHookConfig": HOOK, "TensorBoardOutputConfig": board})
    name = job["TrainingJobName"]
    assert keys(local, f"debug/{name}/debug-output/") == ["training_job_end.ts", "written"]
    assert keys(local, f"board/{name}/tensorboard-output/") == ["written"]


def test_a_rule_of_a_job_without_a_container_is_stopped(local: LocalSageMaker) -> None:
    asked = request(DebugHookConfig=HOOK, DebugRuleConfigurations=[rule("TreeDepth")])
    source = asked["InputDataConfig"][0]["DataSource"]["S3DataSource"]
    source["S3Uri"] = f"s3://{BUCKET}/nothing/"
    local.sagemaker.create_training_job(**asked)
    (status,) = wait_for_training(local, asked["TrainingJobName"])["DebugRuleEvaluationStatuses"]
    assert status["RuleEvaluationStatus"] == "Stopped"


def test_the_profiler_of_the_sdk_is_taken_and_said_to_do_nothing(local: LocalSageMaker) -> None:
    profiler = {"S3OutputPath": f"s3://{BUCKET}/profile"}
    report = rule("ProfilerReport") | {"RuleConfigurationName": "ProfilerReport-1"}
    job = train(local, request(ProfilerConfig=profiler, ProfilerRuleConfigurations=[report]))
    assert job["ProfilingStatus"] == "Disabled"
    (status,) = job["ProfilerRuleEvaluationStatuses"]
    assert status["StatusDetails"] == "ClientError: Local AWS profiles no training jobs"
    log = log_lines(local, "/aws/sagemaker/TrainingJobs", job["TrainingJobName"])
    assert any(line.endswith("ProfilerConfig, ProfilerRuleConfigurations.") for line in log)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (
            {"DebugRuleConfigurations": [rule("VanishingGradient")]},
            "rule VanishingGradient invokes VanishingGradient; local AWS evaluates LossNotDecr",
        ),
        (
            {"DebugRuleConfigurations": [rule("TreeDepth", action_json="[]")]},
            "rule TreeDepth has the parameter action_json; local AWS knows of TreeDepth depth",
        ),
        (
            {"DebugRuleConfigurations": [rule("TreeDepth", RULES_IMAGE.replace("5", "6"))]},
            f"evaluates rules of SageMaker's own image alone: {RULES_IMAGE}",
        ),
        (
            {"DebugRuleConfigurations": [rule("TreeDepth"), rule("TreeDepth")]},
            "has two rules of the name TreeDepth",
        ),
        (
            {"ProfilerRuleConfigurations": [rule("LowGPUUtilization")]},
            "rule LowGPUUtilization invokes LowGPUUtilization; local AWS profiles no training jobs",
        ),
        (
            {"TensorBoardOutputConfig": {"S3OutputPath": f"s3://{BUCKET}/board"}},
            "built-in algorithms of local AWS write no files for TensorBoard",
        ),
        (
            {"DebugHookConfig": HOOK | {"LocalPath": "/tmp/tensors"}},
            "DebugHookConfig.LocalPath '/tmp/tensors': local AWS has what a container writes",
        ),
    ],
)
def test_what_is_not_done_is_refused_by_name(
    members: dict[str, Any], words: str, local: LocalSageMaker
) -> None:
    with pytest.raises(ClientError, match="ValidationException") as refused:
        local.sagemaker.create_training_job(**request(**members))
    assert words in refused.value.response["Error"]["Message"]
