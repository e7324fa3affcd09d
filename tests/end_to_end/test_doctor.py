"""`retune doctor` of a deployment that is well, and of one whose training role is gone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.end_to_end.conftest import Deployment


def examined(deployment: Deployment) -> tuple[int, dict[str, list[str]]]:
    """The exit code, and what is said of each check."""
    run = subprocess.run(
        ["retune", "doctor", "--format", "json"],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    told: dict[str, list[str]] = {}
    for finding in json.loads(run.stdout):
        told.setdefault(finding["Check"], []).append(f"{finding['Status']}: {finding['Text']}")
    return run.returncode, told


@contextmanager
def without_role(deployment: Deployment, name: str) -> Iterator[None]:
    """Somebody has deleted the role; afterwards it is there again."""
    iam = deployment.client("iam")
    trust = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    policies = [policy["PolicyArn"] for policy in attached]
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == []
    for policy in policies:
        iam.detach_role_policy(RoleName=name, PolicyArn=policy)
    iam.delete_role(RoleName=name)
    try:
        yield
    finally:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
        for policy in policies:
            iam.attach_role_policy(RoleName=name, PolicyArn=policy)


def test_deployment_that_is_well_has_nothing_bad_and_a_role_that_is_gone_is_named(
    deployment: Deployment,
) -> None:
    code, told = examined(deployment)
    assert (code, [line for lines in told.values() for line in lines if line[:3] == "bad"]) == (
        0,
        [],
    )
    for check in ("credentials", "bootstrap", "quota endpoint", "stack", "roles", "bucket"):
        assert told[check][0].startswith("ok"), told[check]
    assert told["version"] == ["ok: What is deployed is what this tree would deploy."]
    assert "trusts SageMaker" in told["training role"][0]

    role = told["training role"][0].split()[1]
    with without_role(deployment, role):
        code, told = examined(deployment)
    assert code == 1
    assert told["training role"][0].startswith("bad")
    assert "is gone, so nothing can be trained or served" in told["training role"][0]
    assert f"The stack's role {role} is gone" in told["roles"][0]
