"""The endpoint of local AWS, through its front door."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background

from benchmarks.serving.side import Side, wire

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
NAME = "benchmark"
PATH = f"/endpoints/{NAME}/invocations"
READY_SECONDS = 60


@contextmanager
def local_aws(directory: Path, port: int) -> Iterator[LocalAws]:
    """A local AWS of its own, which ends with the block."""
    yield LocalAws(background.start(port, directory, with_parent=True))
    background.stop(directory)


def deploy(local: LocalAws, model: Path) -> None:
    """Create the endpoint, and wait until it is InService."""
    s3, sagemaker = local.client("s3"), local.client("sagemaker")
    s3.create_bucket(Bucket=NAME)
    s3.put_object(Bucket=NAME, Key="model.tar.gz", Body=archive(model))
    role = create_role(local, "model", "s3:GetObject", "s3:ListBucket")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{NAME}/model.tar.gz"}
    sagemaker.create_model(ModelName=NAME, PrimaryContainer=container, ExecutionRoleArn=role)
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": NAME,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(EndpointConfigName=NAME, ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=NAME, EndpointConfigName=NAME)
    waiter = sagemaker.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": READY_SECONDS})


def archive(model: Path) -> bytes:
    """model.tar.gz as SageMaker's XGBoost leaves it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(model, "xgboost-model")
    return packed.getvalue()


def create_role(local: LocalAws, name: str, *actions: str) -> str:
    """The ARN of a role that may do these, which SageMaker and the account may take on."""
    trusted = {"Service": "sagemaker.amazonaws.com", "AWS": "123456789012"}
    trust = {"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}
    allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    iam = local.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=document(allowed))
    return str(role["Role"]["Arn"])


def document(statement: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def of_owner(local: LocalAws) -> Side:
    """The endpoint as whoever started local AWS asks it: no policy limits them."""
    keys = local.server.keys
    return asked_with(local, Credentials(keys.access_key_id, keys.secret_access_key))


def of_role(local: LocalAws) -> Side:
    """The endpoint as a role asks it, whose policies are looked at each time."""
    role = create_role(local, "caller", "sagemaker:InvokeEndpoint")
    session = local.client("sts").assume_role(RoleArn=role, RoleSessionName="benchmark")
    keys = session["Credentials"]
    return asked_with(
        local, Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    )


def asked_with(local: LocalAws, credentials: Credentials) -> Side:
    port, signer = local.server.port, SigV4Auth(credentials, "sagemaker", "us-east-1")

    def request(body: bytes) -> bytes:
        headers = {"Content-Type": "text/csv"}
        signed = AWSRequest("POST", f"http://localhost:{port}{PATH}", headers, data=body)
        signer.add_auth(signed)
        return wire(port, PATH, dict(signed.headers.items()), body)

    return Side(port, request)
