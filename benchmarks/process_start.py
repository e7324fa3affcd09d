"""How long a training job, an endpoint and a function take to start on local AWS.

    python -m benchmarks.process_start [--repeats 9]

From the request that asks for it to the answer that tells its end, and each does next to nothing: a
job of one round on 50 rows, an endpoint's first InService, the first invocation of a function that
imports boto3. Beside a fresh Python that imports the same library and does nothing.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

from local_sagemaker.local_aws import LocalAws

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import local_aws
from benchmarks.harness.result import publish
from benchmarks.harness.timing import by_turns, cost_of, seconds

BUCKET = "benchmark"
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
SERVICES = ["sagemaker.amazonaws.com", "lambda.amazonaws.com"]
ANYBODY = {"Effect": "Allow", "Principal": {"Service": SERVICES}, "Action": "sts:AssumeRole"}
ANYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
HANDLER = "import boto3\ndef handler(event, context):\n    return None\n"
numbers = itertools.count()


class Starts:
    """What can be started on a server; each method starts one and waits until it tells its end."""

    def __init__(self, server: LocalAws) -> None:
        self._sagemaker, self._functions = server.client("sagemaker"), server.client("lambda")
        self._s3 = server.client("s3")
        self._s3.create_bucket(Bucket=BUCKET)
        rows = "\n".join(f"{n % 2},{n},{n * n % 7}" for n in range(50))
        self._s3.put_object(Bucket=BUCKET, Key="train/part.csv", Body=rows)
        self._role = make_role(server)
        self._config = self._endpoint_config(self.training_job())

    def training_job(self) -> str:
        """The place of its model."""
        name = f"job-{next(numbers)}"
        source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/train/"}
        self._sagemaker.create_training_job(
            TrainingJobName=name,
            AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            RoleArn=self._role,
            InputDataConfig=[
                {"ChannelName": "train", "ContentType": "text/csv",
                 "DataSource": {"S3DataSource": source}}
            ],
            OutputDataConfig={"S3OutputPath": f"s3://{BUCKET}/models"},
            ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            HyperParameters={"objective": "binary:logistic", "num_round": "1"},
        )  # fmt: skip
        describe = self._sagemaker.describe_training_job
        ended = wait(lambda: describe(TrainingJobName=name), "TrainingJobStatus", "Completed")
        return str(ended["ModelArtifacts"]["S3ModelArtifacts"])

    def endpoint(self) -> None:
        name = f"endpoint-{next(numbers)}"
        self._sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=self._config)
        describe = self._sagemaker.describe_endpoint
        wait(lambda: describe(EndpointName=name), "EndpointStatus", "InService")
        self._sagemaker.delete_endpoint(EndpointName=name)

    def function(self) -> str:
        """One that was never called."""
        content, name = io.BytesIO(), f"function-{next(numbers)}"
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("index.py", HANDLER)
        self._functions.create_function(
            FunctionName=name,
            Runtime="python3.14",
            Role=self._role,
            Handler="index.handler",
            Code={"ZipFile": content.getvalue()},
        )
        return name

    def first_invocation(self) -> float:
        """Seconds."""
        name = self.function()
        return seconds(lambda: self._functions.invoke(FunctionName=name)["Payload"].read())

    def _endpoint_config(self, model_data: str) -> str:
        self._sagemaker.create_model(
            ModelName="model",
            PrimaryContainer={"Image": IMAGE, "ModelDataUrl": model_data},
            ExecutionRoleArn=self._role,
        )
        variant = {"VariantName": "all", "ModelName": "model", "InitialInstanceCount": 1}
        self._sagemaker.create_endpoint_config(
            EndpointConfigName="config",
            ProductionVariants=[{**variant, "InstanceType": "ml.m5.large"}],
        )
        return "config"


def make_role(server: LocalAws) -> str:
    iam, version = server.client("iam"), "2012-10-17"
    trust = json.dumps({"Version": version, "Statement": [ANYBODY]})
    policy = json.dumps({"Version": version, "Statement": [ANYTHING]})
    role: dict[str, Any] = iam.create_role(RoleName="all", AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName="all", PolicyName="all", PolicyDocument=policy)
    return str(role["Role"]["Arn"])


def wait(look: Callable[[], dict[str, Any]], member: str, end: str) -> dict[str, Any]:
    while (found := look())[member] != end:
        if found[member] == "Failed":
            raise RuntimeError(found["FailureReason"])
        time.sleep(0.005)
    return found


def bare_import(library: str) -> float:
    """Seconds of the clock."""
    return cost_of([sys.executable, "-c", f"import {library}"]).seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    repeats, found = parser.parse_args().repeats, []
    with local_aws() as server:
        starts = Starts(server)
        starts.endpoint()
        starts.first_invocation()
        measured: tuple[tuple[str, Callable[[], float], str], ...] = (
            ("training job", lambda: seconds(starts.training_job), "xgboost"),
            ("endpoint", lambda: seconds(starts.endpoint), "xgboost"),
            ("function, first invocation", starts.first_invocation, "boto3"),
        )
        for what, start, library in measured:
            ours, other = by_turns(repeats, start, lambda: bare_import(library))  # noqa: B023
            name = f"{what}, beside import {library}"
            found.append(Figure(name, "s", tuple(ours), tuple(other), at_most(plus=0.3)))
    publish("process_start", "Starts", "a Python that imports the library", found)


if __name__ == "__main__":
    main()
