"""The services of `aws-sdk:...` tasks, which go by the names of AWS's SDK for Java."""

from __future__ import annotations

from functools import cache

from local_sagemaker.protocol.service_models import service_names

# Those that boto3 calls otherwise; the others are its names without their hyphens.
_BOTO3_NAMES = {
    "applicationdiscovery": "discovery",
    "cloudwatchlogs": "logs",
    "cognitoidentityprovider": "cognito-idp",
    "costandusagereport": "cur",
    "costexplorer": "ce",
    "databasemigration": "dms",
    "directory": "ds",
    "directoryservicedata": "ds-data",
    "elasticloadbalancing": "elb",
    "elasticloadbalancingv2": "elbv2",
    "elasticsearch": "es",
    "eventbridge": "events",
    "iotdataplane": "iot-data",
    "iotjobsdataplane": "iot-jobs-data",
    "lexmodelbuilding": "lex-models",
    "lexmodelsv2": "lexv2-models",
    "lexruntime": "lex-runtime",
    "lexruntimev2": "lexv2-runtime",
    "marketplaceentitlement": "marketplace-entitlement",
    "marketplacemetering": "meteringmarketplace",
    "migrationhub": "mgh",
    "pinpointsmsvoice": "sms-voice",
    "serverlessapplicationrepository": "serverlessrepo",
    "sfn": "stepfunctions",
    "simpledb": "sdb",
}


def boto3_service(sdk_name: str) -> str | None:
    """boto3's name of a service, or None where the SDK for Java has none of that name."""
    return _all().get(sdk_name)


@cache
def _all() -> dict[str, str]:
    renamed = {*_BOTO3_NAMES.values()}
    same = {name.replace("-", ""): name for name in service_names() if name not in renamed}
    return same | _BOTO3_NAMES
