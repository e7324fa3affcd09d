"""What the deployed training role may write, asked of IAM."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Deployment


def decision(deployment: Deployment, key: str) -> str:
    iam = deployment.client("iam")
    (role,) = (
        each["Arn"]
        for page in iam.get_paginator("list_roles").paginate()
        for each in page["Roles"]
        if each["RoleName"].startswith("retune-TrainingRole")
    )
    answer = iam.simulate_principal_policy(
        PolicySourceArn=role,
        ActionNames=["s3:PutObject"],
        ResourceArns=[f"arn:aws:s3:::{deployment.outputs['DataBucketName']}/{key}"],
    )
    return str(answer["EvaluationResults"][0]["EvalDecision"])


@pytest.mark.parametrize(
    "key",
    [
        "runs/monday/training/retune-1/output/model.tar.gz",
        "runs/monday/checkpoints/retune-1/state",
        "runs/monday/evaluation/candidate/rows.csv.out",
        "runs/monday/preparation/channels/train/0.csv",
        "capture/retune/AllTraffic/2026/11/30/12/a.jsonl",
    ],
)
def test_container_writes_its_work(deployment: Deployment, key: str) -> None:
    assert decision(deployment, key) == "allowed"


@pytest.mark.parametrize(
    "key",
    [
        "runs/monday/plan.json",
        "runs/monday/verdict.json",
        "runs/monday/approval.json",
        "runs/training/verdict.json",
        "runs/monday/preparation/program/prepare.pyz",
        "endpoints/retune/last-run.json",
        "data/train/rows.csv",
    ],
)
def test_container_writes_no_plan_verdict_or_approval(deployment: Deployment, key: str) -> None:
    assert decision(deployment, key) == "implicitDeny"
