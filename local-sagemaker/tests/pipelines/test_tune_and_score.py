"""The shape of AWS's sample "Tune a machine learning model": Lambda and SageMaker by turns."""

from __future__ import annotations

import uuid

from local_sagemaker.local_aws import LocalAws

from tests.pipelines.deployed import content, deploy, run_to_end


def test_best_model_of_a_tuning_job_scores_a_file(local_aws: LocalAws) -> None:
    bucket = f"areas-{uuid.uuid4().hex[:8]}"
    outputs = deploy(local_aws, "tune_and_score.yaml", BucketName=bucket)
    execution = run_to_end(local_aws, outputs["Machine"])
    assert execution["status"] == "SUCCEEDED", execution
    assert execution["output"]["TransformJobStatus"] == "Completed"
    scores = content(local_aws, bucket, "output/test.csv.out").split()
    assert len(scores) == 20
    assert all(0 <= float(score) <= 1 for score in scores)
