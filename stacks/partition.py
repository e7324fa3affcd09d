"""The partitions and regions that Retune can be deployed to, and their consoles."""

from aws_cdk import CfnMapping, Stack, Token
from aws_cdk.region_info import RegionInfo
from constructs import Construct
from tuning.algorithms.images import registries
from tuning.failure.console import DOMAINS

from configuration.faults import ConfigurationError


def refuse_unknown_region(stack: Stack) -> None:
    """A region that is known at synth, and in which the template could not be deployed.

    Raises:
        ConfigurationError: SageMaker has no registry of the built-in algorithms there, or the
            partition's console is unknown. CloudFormation would say so in words of its own.
    """
    region = stack.region
    if Token.is_unresolved(region):
        return
    without = [name for name, accounts in sorted(registries().items()) if region not in accounts]
    if without:
        raise ConfigurationError(
            f"region = {region!r}: No registry of SageMaker's with {', '.join(without)} is known "
            "there. Deploy to a region that has one (lambda/tuning/algorithms/images.json)."
        )
    partition = RegionInfo.get(region).partition
    if partition not in DOMAINS:
        raise ConfigurationError(
            f"region = {region!r}: It is of the partition {partition}, and Retune knows only "
            f"{', '.join(DOMAINS)}. Deploy to a region of one of these."
        )


def console_url(scope: Construct) -> str:
    """Of the console of the stack's region, whose domain is the partition's."""
    stack = Stack.of(scope)
    domains = CfnMapping(
        scope,
        "Consoles",
        mapping={partition: {"Domain": domain} for partition, domain in DOMAINS.items()},
    )
    return f"https://{stack.region}.{domains.find_in_map(stack.partition, 'Domain')}"
