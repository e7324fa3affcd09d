"""The names of resources that a template does not name."""

from __future__ import annotations

import secrets
import string

_LETTERS = string.ascii_letters + string.digits
_LONGEST = {
    "AWS::Events::Rule": 64,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": 32,
    "AWS::ElasticLoadBalancingV2::TargetGroup": 32,
    "AWS::S3::Bucket": 63,
}
_BY_LOGICAL_ID = ("AWS::SageMaker::", "AWS::StepFunctions::")


def physical_name(resource_type: str, stack: str, logical_id: str) -> str:
    """Such as shop-Queue-Qe1DsQu7l0Wc: parts of the stack's name, the logical id, a random end."""
    end = "".join(secrets.choice(_LETTERS) for _ in range(12))
    if resource_type.startswith(_BY_LOGICAL_ID):
        return f"{logical_id[:50]}-{end}"
    if resource_type == "AWS::IAM::Policy":
        return f"{stack[:5]}-{logical_id[:4]}-{end}"
    room = _LONGEST.get(resource_type, 64) - len(end) - 2
    second = logical_id[: max(room // 2, room - len(stack))]
    name = f"{stack[: room - len(second)]}-{second}-{end}"
    return name.lower() if resource_type == "AWS::S3::Bucket" else name
