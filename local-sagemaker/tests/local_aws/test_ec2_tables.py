"""EC2's tables, which the server reads late, are moto's."""

from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS


def test_regions_are_those_of_moto(local_aws: LocalAws) -> None:
    regions = local_aws.client("ec2").describe_regions(AllRegions=True)["Regions"]
    told = {(each["RegionName"], each["Endpoint"], each["OptInStatus"]) for each in regions}
    known = RegionsAndZonesBackend.regions
    assert told <= {(each.name, each.endpoint, each.opt_in_status) for each in known}
    assert "us-west-2" in {name for name, _, _ in told}


@pytest.mark.parametrize("location_type", ["region", "availability-zone"])
def test_each_region_offers_what_moto_knows(local_aws: LocalAws, location_type: str) -> None:
    ec2 = local_aws.client("ec2", region_name="us-west-2")
    pages = ec2.get_paginator("describe_instance_type_offerings").paginate(
        LocationType=location_type
    )
    told = [each for page in pages for each in page["InstanceTypeOfferings"]]
    assert told == INSTANCE_TYPE_OFFERINGS[location_type]["us-west-2"]


def test_a_region_whose_offerings_moto_does_not_know_has_none(local_aws: LocalAws) -> None:
    ec2 = local_aws.client("ec2", region_name="mx-central-1")
    assert ec2.describe_instance_type_offerings()["InstanceTypeOfferings"] == []
