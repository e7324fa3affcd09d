"""All checks, one after the other: what one cannot look at is its finding, and the next goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from retune.aws_faults import explain
from retune.doctor import account, deployment, models, tree
from retune.doctor.finding import Finding, Status, bad, warn
from retune.doctor.patient import Patient
from retune.doctor.vpc import vpc
from retune.errors import CommandError

Check = Callable[[Patient], Iterable[Finding]]

_FIRST: dict[str, Check] = {"region": account.region, "credentials": account.credentials}
_OF_THE_ACCOUNT: dict[str, Check] = {
    "bootstrap": account.bootstrap,
    "quotas": account.quotas,
    "vpc": vpc,
    "stack": deployment.stack,
}
_OF_THE_STACK: dict[str, Check] = {
    "roles": deployment.roles,
    "bucket": deployment.bucket,
    "schedules": deployment.schedules,
    "notifications": deployment.topic,
    "models": models.models,
    "images": models.images,
    "version": tree.drift,
}
_DENIED = ("AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation")


def examine(patient: Patient) -> Iterator[Finding]:
    """Every finding, as soon as it is made."""
    fit = True
    for name, check in _FIRST.items():
        for finding in _looked(name, check, patient):
            yield finding
            fit = fit and finding.status is not Status.BAD
    if not fit:
        yield from _not_looked({**_OF_THE_ACCOUNT, **_OF_THE_STACK}, "region and credentials")
        return
    for name, check in _OF_THE_ACCOUNT.items():
        for finding in _looked(name, check, patient):
            yield finding
            fit = fit and not (name == "stack" and finding.status is Status.BAD)
    if not fit:
        yield from _not_looked(_OF_THE_STACK, "a stack")
        return
    for name, check in _OF_THE_STACK.items():
        yield from _looked(name, check, patient)


def _looked(name: str, check: Check, patient: Patient) -> Iterator[Finding]:
    try:
        yield from check(patient)
    except ClientError as fault:
        denied = fault.response["Error"]["Code"] in _DENIED
        yield (warn if denied else bad)(name, f"It cannot be looked at. {explain(fault)}")
    except (BotoCoreError, ResponseParserError) as fault:
        yield bad(name, f"It cannot be looked at. {explain(fault)}")
    except CommandError as fault:
        yield bad(name, f"It cannot be looked at. {fault}")


def _not_looked(checks: Iterable[str], needed: str) -> Iterator[Finding]:
    yield warn("the rest", f"Without {needed} these were not looked at: {', '.join(checks)}.")
