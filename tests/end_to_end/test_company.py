"""A deployment under a company's rules: key, VPC, isolation, boundary, tags, an access log."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from tuning.tags import run_tags

from tests.end_to_end.conftest import (
    Deployment,
    customers,
    environment_of,
    outputs_of,
    succeed,
    upload_customers,
)
from tests.end_to_end.rollout import serving, tiny

PREFIX = "company"
TAG = {"Key": "CostCenter", "Value": "4711"}
ENDPOINTS = (
    "sagemaker.api", "sagemaker.runtime", "states", "sns", "scheduler", "logs", "monitoring",
    "application-autoscaling", "servicequotas",
)  # fmt: skip
ALLOW_ALL = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


@pytest.fixture(scope="module")
def rules(local_aws: Any) -> dict[str, str]:
    """What the company has in its account already, as settings."""
    ec2, client = local_aws.client("ec2"), local_aws.client
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24")["Subnet"]["SubnetId"]
        for n in range(2)
    ]
    group = ec2.create_security_group(GroupName="ml", Description="ml", VpcId=vpc)["GroupId"]
    make_endpoints(ec2, vpc, subnets)
    client("s3").create_bucket(Bucket="access-logs-of-the-company")
    client("s3").put_bucket_policy(
        Bucket="access-logs-of-the-company", Policy=json.dumps(_log_delivery())
    )
    boundary = client("iam").create_policy(
        PolicyName="boundary", PolicyDocument=json.dumps(ALLOW_ALL)
    )
    return {
        "name_prefix": PREFIX,
        "kms_key": client("kms").create_key()["KeyMetadata"]["Arn"],
        "vpc_subnets": ",".join(subnets),
        "vpc_security_groups": group,
        "network_isolation": "true",
        "permissions_boundary": boundary["Policy"]["Arn"],
        "tags": f"{TAG['Key']}={TAG['Value']}",
        "access_log_bucket": "access-logs-of-the-company",
        "reserved_concurrency": "2",
    }


def make_endpoints(ec2: Any, vpc: str, subnets: list[str]) -> None:
    """To the services that functions and jobs call, since the VPC leads nowhere else."""
    of_the_vpc = [{"Name": "vpc-id", "Values": [vpc]}]
    (table,) = ec2.describe_route_tables(Filters=of_the_vpc)["RouteTables"]
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.us-east-1.s3",
        VpcEndpointType="Gateway",
        RouteTableIds=[table["RouteTableId"]],
    )
    for service in ENDPOINTS:
        ec2.create_vpc_endpoint(
            VpcId=vpc,
            ServiceName=f"com.amazonaws.us-east-1.{service}",
            VpcEndpointType="Interface",
            SubnetIds=subnets,
            PrivateDnsEnabled=True,
        )


def _log_delivery() -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::access-logs-of-the-company/*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.fixture(scope="module")
def company(
    local_aws: Any, rules: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    folder = tmp_path_factory.mktemp("company")
    deployed = Deployment(local_aws.client, environment_of(local_aws), {}, folder)
    return deploy(deployed, rules, PREFIX)


def deploy(deployed: Deployment, settings: dict[str, str], prefix: str) -> Deployment:
    """With the CDK's own command line, and a small data set uploaded."""
    (models := deployed.directory / "models").mkdir()
    given = {**settings, "models": str(models)}
    context = [part for k, v in given.items() for part in ("-c", f"retune:{k}={v}")]
    succeed(deployed.cdk("deploy", "--require-approval", "never", *context))
    deployed.outputs.update(outputs_of(deployed.client, prefix))
    bucket, s3 = deployed.outputs["DataBucketName"], deployed.client("s3")
    upload_customers(s3, bucket)
    s3.put_object(Bucket=bucket, Key="data/test/customers.csv", Body=customers(200, 3))
    return deployed


