"""`retune doctor` looks whether what runs in a VPC reaches the services that it calls."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from retune.doctor.vpc import vpc

NEEDED = ("sagemaker.api", "sagemaker.runtime", "states", "sns", "scheduler", "logs", "monitoring")
OF_SOME_RUNS = ("application-autoscaling", "servicequotas")


@dataclass(frozen=True)
class Network:
    """A VPC with a subnet in each of the zones."""

    ec2: Any
    identifier: str
    subnets: list[str]

    def findings(self) -> list[str]:
        aws = SimpleNamespace(client=lambda _service: self.ec2)
        settings = SimpleNamespace(vpc_subnets=self.subnets)
        found = vpc(SimpleNamespace(aws=aws, settings=settings))  # type: ignore[arg-type]
        return [f"{each.status} {each.check}: {each.text}" for each in found]

    @property
    def route_table(self) -> str:
        of_the_vpc = [{"Name": "vpc-id", "Values": [self.identifier]}]
        (table,) = self.ec2.describe_route_tables(Filters=of_the_vpc)["RouteTables"]
        return str(table["RouteTableId"])

    def give_endpoints(self, *services: str, private_dns: bool = True) -> None:
        for service in services:
            self.ec2.create_vpc_endpoint(
                VpcId=self.identifier,
                ServiceName=f"com.amazonaws.us-east-1.{service}",
                VpcEndpointType="Interface",
                SubnetIds=self.subnets,
                PrivateDnsEnabled=private_dns,
            )

    def give_gateway(self, *route_tables: str) -> None:
        self.ec2.create_vpc_endpoint(
            VpcId=self.identifier,
            ServiceName="com.amazonaws.us-east-1.s3",
            VpcEndpointType="Gateway",
            RouteTableIds=list(route_tables),
        )


@pytest.fixture
def network(local_aws: LocalAws) -> Network:
    return network_in(local_aws, "us-east-1a", "us-east-1b")


def network_in(local_aws: LocalAws, *zones: str) -> Network:
    ec2 = local_aws.client("ec2")
    identifier = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=identifier, CidrBlock=f"10.1.{n}.0/24", AvailabilityZone=zone)
        for n, zone in enumerate(zones)
    ]
    return Network(ec2, identifier, [each["Subnet"]["SubnetId"] for each in subnets])


def test_without_a_vpc_nothing_is_said(local_aws: LocalAws) -> None:
    assert Network(local_aws.client("ec2"), "none", []).findings() == []


def test_what_cannot_be_reached_is_named(network: Network) -> None:
    network.give_gateway(network.route_table)
    network.give_endpoints(*NEEDED[:-1])
    missing, *rest = network.findings()
    assert missing.startswith(
        f"bad vpc endpoints: {network.identifier} has no route out and no endpoint that its "
        "subnets reach for monitoring: runs would hang there."
    )
    assert [each.split(" has none for ")[1] for each in rest] == [
        "application-autoscaling: an Endpoint.AutoScaling cannot be set up.",
        "servicequotas: quotas are not known before SageMaker tells.",
    ]


def test_with_an_endpoint_for_each_all_is_well(network: Network) -> None:
    network.give_gateway(network.route_table)
    network.give_endpoints(*NEEDED, *OF_SOME_RUNS)
    assert network.findings() == [
        f"ok vpc endpoints: {network.identifier} has those that every run needs."
    ]


def test_endpoints_that_nobody_comes_to_do_not_count(network: Network) -> None:
    """A gateway to which no route leads, and a name that leads to the internet."""
    network.give_gateway()
    network.give_endpoints("logs", private_dns=False)
    network.give_endpoints(*(each for each in NEEDED if each != "logs"))
    assert "its subnets reach for s3, logs: runs" in network.findings()[0]


def test_a_route_out_is_enough_and_an_internet_gateway_is_none(network: Network) -> None:
    ec2, route = network.ec2, {"DestinationCidrBlock": "0.0.0.0/0"}
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=network.identifier)
    ec2.create_route(RouteTableId=network.route_table, GatewayId=gateway, **route)
    assert network.findings()[0].startswith("bad vpc endpoints")
    ec2.delete_route(RouteTableId=network.route_table, **route)
    nat = ec2.create_nat_gateway(SubnetId=network.subnets[0], ConnectivityType="private")
    ec2.create_route(
        RouteTableId=network.route_table, NatGatewayId=nat["NatGateway"]["NatGatewayId"], **route
    )
    assert network.findings() == [
        f"ok vpc endpoints: {network.identifier} has routes out: it needs none."
    ]


def test_subnets_of_one_zone_are_told(local_aws: LocalAws) -> None:
    first, *_ = network_in(local_aws, "us-east-1a", "us-east-1a").findings()
    assert first.startswith("warn vpc subnets: They are all in us-east-1a. Name subnets of two")
