"""A pipeline of the shape of AWS's abalone example runs to its end, each step for real."""

from __future__ import annotations

import pytest

from tests.local_sagemaker.server import BUCKET, LocalSageMaker
from tests.sagemaker_pipelines.abalone import GROUP, abalone, put_scripts
from tests.sagemaker_pipelines.definitions import Json, create, finish, start, steps_of


@pytest.fixture(scope="module")
def pipeline(local: LocalSageMaker) -> str:
    put_scripts(local.s3)
    return create(local.sagemaker, abalone())


@pytest.fixture(scope="module")
def execution(local: LocalSageMaker, pipeline: str) -> Json:
    arn = start(local.sagemaker, pipeline)
    return finish(local.sagemaker, arn)


@pytest.fixture(scope="module")
def steps(local: LocalSageMaker, execution: Json) -> dict[str, Json]:
    return steps_of(local.sagemaker, execution["PipelineExecutionArn"])


def test_every_step_succeeds(execution: Json, steps: dict[str, Json]) -> None:
    assert execution["PipelineExecutionStatus"] == "Succeeded", steps
    assert {each["StepStatus"] for each in steps.values()} == {"Succeeded"}
    assert set(steps) == {
        *("Prepare", "HPTuning", "Train", "Evaluate", "Decide"),
        *("Register-RegisterModel", "Create-CreateModel", "Transform"),
    }


def test_jobs_are_named_after_execution_and_step(execution: Json, steps: dict[str, Json]) -> None:
    identity = execution["PipelineExecutionArn"].rpartition("/")[2]
    training = steps["Train"]["Metadata"]["TrainingJob"]["Arn"].rpartition("/")[2]
    model = steps["Create-CreateModel"]["Metadata"]["Model"]["Arn"].rpartition("/")[2]
    tuning = steps["HPTuning"]["Metadata"]["TuningJob"]["Arn"].rpartition("/")[2]
    assert training.startswith(f"pipelines-{identity}-Train-")
    assert model.startswith(f"pipelines-{identity}-create-createmodel-")
    assert tuning.startswith(f"{identity}-HPTuning-")
    assert len(tuning) <= 32


def test_training_uses_what_tuning_found(local: LocalSageMaker, steps: dict[str, Json]) -> None:
    tuning = steps["HPTuning"]["Metadata"]["TuningJob"]["Arn"].rpartition("/")[2]
    training = steps["Train"]["Metadata"]["TrainingJob"]["Arn"].rpartition("/")[2]
    tuned = local.sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=tuning)
    trained = local.sagemaker.describe_training_job(TrainingJobName=training)
    best = tuned["BestTrainingJob"]["TunedHyperParameters"]["max_depth"]
    assert trained["HyperParameters"]["max_depth"] == best


def test_best_model_is_registered_in_a_group_that_is_made_for_it(
    local: LocalSageMaker, steps: dict[str, Json]
) -> None:
    (version,) = local.sagemaker.list_model_packages(ModelPackageGroupName=GROUP)[
        "ModelPackageSummaryList"
    ]
    arn = steps["Register-RegisterModel"]["Metadata"]["RegisterModel"]["Arn"]
    assert (version["ModelPackageArn"], version["ModelApprovalStatus"]) == (arn, "Approved")


def test_batch_is_transformed(local: LocalSageMaker, steps: dict[str, Json]) -> None:
    assert steps["Transform"]["StepStatus"] == "Succeeded"
    body = local.s3.get_object(Bucket=BUCKET, Key="abalone-scores/rows.csv.out")["Body"].read()
    assert len(body.split()) == 80
