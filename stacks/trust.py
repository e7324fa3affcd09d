"""Who may take on a role: an AWS service, and only for this account's own resources.

What a service gives as aws:SourceArn is said by its guide, in the section on confused deputies. A
key that is not given makes a condition false, and the role useless.
"""

from typing import Any

from aws_cdk import ArnFormat, Stack, aws_iam
from constructs import Construct


def functions(scope: Construct) -> aws_iam.ServicePrincipal:
    """AWS Lambda, whose guide tells of neither key: its account counts where it is given."""
    return aws_iam.ServicePrincipal(
        "lambda.amazonaws.com",
        conditions={"StringEqualsIfExists": {"aws:SourceAccount": Stack.of(scope).account}},
    )


def state_machines(scope: Construct) -> aws_iam.ServicePrincipal:
    """Step Functions, as its console writes it: for every state machine of account and region.

    "Creating an IAM role for your state machine".
    """
    source = _arn(scope, "states", "stateMachine", "*", ArnFormat.COLON_RESOURCE_NAME)
    return _service(scope, "states.amazonaws.com", source)


def schedules(scope: Construct, group: str = "default") -> aws_iam.ServicePrincipal:
    """EventBridge Scheduler for the schedules of a group, whose ARN it gives, not a schedule's.

    "Confused deputy prevention in EventBridge Scheduler".
    """
    source = _arn(scope, "scheduler", "schedule-group", group)
    return _service(scope, "scheduler.amazonaws.com", source)


def rules(scope: Construct) -> aws_iam.ServicePrincipal:
    """EventBridge for the targets of rules: of every one, since a rule is made after its role.

    "Cross-service confused deputy prevention in Amazon EventBridge".
    """
    return _service(scope, "events.amazonaws.com", _arn(scope, "events", "rule", "*"))


def jobs_and_endpoints(scope: Construct) -> aws_iam.ServicePrincipal:
    """SageMaker: training, processing and transform jobs give their ARNs, an endpoint one that ends
    with `*` in the place of a resource.

    "Cross-Service Confused Deputy Prevention" of the SageMaker developer guide.
    """
    source = _arn(scope, "sagemaker", "*", None, ArnFormat.NO_RESOURCE_NAME)
    return _service(scope, "sagemaker.amazonaws.com", source)


def _service(scope: Construct, name: str, source: str) -> aws_iam.ServicePrincipal:
    conditions: dict[str, Any] = {
        "StringEquals": {"aws:SourceAccount": Stack.of(scope).account},
        "ArnLike": {"aws:SourceArn": source},
    }
    return aws_iam.ServicePrincipal(name, conditions=conditions)


def _arn(
    scope: Construct,
    service: str,
    resource: str,
    name: str | None,
    arn_format: ArnFormat = ArnFormat.SLASH_RESOURCE_NAME,
) -> str:
    return Stack.of(scope).format_arn(
        service=service, resource=resource, resource_name=name, arn_format=arn_format
    )
