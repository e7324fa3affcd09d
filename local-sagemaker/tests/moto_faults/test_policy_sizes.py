from __future__ import annotations

import json
from typing import Any

from tests.moto_faults.clients import client, create_role

STATEMENT = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::mine/*"}
LONG = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT] * 500})
FOR_ALL = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
OF_A_RESOURCE = json.dumps({"Version": "2012-10-17", "Statement": [FOR_ALL] * 500})


def test_policies_of_a_role_may_have_any_length() -> None:
    create_role()
    iam: Any = client("iam")
    (role,) = iam.list_roles()["Roles"]
    iam.put_role_policy(RoleName=role["RoleName"], PolicyName="long", PolicyDocument=LONG)
    iam.create_policy(PolicyName="long", PolicyDocument=LONG)
    for number in range(11):
        made = iam.create_policy(PolicyName=f"p{number}", PolicyDocument=LONG)["Policy"]
        iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=made["Arn"])


def test_policies_of_bucket_topic_and_queue_may_have_any_length() -> None:
    client("s3").create_bucket(Bucket="mine")
    client("s3").put_bucket_policy(Bucket="mine", Policy=OF_A_RESOURCE)
    client("sns").create_topic(Name="topic", Attributes={"Policy": OF_A_RESOURCE})
    client("sqs").create_queue(QueueName="queue", Attributes={"Policy": OF_A_RESOURCE})
