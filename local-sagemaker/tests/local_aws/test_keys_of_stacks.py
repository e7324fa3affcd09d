"""A key of KMS that a stack has made stays the same key when its policy or description changes."""

from __future__ import annotations

from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks


def template(**properties: Any) -> dict[str, Any]:
    outputs = {"Arn": {"Value": {"Fn::GetAtt": ["Key", "Arn"]}}, "Id": {"Value": {"Ref": "Key"}}}
    key = {"Type": "AWS::KMS::Key", "Properties": properties}
    return {"Resources": {"Key": key}, "Outputs": outputs}


def policy(action: str) -> dict[str, Any]:
    root = {"AWS": "arn:aws:iam::123456789012:root"}
    statement = {"Effect": "Allow", "Principal": root, "Action": action, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_key_is_changed_in_place(local_aws: LocalAws) -> None:
    kms, name = local_aws.client("kms"), stacks.new_name("key")
    before = {"KeyPolicy": policy("kms:*"), "Description": "Before", "EnableKeyRotation": True}
    made = stacks.outputs(stacks.create(local_aws, name, template(**before)))
    assert made["Arn"].endswith(f"/{made['Id']}")
    after = {
        "KeyPolicy": policy("kms:Decrypt"),
        "Description": "After",
        "Tags": [{"Key": "Team", "Value": "ml"}],
    }
    assert stacks.outputs(stacks.update(local_aws, name, template(**after))) == made
    assert kms.describe_key(KeyId=made["Id"])["KeyMetadata"]["Description"] == "After"
    assert "kms:Decrypt" in kms.get_key_policy(KeyId=made["Id"], PolicyName="default")["Policy"]
    assert not kms.get_key_rotation_status(KeyId=made["Id"])["KeyRotationEnabled"]
    tags = kms.list_resource_tags(KeyId=made["Id"])["Tags"]
    assert tags == [{"TagKey": "Team", "TagValue": "ml"}]
    stacks.delete(local_aws, name)
    assert kms.describe_key(KeyId=made["Id"])["KeyMetadata"]["KeyState"] == "PendingDeletion"


def test_key_that_is_of_another_kind_is_another_key(local_aws: LocalAws) -> None:
    name = stacks.new_name("key")
    made = stacks.outputs(stacks.create(local_aws, name, template()))
    signing = template(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    assert stacks.outputs(stacks.update(local_aws, name, signing))["Id"] != made["Id"]
