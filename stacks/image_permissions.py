"""Which images the training role may pull from Amazon ECR."""

from collections.abc import Sequence

from aws_cdk import CfnMapping, Stack, aws_iam
from constructs import Construct
from tuning.algorithms.images import Registered, registries


def pull_images(scope: Construct, names: Sequence[str]) -> list[aws_iam.PolicyStatement]:
    """Those of SageMaker's built-in algorithms, and of `names`: repositories of the deployment's
    account, or with their registry before them."""
    built_in = CfnMapping(scope, "SageMakerRegistries", mapping=_by_region())
    stack = Stack.of(scope)
    repositories = [
        _arn(stack, name, account=built_in.find_in_map(stack.region, _key(name)))
        for name in sorted(registries())
    ]
    repositories += [_given(stack, name) for name in names]
    return [
        aws_iam.PolicyStatement(actions=["ecr:GetAuthorizationToken"], resources=["*"]),
        aws_iam.PolicyStatement(
            actions=[
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ],
            resources=repositories,
        ),
    ]


def _given(stack: Stack, name: str) -> str:
    in_a_registry = Registered.parse(name)
    if in_a_registry is None:
        return _arn(stack, name)
    account, region, repository = in_a_registry
    return _arn(stack, repository, account=account, region=region)


def _arn(stack: Stack, name: str, account: str | None = None, region: str | None = None) -> str:
    return stack.format_arn(
        service="ecr", account=account, region=region, resource="repository", resource_name=name
    )


def _by_region() -> dict[str, dict[str, str]]:
    """Of all regions, since a template is of none; the accounts are SageMaker's."""
    found: dict[str, dict[str, str]] = {}
    for name, accounts in registries().items():
        for region, account in accounts.items():
            found.setdefault(region, {})[_key(name)] = account
    return found


def _key(name: str) -> str:
    """CloudFormation's keys have letters and digits."""
    return name.replace("-", "")
