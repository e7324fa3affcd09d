"""The VPC of the settings: its zones, and how what runs there reaches the services it calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.doctor.finding import Finding, bad, ok, warn
from retune.doctor.patient import Patient

# docs/deployment.md says who needs which. S3's is a gateway: routes lead to it.
_NEEDED = (
    "s3", "sagemaker.api", "sagemaker.runtime", "states", "sns", "scheduler", "logs", "monitoring",
)  # fmt: skip
_OF_SOME_RUNS = {
    "application-autoscaling": "an Endpoint.AutoScaling cannot be set up",
    "servicequotas": "quotas are not known before SageMaker tells",
}
_ZONES = 2  # hosting puts the instances of an endpoint into different ones


def vpc(patient: Patient) -> Iterator[Finding]:
    """Nothing where the settings name no subnets."""
    if not patient.settings.vpc_subnets:
        return
    ec2 = patient.aws.client("ec2")
    subnets = ec2.describe_subnets(SubnetIds=patient.settings.vpc_subnets)["Subnets"]
    zones = {each["AvailabilityZone"] for each in subnets}
    if len(zones) < _ZONES:
        yield warn(
            "vpc subnets",
            f"They are all in {zones.pop()}. Name subnets of two zones: an endpoint of several "
            "instances wants them.",
        )
    identifier = subnets[0]["VpcId"]
    tables = [_route_table(ec2, identifier, each["SubnetId"]) for each in subnets]
    if all(_leads_out(each) for each in tables):
        yield ok("vpc endpoints", f"{identifier} has routes out: it needs none.")
        return
    yield from _endpoints(ec2, identifier, {each["RouteTableId"] for each in tables})


def _endpoints(ec2: Any, identifier: str, tables: set[str]) -> Iterator[Finding]:
    pages = ec2.get_paginator("describe_vpc_endpoints").paginate(
        Filters=[{"Name": "vpc-id", "Values": [identifier]}]
    )
    found = [each for page in pages for each in page["VpcEndpoints"] if _answers(each, tables)]
    names = [each["ServiceName"] for each in found]

    def lacks(service: str) -> bool:
        return not any(name.endswith(f".{service}") for name in names)

    missing = [service for service in _NEEDED if lacks(service)]
    if missing:
        yield bad(
            "vpc endpoints",
            f"{identifier} has no route out and no endpoint that its subnets reach for "
            f"{', '.join(missing)}: runs would hang there. Make them, with private DNS names, or "
            "a route to a NAT gateway.",
        )
    else:
        yield ok("vpc endpoints", f"{identifier} has those that every run needs.")
    for service, effect in _OF_SOME_RUNS.items():
        if lacks(service):
            yield warn("vpc endpoints", f"{identifier} has none for {service}: {effect}.")


def _answers(endpoint: dict[str, Any], tables: set[str]) -> bool:
    """Whether programs in the subnets come to it without being told of it."""
    if endpoint["State"].lower() != "available":
        return False
    if endpoint["VpcEndpointType"] == "Gateway":
        return tables <= set(endpoint["RouteTableIds"])
    return bool(endpoint["PrivateDnsEnabled"])


def _route_table(ec2: Any, identifier: str, subnet: str) -> dict[str, Any]:
    """The subnet's own, or the main one, which every VPC has."""
    own = [{"Name": "association.subnet-id", "Values": [subnet]}]
    main = [
        {"Name": "vpc-id", "Values": [identifier]},
        {"Name": "association.main", "Values": ["true"]},
    ]
    tables: list[dict[str, Any]] = ec2.describe_route_tables(Filters=own)["RouteTables"]
    return (tables or ec2.describe_route_tables(Filters=main)["RouteTables"])[0]


def _leads_out(table: dict[str, Any]) -> bool:
    """By NAT, a transit gateway or an appliance.

    What runs in the subnets has no public address, so that an internet gateway does not help it.
    """
    return any(
        route.get("DestinationCidrBlock") == "0.0.0.0/0"
        and not route.get("GatewayId", "").startswith("igw-")
        and route.get("State", "active") == "active"
        for route in table["Routes"]
    )
