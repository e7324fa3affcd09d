"""Services of AWS that act on a resource without a role: its own policy has to admit them.

Forgotten more often than any other permission: in an account the service is refused, and nobody
is told (Lambda developer guide, "Viewing resource-based IAM policies in Lambda").
"""

from __future__ import annotations

import logging
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.iam.policies.evaluation import Policies, evaluate
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.permissions.resource_policies import is_without_policy, resource_of

_ALARMS = "cloudwatch.amazonaws.com"
_LET_IN = ("s3.amazonaws.com", "sns.amazonaws.com")
_logger = logging.getLogger(__name__)


def admits(service: str, action: str, arn: str, source: str) -> bool:
    """Whether a resource lets a service of AWS act on it in the name of the ARN `source`.

    `service` is such as events.amazonaws.com. The condition keys are those that services give:
    aws:SourceArn and aws:SourceAccount; CloudWatch also aws:SourceOwner, which lets its alarms
    reach a topic that has the policy of a new one, and no other service. S3 and SNS are let in
    where nobody has written a policy: a queue for a try is made without one.
    """
    region, owner = (source.split(":") + [""] * 5)[3:5]  # a bucket's ARN has neither
    owner = owner or ACCOUNT
    if service in _LET_IN and is_without_policy(arn):
        _logger.warning("AWS would refuse %s, since %s has no policy that admits it", service, arn)
        return True
    keys = {
        "aws:sourcearn": (source,),
        "aws:sourceaccount": (owner,),
        "aws:securetransport": ("true",),
        "aws:principalisawsservice": ("true",),
        "aws:principalservicename": (service,),
    }
    if service == _ALARMS:
        keys["aws:sourceowner"] = (owner,)
    asked = Request(Principal(ACCOUNT, service=service, region=region), action, arn, keys)
    return evaluate(asked, Policies(resource=resource_of(action, arn).policy)).is_allowed


def check_admits(service: str, action: str, arn: str, source: str) -> None:
    """Raises ClientError as AWS refuses a service that the resource does not admit."""
    if not admits(service, action, arn, source):
        answer: Any = {
            "Error": {
                "Code": "AccessDeniedException",
                "Message": f"{service} is not authorized to perform: {action} on resource: {arn}, "
                f"because no resource-based policy allows it for {source}.",
            },
            "ResponseMetadata": {"HTTPStatusCode": 403},
        }
        raise ClientError(answer, action.partition(":")[2])
