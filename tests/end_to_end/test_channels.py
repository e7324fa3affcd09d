"""Channels by manifest and in Pipe mode, from the input to a deployed model."""

from __future__ import annotations

import json

from tests.end_to_end.conftest import Deployment, customers


def test_pipe_and_manifest_reach_the_training_jobs(deployment: Deployment) -> None:
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    for number in range(3):
        body = customers(150, number) + "\n"
        s3.put_object(Bucket=bucket, Key=f"piped/{number}.csv", Body=body)
    listed = [{"prefix": f"s3://{bucket}/"}, "data/validation/customers.csv"]
    s3.put_object(Bucket=bucket, Key="lists/validation.manifest", Body=json.dumps(listed))
    train = {
        "S3Uri": f"s3://{bucket}/piped/",
        "InputMode": "Pipe",
        "ShuffleConfig": {"Seed": 1},
        "S3DataDistributionType": "ShardedByS3Key",
    }
    manifest = f"s3://{bucket}/lists/validation.manifest"
    ended = deployment.run(
        {
            "Algorithm": "linear-learner",
            "Channels": {
                "train": train,
                "validation": {"S3Uri": manifest, "S3DataType": "ManifestFile"},
            },
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 1},
            "Endpoint": {"EndpointName": "retune-piped"},
        }
    )
    assert ended["status"] == "SUCCEEDED", ended
    summary = json.loads(ended["output"])
    assert summary["Outcome"] == "Deployed"
    job = deployment.client("sagemaker").describe_training_job(
        TrainingJobName=summary["BestTrainingJob"]
    )
    piped, listed_channel = job["InputDataConfig"]
    assert (piped["InputMode"], piped["ShuffleConfig"]) == ("Pipe", {"Seed": 1})
    source = listed_channel["DataSource"]["S3DataSource"]
    assert (source["S3DataType"], source["S3Uri"]) == ("ManifestFile", manifest)
