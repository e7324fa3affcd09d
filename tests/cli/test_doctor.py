"""`retune doctor`: what it says of accounts that lack something, without any of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.commands.doctor import _line
from retune.doctor import account, deployment, examination
from retune.doctor.finding import Finding, bad, ok

POLICY = {"Statement": [{"Principal": {"Service": "sagemaker.amazonaws.com"}}]}
ROLE_ARN = "arn:aws:iam::123456789012:role/retune-training"


class Paginated:
    """A client whose lists have one page."""

    def __init__(self, **page: Any) -> None:
        self._page = page

    def get_paginator(self, _operation: str) -> Any:
        return SimpleNamespace(paginate=lambda **_: [self._page])


def refuse(code: str) -> Any:
    """An operation that AWS answers with this error."""

    def call(**_request: Any) -> Any:
        raise ClientError({"Error": {"Code": code, "Message": "no"}}, "Operation")

    return call


def answer(**content: Any) -> Any:
    return lambda **_request: content


def patient(client: Any, **known: Any) -> Any:
    """With one client for every service."""
    settings = SimpleNamespace(
        bootstrap_qualifier=None,
        account=None,
        training_instance_type="ml.m5.large",
        endpoint_instance_type="ml.m5.large",
        vpc_subnets=None,
    )
    aws = SimpleNamespace(
        client=lambda _service: client, account="123456789012", region="us-east-1"
    )
    return SimpleNamespace(**{"aws": aws, "settings": settings, "stack_name": "retune"} | known)


def shown(findings: Iterable[Finding]) -> list[str]:
    return [f"{finding.status} {finding.check}: {finding.text}" for finding in findings]


def test_without_credentials_that_is_said_and_nothing_else_is_tried(retune: Any) -> None:
    told = retune("doctor")
    assert told.exit_code == 1
    assert "bad   credentials       It cannot be looked at. There are no AWS credentials." in (
        told.stdout
    )
    assert "Without region and credentials these were not looked at" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_without_a_region_or_a_profile_it_does_not_crash(retune: Any) -> None:
    assert (
        "bad   region            None is set." in retune("doctor", AWS_DEFAULT_REGION=None).stdout
    )
    assert "profile (nope) could not be found" in " ".join(
        retune("doctor", AWS_PROFILE="nope").stdout.split()
    )


def test_where_nothing_answers_that_is_said(retune: Any) -> None:
    nobody = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "test",
              "AWS_SECRET_ACCESS_KEY": "test"}  # fmt: skip
    told = retune("doctor", "--format", "json", **nobody)
    assert told.exit_code == 1
    (credentials,) = [f for f in json.loads(told.stdout) if f["Check"] == "credentials"]
    assert credentials["Status"] == "bad"
    assert "Nothing answers at AWS_ENDPOINT_URL http://127.0.0.1:9" in credentials["Text"]


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (
            None,
            "bad bootstrap: The CDK's is missing: there is no /cdk-bootstrap/hnb659fds/version.",
        ),
        ("5", "bad bootstrap: It is of version 5, and the CDK needs 6."),
        ("21", "ok bootstrap: Version 21, qualifier hnb659fds."),
    ],
)
def test_bootstrap_must_be_there_and_new_enough(version: str | None, words: str) -> None:
    found = answer(Parameter={"Value": version}) if version else refuse("ParameterNotFound")
    (told,) = shown(account.bootstrap(patient(SimpleNamespace(get_parameter=found))))
    assert told.startswith(words)


def test_quotas_are_judged_by_what_they_are_for() -> None:
    values = {"training": 0, "spot training": 0, "transform": 1}
    listed = [
        {"QuotaName": f"ml.m5.large for {work} job usage", "Value": float(value)}
        for work, value in values.items()
    ] + [{"QuotaName": "ml.m5.large for endpoint usage", "Value": 1.0}]
    told = shown(account.quotas(patient(Paginated(Quotas=listed))))
    assert [line.split(":")[0] for line in told] == [
        "bad quota training", "warn quota spot", "ok quota transform", "warn quota endpoint",
    ]  # fmt: skip
    assert "An update starts a second fleet" in told[-1]


def test_address_that_was_never_confirmed_is_bad() -> None:
    subscriptions = [
        {"Endpoint": "ml@example.com", "SubscriptionArn": "PendingConfirmation"},
        {"Endpoint": "on-call@example.com", "SubscriptionArn": "arn:aws:sns:...:1"},
    ]
    stack = SimpleNamespace(outputs={"NotificationTopicArn": "arn"})
    pending, heard = shown(
        deployment.topic(patient(Paginated(Subscriptions=subscriptions), stack=stack))
    )
    assert pending.startswith("bad notifications: ml@example.com has not confirmed.")
    assert heard == "ok notifications: Heard by on-call@example.com."
    (nobody,) = shown(deployment.topic(patient(Paginated(Subscriptions=[]), stack=stack)))
    assert nobody.startswith("warn notifications: Nobody hears")


@pytest.mark.parametrize(
    ("get_role", "words"),
    [
        (answer(Role={"AssumeRolePolicyDocument": POLICY}), "ok training role"),
        (answer(Role={"AssumeRolePolicyDocument": {}}), "does not trust SageMaker"),
        (refuse("NoSuchEntity"), "is gone, so nothing can be trained or served"),
    ],
)
def test_training_role_must_be_there_and_trust_sagemaker(get_role: Any, words: str) -> None:
    known = {
        "physical_ids": {},
        "template": {},
        "plan_variables": {"TRAINING_ROLE_ARN": ROLE_ARN},
    }
    *_, told = shown(deployment.roles(patient(SimpleNamespace(get_role=get_role), **known)))
    assert words in told


def test_bucket_is_held_against_what_was_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    s3 = SimpleNamespace(
        head_bucket=answer(),
        get_public_access_block=refuse("NoSuchPublicAccessBlockConfiguration"),
        get_bucket_versioning=answer(),
        get_bucket_encryption=answer(),
    )
    known: dict[str, Any] = {"plan_variables": {"BUCKET": "data"}}
    made = {"Resources": {"DataBucket": {"Type": "AWS::S3::Bucket"}}}
    (told,) = shown(deployment.bucket(patient(s3, template=made, **known)))
    assert told.startswith(
        "bad bucket: data: it is not closed to the public, and it is not versioned."
    )
    (own,) = shown(deployment.bucket(patient(s3, template={}, **known)))
    assert own.startswith("warn bucket")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    (local,) = shown(deployment.bucket(patient(s3, template=made, **known)))
    assert local.startswith("warn bucket")
    assert local.endswith("In an account the stack sees to it.")
    s3.head_bucket = refuse("404")
    (gone,) = shown(deployment.bucket(patient(s3, template=made, **known)))
    assert "data is gone" in gone


def test_schedule_that_somebody_turned_off_is_told_from_one_deployed_off() -> None:
    def schedule(name: str, state: str) -> dict[str, Any]:
        properties = {"Name": name, "State": state, "ScheduleExpression": "rate(7 days)"}
        return {"Type": "AWS::Scheduler::Schedule", "Properties": properties}

    template = {"Resources": {"A": schedule("a", "ENABLED"), "B": schedule("b", "DISABLED")}}
    scheduler = SimpleNamespace(get_schedule=answer(State="DISABLED"))
    by_hand, deployed = shown(deployment.schedules(patient(scheduler, template=template)))
    assert by_hand.startswith("warn schedules: a was turned off by hand")
    assert deployed.startswith("ok schedules: Off, as deployed: b.")


@pytest.mark.parametrize(
    ("code", "status"), [("AccessDeniedException", "warn"), ("InternalFailure", "bad")]
)
def test_what_cannot_be_looked_at_is_a_finding(code: str, status: str) -> None:
    def check(_patient: Any) -> Iterable[Finding]:
        yield ok("roles", "One is there.")
        refuse(code)()

    _, told = shown(examination._looked("roles", check, patient(None)))
    assert told.startswith(f"{status} roles: It cannot be looked at.")
    assert code in told


def test_long_text_goes_on_below_itself() -> None:
    lines = _line(bad("bucket", "word " * 30)).splitlines()
    assert lines[0].startswith("bad   bucket            word")
    assert all(line.startswith(" " * 24 + "word") for line in lines[1:])
    assert max(map(len, lines)) <= 80


def test_uri_that_is_longer_than_a_line_stays_whole_to_be_copied() -> None:
    uri = "s3://retune-databuckete3889a50-4y45lfsod2uo/data/validation/of-last-week/"
    assert any(uri in line for line in _line(bad("model bank", f"Upload it to {uri}")).splitlines())
