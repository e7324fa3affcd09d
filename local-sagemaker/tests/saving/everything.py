"""Something of each service, and what the service tells of it."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke
from tests.local_aws.machine import finish, start
from tests.local_aws.resources import MADE_BY, NAME, ROLE, make
from tests.local_aws.served_model import create_config, create_endpoint, train_model
from tests.local_sagemaker.roles import make_role, services_may
from tests.local_sagemaker.server import BUCKET, training_definition
from tests.sagemaker_pipelines.definitions import condition, create, definition, step
from tests.sagemaker_pipelines.definitions import finish as finish_pipeline
from tests.sagemaker_pipelines.definitions import start as start_pipeline
from tests.saving import kinds

_TUNING = {
    "Strategy": "Random",
    "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
    "ParameterRanges": {
        "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "0.1", "MaxValue": "0.5"}]
    },
}
_STATIC = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": "3"}
_STACK = {
    "Resources": {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "stacked"}},
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Policy": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {
                "Queues": [{"Ref": "Queue"}],
                "PolicyDocument": json.loads(services_may("sqs:SendMessage")),
            },
        },
        "Rule": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventPattern": {"source": ["shop"]},
                "Targets": [{"Id": "queue", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}],
            },
        },
    },
    "Outputs": {"QueueUrl": {"Value": {"Ref": "Queue"}}},
}
_MAP = {
    "QueryLanguage": "JSONata",
    "StartAt": "Each",
    "States": {
        "Each": {
            "Type": "Map",
            "Items": [1, 2],
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Fail",
                "States": {"Fail": {"Type": "Fail", "Error": "Shop.Closed"}},
            },
            "End": True,
        }
    },
}


def fill(local_aws: LocalAws) -> dict[str, str]:
    """Make it all; what later questions need by name."""
    for service in MADE_BY:
        make(local_aws, service)
    client = local_aws.client
    make_role(client("iam"), "arn:aws:iam::123456789012:role/training")
    client("cloudformation").create_stack(StackName="stack", TemplateBody=json.dumps(_STACK))
    client("cloudformation").get_waiter("stack_create_complete").wait(
        StackName="stack", WaiterConfig={"Delay": 1}
    )
    client("cloudwatch").put_metric_data(
        Namespace=NAME, MetricData=[{"MetricName": NAME, "Value": 3.5}]
    )
    client("logs").put_log_events(
        logGroupName=NAME, logStreamName=NAME, logEvents=[{"timestamp": 1, "message": "a line"}]
    )
    client("dynamodb").create_table(
        TableName=NAME,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client("dynamodb").put_item(TableName=NAME, Item={"id": {"S": "x"}, "n": {"N": "1.50"}})
    network = client("ec2").create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    client("ec2").create_security_group(GroupName=NAME, Description="of tests", VpcId=network)
    client("ssm").put_parameter(Name=NAME, Value="a value", Type="SecureString")
    client("secretsmanager").create_secret(Name=NAME, SecretString="hush")
    client("sqs").send_message(QueueUrl=client("sqs").get_queue_url(QueueName=NAME)["QueueUrl"],
                               MessageBody="a message")  # fmt: skip
    client("s3").put_bucket_versioning(Bucket=NAME, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"first", b"second"):
        client("s3").put_object(Bucket=NAME, Key="versions", Body=body)
    key = client("kms").create_key()["KeyMetadata"]["KeyId"]
    signing = client("kms").create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    sealed = client("kms").encrypt(KeyId=key, Plaintext=b"sealed")["CiphertextBlob"]
    user = client("iam").create_access_key(UserName=NAME)["AccessKey"]
    function = create_function(local_aws, "def handler(event, _): return event['n'] + 1")
    client("sqs").create_queue(QueueName="mapped")
    client("lambda").create_event_source_mapping(
        FunctionName=create_function(local_aws, "def handler(event, _): return event"),
        EventSourceArn="arn:aws:sqs:us-east-1:123456789012:mapped",
    )
    execution = start(local_aws, _MAP)
    finish(local_aws, execution)
    return {
        "key": key,
        "signing key": signing["KeyMetadata"]["KeyId"],
        "sealed": sealed.hex(),
        "access key": user["AccessKeyId"],
        "secret": user["SecretAccessKey"],
        "function": function,
        "execution": execution,
        **_hosted(local_aws),
        **kinds.fill(local_aws),
    }


def _hosted(local_aws: LocalAws) -> dict[str, str]:
    """A model, its endpoint and its package, and a tuning job."""
    sagemaker, model = local_aws.client("sagemaker"), train_model(local_aws)
    endpoint = create_endpoint(local_aws, create_config(local_aws, model, "AllTraffic"))
    container = sagemaker.describe_model(ModelName=model)["PrimaryContainer"]
    sagemaker.create_model_package_group(ModelPackageGroupName="group")
    sagemaker.create_model_package(
        ModelPackageGroupName="group",
        InferenceSpecification={
            "Containers": [{key: container[key] for key in ("Image", "ModelDataUrl")}],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
    )
    sagemaker.create_hyper_parameter_tuning_job(
        HyperParameterTuningJobName="tuned",
        HyperParameterTuningJobConfig=_TUNING,
        TrainingJobDefinition=training_definition() | {"StaticHyperParameters": _STATIC},
        Tags=[{"Key": "team", "Value": "shop"}],
    )
    return {"model": model, "endpoint": endpoint, "run": _executed(sagemaker)}


def _executed(sagemaker: Any) -> str:
    """The ARN of an execution of a pipeline that has failed after a step that succeeded."""
    failing = step("Fail", "Fail", {"ErrorMessage": "closed"}, DependsOn=["Decide"])
    arn = start_pipeline(sagemaker, create(sagemaker, definition(condition("Decide"), failing)))
    finish_pipeline(sagemaker, arn)
    return arn


def told(local_aws: LocalAws, made: dict[str, str]) -> dict[str, Any]:
    """What the services answer, by question; without what is new in each answer."""
    client = local_aws.client
    arn = client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName="tuned"
    )["HyperParameterTuningJobArn"]
    questions: list[tuple[str, str, dict[str, Any]]] = [
        ("cloudformation", "describe_stacks", {}),
        ("cloudformation", "describe_stack_events", {"StackName": "stack"}),
        ("cloudformation", "list_stack_resources", {"StackName": "stack"}),
        ("cloudwatch", "describe_alarms", {}),
        ("cloudwatch", "list_metrics", {"Namespace": NAME}),
        ("dynamodb", "scan", {"TableName": NAME}),
        ("ec2", "describe_security_groups",
         {"Filters": [{"Name": "description", "Values": ["of tests"]}]}),
        ("events", "list_rules", {}),
        ("iam", "list_roles", {}),
        ("iam", "list_access_keys", {"UserName": NAME}),
        ("iam", "get_role", {"RoleName": ROLE.rpartition("/")[2]}),
        ("kms", "list_keys", {}),
        ("lambda", "list_functions", {}),
        ("logs", "get_log_events", {"logGroupName": NAME, "logStreamName": NAME}),
        ("s3", "list_buckets", {}),
        ("s3", "list_object_versions", {"Bucket": NAME}),
        ("s3", "list_objects_v2", {"Bucket": BUCKET}),
        ("scheduler", "list_schedules", {}),
        ("secretsmanager", "get_secret_value", {"SecretId": NAME}),
        ("sns", "list_topics", {}),
        ("sqs", "list_queues", {}),
        ("ssm", "get_parameter", {"Name": NAME, "WithDecryption": True}),
        ("stepfunctions", "describe_execution", {"executionArn": made["execution"]}),
        ("stepfunctions", "get_execution_history", {"executionArn": made["execution"]}),
        ("stepfunctions", "list_map_runs", {"executionArn": made["execution"]}),
        ("stepfunctions", "list_state_machines", {}),
        ("stepfunctions", "list_activities", {}),
        ("sagemaker", "describe_endpoint", {"EndpointName": made["endpoint"]}),
        ("sagemaker", "describe_model", {"ModelName": made["model"]}),
        ("sagemaker", "describe_training_job", {"TrainingJobName": made["model"]}),
        ("sagemaker", "describe_hyper_parameter_tuning_job",
         {"HyperParameterTuningJobName": "tuned"}),
        ("sagemaker", "list_training_jobs_for_hyper_parameter_tuning_job",
         {"HyperParameterTuningJobName": "tuned"}),
        ("sagemaker", "list_model_packages", {"ModelPackageGroupName": "group"}),
        ("sagemaker", "list_tags", {"ResourceArn": arn}),
        ("sagemaker", "list_pipelines", {}),
        ("sagemaker", "describe_pipeline_execution", {"PipelineExecutionArn": made["run"]}),
        ("sagemaker", "list_pipeline_execution_steps", {"PipelineExecutionArn": made["run"]}),
    ]  # fmt: skip
    answers = {}
    for service, method, request in questions:
        answer = getattr(client(service), method)(**request)
        answer.pop("ResponseMetadata")
        answers[f"{service} {method}"] = answer
    answers["s3 versions"] = client("s3").get_object(Bucket=NAME, Key="versions")["Body"].read()
    answers["lambda invoke"] = invoke(local_aws, made["function"], {"n": 1})[1]
    answers["kms decrypt"] = client("kms").decrypt(
        KeyId=made["key"], CiphertextBlob=bytes.fromhex(made["sealed"])
    )["Plaintext"]
    answers["kms public key"] = client("kms").get_public_key(KeyId=made["signing key"])["PublicKey"]
    answers["prediction"] = (
        client("sagemaker-runtime")
        .invoke_endpoint(
            EndpointName=made["endpoint"], ContentType="text/csv", Body="0.2,0.3\n0.8,0.1"
        )["Body"]
        .read()
    )
    answers["user"] = client(
        "sts", aws_access_key_id=made["access key"], aws_secret_access_key=made["secret"]
    ).get_caller_identity()["Arn"]
    return answers | kinds.told(local_aws, made)
