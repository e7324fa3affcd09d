"""A server of which nobody has asked anything yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

pytestmark = pytest.mark.slow


def test_the_first_that_a_server_hears_of_s3_may_be_a_stack_with_a_bucket(tmp_path: Path) -> None:
    """CloudFormation's own client of S3 is then the first reader of S3's description."""
    aws = LocalAws(background.start(free_port(), tmp_path, with_parent=True))
    try:
        stacks = aws.client("cloudformation")
        template = {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}
        stacks.create_stack(StackName="first", TemplateBody=json.dumps(template))
        made = stacks.get_waiter("stack_create_complete")
        made.wait(StackName="first", WaiterConfig={"Delay": 1})
        assert len(aws.client("s3").list_buckets()["Buckets"]) == 1
    finally:
        background.stop(tmp_path)
