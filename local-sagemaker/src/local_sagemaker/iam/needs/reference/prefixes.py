"""The prefix of a service's actions in policies, where it is not botocore's name of the service."""

from __future__ import annotations

from local_sagemaker.protocol.answered_services import ANSWERED, MADE_UP

_PREFIXES = {
    "amp": "aps",
    "apigatewaymanagementapi": "execute-api",
    "apigatewayv2": "apigateway",
    "bedrock-agent": "bedrock",
    "bedrock-agentcore-control": "bedrock-agentcore",
    "bedrock-runtime": "bedrock",
    "cloudhsmv2": "cloudhsm",
    "connectcampaigns": "connect-campaigns",
    "devops-agent": "aidevops",
    "dynamodbstreams": "dynamodb",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "emr": "elasticmapreduce",
    "iot-data": "iot",
    "kinesis-video-archived-media": "kinesisvideo",
    "kinesisanalyticsv2": "kinesisanalytics",
    "lexv2-models": "lex",
    "mediastore-data": "mediastore",
    "meteringmarketplace": "aws-marketplace",
    "opensearch": "es",
    "opensearchserverless": "aoss",
    "pinpoint": "mobiletargeting",
    "resourcegroupstaggingapi": "tag",
    "s3control": "s3",
    "sagemaker-metrics": "sagemaker",
    "sagemaker-runtime": "sagemaker",
    "service-quotas": "servicequotas",
    "servicecatalog-appregistry": "servicecatalog",
    "sesv2": "ses",
    "sso-admin": "sso",
    "stepfunctions": "states",
    "timestream-query": "timestream",
    "timestream-write": "timestream",
}


def prefix_of(service: str) -> str:
    """The IAM prefix, such as `states`, of a service in botocore's name, such as stepfunctions."""
    return _PREFIXES.get(service, service)


def answered_prefixes() -> list[str]:
    """The prefixes of the services that local AWS answers."""
    return sorted({prefix_of(service) for service in ANSWERED | MADE_UP})