@pytest.fixture(scope="module")
def run(company: Deployment) -> dict[str, Any]:
    """A run that tunes, scores on held-out rows, deploys and captures."""
    document = tiny(PREFIX, Retrain={"Channels": {"train": _larger(company)}})
    document["Endpoint"]["DataCapture"] = {"InitialSamplingPercentage": 100}
    described = company.run(document)
    assert described["status"] == "SUCCEEDED", described
    assert json.loads(described["output"])["Outcome"] == "Deployed"
    return described


def _larger(company: Deployment) -> str:
    return f"s3://{company.outputs['DataBucketName']}/data/larger/"


def test_what_is_deployed_is_encrypted_with_the_key(
    company: Deployment, rules: dict[str, str]
) -> None:
    key, bucket = rules["kms_key"], company.outputs["DataBucketName"]
    encryption = company.client("s3").get_bucket_encryption(Bucket=bucket)
    (rule,) = encryption["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key
    groups = company.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{PREFIX}-")
    assert {group["kmsKeyId"] for group in groups["logGroups"]} == {key}
    topic = company.client("sns").get_topic_attributes(
        TopicArn=company.outputs["NotificationTopicArn"]
    )
    assert topic["Attributes"]["KmsMasterKeyId"] == key
    urls = company.client("sqs").list_queues(QueueNamePrefix=PREFIX)["QueueUrls"]
    assert len(urls) == 2
    for url in urls:
        attributes = company.client("sqs").get_queue_attributes(
            QueueUrl=url, AttributeNames=["KmsMasterKeyId"]
        )
        assert attributes["Attributes"]["KmsMasterKeyId"] == key
    machine = company.client("stepfunctions").describe_state_machine(
        stateMachineArn=company.outputs["StateMachineArn"]
    )
    assert machine["encryptionConfiguration"]["kmsKeyId"] == key
    assert {function["KMSKeyArn"] for function in functions(company)} == {key}


def functions(company: Deployment) -> Iterator[dict[str, Any]]:
    for page in company.client("lambda").get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if function["FunctionName"].startswith(f"{PREFIX}-"):
                yield function


def test_functions_run_in_the_vpc_and_roles_are_bounded(
    company: Deployment, rules: dict[str, str]
) -> None:
    for function in functions(company):
        assert ",".join(function["VpcConfig"]["SubnetIds"]) == rules["vpc_subnets"]
        assert function["VpcConfig"]["SecurityGroupIds"] == [rules["vpc_security_groups"]]
    iam = company.client("iam")
    pages = iam.get_paginator("list_roles").paginate()
    roles = [r for page in pages for r in page["Roles"] if r["RoleName"].startswith(f"{PREFIX}-")]
    assert len(roles) > 30
    for role in roles:
        bounded = iam.get_role(RoleName=role["RoleName"])["Role"]
        boundary = bounded["PermissionsBoundary"]["PermissionsBoundaryArn"]
        assert boundary == rules["permissions_boundary"]
        assert TAG in bounded["Tags"]


def test_doctor_finds_that_the_vpc_reaches_what_runs_call(
    company: Deployment, rules: dict[str, str]
) -> None:
    given = {**rules, "models": str(company.directory / "models")}
    context = [part for key, value in given.items() for part in ("-c", f"retune:{key}={value}")]
    told = subprocess.run(
        ["retune", "doctor", "--format", "json", *context],
        env=company.environment,
        capture_output=True,
        text=True,
        check=False,  # nobody has subscribed to the topic, say
    )
    found = {each["Check"]: each["Status"] for each in json.loads(told.stdout)}
    assert found["vpc endpoints"] == "ok", told.stdout


def test_each_function_has_the_concurrency_that_is_reserved(company: Deployment) -> None:
    for function in functions(company):
        reserved = company.client("lambda").get_function_concurrency(
            FunctionName=function["FunctionName"]
        )
        assert reserved["ReservedConcurrentExecutions"] == 2


def test_accesses_to_the_bucket_are_logged(company: Deployment, rules: dict[str, str]) -> None:
    logging = company.client("s3").get_bucket_logging(Bucket=company.outputs["DataBucketName"])
    assert logging["LoggingEnabled"]["TargetBucket"] == rules["access_log_bucket"]
    assert logging["LoggingEnabled"]["TargetPrefix"] == f"{PREFIX}/"


def test_jobs_and_endpoint_follow_the_rules(
    company: Deployment, rules: dict[str, str], run: dict[str, Any]
) -> None:
    sagemaker, key = company.client("sagemaker"), rules["kms_key"]
    vpc = {
        "Subnets": rules["vpc_subnets"].split(","),
        "SecurityGroupIds": [rules["vpc_security_groups"]],
    }
    names = [s["TrainingJobName"] for s in sagemaker.list_training_jobs()["TrainingJobSummaries"]]
    ours = [name for name in names if name.startswith(f"{PREFIX}-")]
    assert len(ours) == 2  # of tuning, and retrained
    for name in ours:
        job = sagemaker.describe_training_job(TrainingJobName=name)
        assert job["VpcConfig"] == vpc
        assert job["EnableNetworkIsolation"] is True
        assert job["ResourceConfig"]["VolumeKmsKeyId"] == key
        assert job["OutputDataConfig"]["KmsKeyId"] == key
        assert TAG in sagemaker.list_tags(ResourceArn=job["TrainingJobArn"])["Tags"]
    for summary in sagemaker.list_transform_jobs(NameContains=PREFIX)["TransformJobSummaries"]:
        job = sagemaker.describe_transform_job(TransformJobName=summary["TransformJobName"])
        assert job["TransformResources"]["VolumeKmsKeyId"] == key
        assert job["TransformOutput"]["KmsKeyId"] == key
    config = sagemaker.describe_endpoint_config(EndpointConfigName=serving(company, PREFIX))
    assert config["KmsKeyId"] == config["DataCaptureConfig"]["KmsKeyId"] == key
    assert TAG in sagemaker.list_tags(ResourceArn=config["EndpointConfigArn"])["Tags"]
    (variant,) = config["ProductionVariants"]
    model = sagemaker.describe_model(ModelName=variant["ModelName"])
    assert model["VpcConfig"] == vpc
    assert model["EnableNetworkIsolation"] is True


def test_an_input_that_leaves_the_vpc_is_refused(company: Deployment) -> None:
    vpc = {"Subnets": ["subnet-0123abcd"], "SecurityGroupIds": ["sg-0123abcd"]}
    ended = company.run(tiny(PREFIX, VpcConfig=vpc))
    assert ended["error"] == "InputRefused"
    assert "VpcConfig.Subnets" in ended["cause"]


def test_no_one_goes_back_to_a_champion_from_before_the_rules(
    company: Deployment, rules: dict[str, str], run: dict[str, Any]
) -> None:
    """The same model, hosted without key, VPC and isolation, as a run did before."""
    sagemaker, old = company.client("sagemaker"), f"{PREFIX}-261101-1a2b3c4d-00-001"
    served = sagemaker.describe_model(ModelName=serving(company, PREFIX))
    tags = run_tags(PREFIX, PREFIX, run["executionArn"])
    sagemaker.create_model(
        ModelName=old,
        PrimaryContainer={
            name: served["PrimaryContainer"][name] for name in ("Image", "ModelDataUrl")
        },
        ExecutionRoleArn=served["ExecutionRoleArn"],
        Tags=tags,
    )
    variant = {"VariantName": "AllTraffic", "ModelName": old, "InitialInstanceCount": 1}
    sagemaker.create_endpoint_config(
        EndpointConfigName=old,
        ProductionVariants=[{**variant, "InstanceType": "ml.m5.large"}],
        Tags=tags,
    )
    refused = company.run({**tiny(PREFIX), "Rollback": {"EndpointConfigName": old}})
    assert refused["error"] == "InputRefused", refused
    assert (
        "does not keep to retune:kms_key, retune:vpc_subnets, retune:vpc_security_groups, "
        "retune:network_isolation." in refused["cause"]
    )
