"""Trains with Linear Learner, and is refused XGBoost, on a server of its own: plain boto3.

Prints as JSON how the job ended, the refusal, and which packages of Retune could be imported.
"""

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

LINEAR_LEARNER = "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1"
XGBOOST = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
CONTENT_TYPE = "application/x-parquet" if "parquet" in sys.argv else "text/csv"

local_aws = LocalAws(background.start(free_port(), Path("local-aws"), with_parent=True))
s3, sagemaker = local_aws.client("s3"), local_aws.client("sagemaker")
trust = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
local_aws.client("iam").create_role(
    RoleName="training",
    AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
)
reading = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
local_aws.client("iam").put_role_policy(
    RoleName="training",
    PolicyName="data",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [reading]}),
)
s3.create_bucket(Bucket="data")
s3.put_object(Bucket="data", Key="train/rows.csv", Body="1,2,3\n0,1,1\n" * 50)


def create(name: str, image: str, hyperparameters: dict[str, str], content_type: str) -> None:
    source = {"S3DataType": "S3Prefix", "S3Uri": "s3://data/train"}
    channel = {"ContentType": content_type, "DataSource": {"S3DataSource": source}}
    sagemaker.create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"},
        HyperParameters=hyperparameters,
        InputDataConfig=[{"ChannelName": "train"} | channel],
        OutputDataConfig={"S3OutputPath": "s3://data/models"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
        RoleArn="arn:aws:iam::123456789012:role/training",
        StoppingCondition={"MaxRuntimeInSeconds": 600},
    )


def describe() -> str:
    return str(sagemaker.describe_training_job(TrainingJobName="linear")["TrainingJobStatus"])


refused = ""
try:
    create("xgboost", XGBOOST, {"objective": "binary:logistic", "num_round": "1"}, CONTENT_TYPE)
except ClientError as refusal:
    refused = refusal.response["Error"]["Message"]
create("linear", LINEAR_LEARNER, {"predictor_type": "binary_classifier"}, "text/csv")
while (status := describe()) == "InProgress":
    time.sleep(0.1)
background.stop(local_aws.directory)
importable = [name for name in ("retune", "tuning", "stacks") if find_spec(name)]
print(json.dumps({"status": status, "refused": refused, "importable": importable}))
